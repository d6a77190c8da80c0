"""A file that somebody may be writing while it is read."""

import errno
import os
from enum import Enum
from pathlib import Path

from engine.data.foreign_files import opened_to_stay, reading
from engine.numerics.errors import SettingError

GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
"""What the system says where there is no file under a name, or not any more."""


class Change(Enum):
    """What became of a file since somebody looked last."""

    NONE = "none"
    GROWN = "grown"
    ANOTHER = "another"
    GONE = "gone"


class GrowingFile:
    """A regular file, read at any place as it is now; raises SettingError where it cannot be.

    It is another one if another file lies there, or it is shorter than what is remembered of it, or
    that has changed: by this a file is known that was cut and grew beyond its old size between two
    looks. One that was written anew in its old size, and whose time of change did not move, is not.
    What is read is the new one's from then on; while none lies there, the old one is read on.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()

    def _open(self) -> None:
        self._file = opened_to_stay(self.path)
        self._state = os.fstat(self._file.fileno())
        self._forget()

    def _forget(self) -> None:
        self._remembered: dict[str, tuple[int, bytes]] = {}

    @property
    def size(self) -> int:
        """In bytes, now."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, offset: int, size: int) -> bytes:
        """At most so many bytes from there; none at the end."""
        # not through a buffer, which would hold what has been overwritten since
        with reading(self.path):
            return os.pread(self._file.fileno(), size, offset)

    def remember(self, what: str, offset: int, content: bytes) -> None:
        """Know the file by these bytes, instead of those last given under that name."""
        self._remembered[what] = offset, content

    def look(self) -> Change:
        """Whether it has changed since the last look, for a stat where it has not."""
        before = self._state
        try:
            with reading(self.path):
                self._state = there = os.stat(self.path)
            if not os.path.samestat(there, before):
                old = self._file
                self._open()
                old.close()
                return Change.ANOTHER
        except SettingError as error:
            self._state = before
            if error.details.get("errno") in GONE:
                return Change.GONE
            raise
        if (there.st_size, there.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
            return Change.NONE
        if all(self._is_there(*known) for known in self._remembered.values()):
            return Change.GROWN
        self._forget()
        return Change.ANOTHER

    def _is_there(self, offset: int, content: bytes) -> bool:
        return self.read(offset, len(content)) == content

    def began_anew(self, read: int) -> bool:
        """Whether it is another one by now, or was cut before what was read of it."""
        change = self.look()
        return change is Change.ANOTHER or (change is not Change.GONE and self.size < read)

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()
