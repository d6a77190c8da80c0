"""What is costly to make, remembered as far as its bytes allow."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The last value always, and those used before it up to `most` bytes in all."""

    def __init__(self, most: int, size: Callable[[T], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self.held = 0
        """Bytes of all of them."""
        # jobs in threads ask too
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of that key, made if it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][0]
        value = make()
        with self._lock:
            # another thread may have made it meanwhile
            self.held -= self._values.pop(key, (value, 0))[1]
            self._values[key] = value, self._size(value)
            self.held += self._values[key][1]
            while self.held > self._most and len(self._values) > 1:
                self.held -= self._values.popitem(last=False)[1][1]
        return value
