"""A file that somebody may be writing while it is read."""

import os
from pathlib import Path
from typing import BinaryIO

from engine.data.foreign_files import opened_to_stay, reading


class GrowingFile:
    """A regular file, read at any place as it is now; raises SettingError where it cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO = opened_to_stay(path)

    def began_anew(self, read: int) -> bool:
        """Whether another file lies there now, or this one was cut before what was read of it.

        What is read from then on is the new one's. While none lies there, the old one is read on.
        """
        with reading(self.path):
            try:
                there = os.stat(self.path)
            except FileNotFoundError:
                return False
            if os.path.samestat(there, os.fstat(self._file.fileno())):
                return there.st_size < read
        file = opened_to_stay(self.path)
        self._file.close()
        self._file = file
        return True

    @property
    def size(self) -> int:
        """In bytes, now."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, offset: int, size: int) -> bytes:
        """At most so many bytes from there; none at the end."""
        # not through a buffer, which would hold what has been overwritten since
        with reading(self.path):
            os.lseek(self._file.fileno(), offset, os.SEEK_SET)
            return os.read(self._file.fileno(), size)

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()
