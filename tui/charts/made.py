"""Values that are made anew only when what they are made from is another."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Made:
    """The last value of each name."""

    def __init__(self) -> None:
        self._last: dict[Hashable, tuple[object, object, Any]] = {}

    def __call__(
        self, name: Hashable, sources: tuple[object, ...], settings: object, make: Callable[[], T]
    ) -> T:
        """The last value of that name, made anew where what it is made from is another.

        Sources are compared by identity, settings by equality.
        """
        key = [id(source) for source in sources], settings
        if name not in self._last or self._last[name][0] != key:
            # the sources are kept, too, so that nothing else can get one's id
            self._last[name] = key, sources, make()
        value: T = self._last[name][2]
        return value
