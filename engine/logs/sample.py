"""Evenly spaced steps of a log that stand for all of them: from coarse to fine, while it grows."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

FEWEST = 32
"""So many are taken first."""

MOST = 1024
"""There are at most so many, besides the last one."""


class EvenSample(Generic[T]):
    """What was found at each `stride`th step of a log, from the first on, and at its last.

    `wanted` says which steps to read next, `put` takes what was found there. As a log grows, what
    has been put stays, until there are too many: then every other one goes, and the stride doubles.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self.clear()

    def clear(self) -> None:
        """The log is another one."""
        self.stride = 1
        self._found: dict[int, T] = {}
        self._last: tuple[int, T] | None = None

    def wanted(self, length: int) -> Iterator[int]:
        """The places that are missing in a log of so many steps.

        The last one comes first, then some far apart, then those half way between them.
        """
        self._widen(length)
        last = length - 1
        if length and self._last_place != last:
            yield last
        stride = max(_stride(length, FEWEST), self.stride)
        yield from self._missing(range(0, last, stride))
        while stride > self.stride:
            yield from self._missing(range(stride // 2, last, stride))
            stride //= 2

    def put(self, place: int, found: T) -> None:
        """What is there."""
        if place >= self._last_place:
            self._last = place, found
        if place % self.stride == 0:
            self._found[place] = found

    def items(self) -> list[tuple[int, T]]:
        """The places that have been read, in order, with what was found there."""
        last = dict([self._last] if self._last else [])
        return sorted({**last, **self._found}.items(), key=lambda item: item[0])

    @property
    def _last_place(self) -> int:
        return self._last[0] if self._last else -1

    def _missing(self, places: range) -> Iterator[int]:
        return (place for place in places if place not in self._found)

    def _widen(self, length: int) -> None:
        stride = max(_stride(length, self._most), self.stride)
        if stride > self.stride:
            self.stride = stride
            self._found = {at: it for at, it in self._found.items() if at % stride == 0}


def _stride(length: int, most: int) -> int:
    """The smallest power of two by which there are at most so many."""
    return 1 << max((length - 1) // most, 0).bit_length()
