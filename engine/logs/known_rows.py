"""Which rows of a file that is written over again and again have been read before."""

from array import array
from collections.abc import Hashable


class AnotherRowError(Exception):
    """Where a row was known, another one stands."""


class KnownRows:
    """The rows of a file so far, as their hashes."""

    def __init__(self) -> None:
        self._hashes = array("q")
        self._place = 0

    def begin(self) -> None:
        """The file is read from its start again."""
        self._place = 0

    def is_new(self, row: Hashable) -> bool:
        """Whether the next row has not been read before; raises AnotherRowError."""
        found, place = hash(row), self._place
        if place < len(self._hashes) and found != self._hashes[place]:
            raise AnotherRowError
        self._place += 1
        if place < len(self._hashes):
            return False
        self._hashes.append(found)
        return True
