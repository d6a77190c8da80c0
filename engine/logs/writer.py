"""A file that grows line by line: never in the place of another, and valid at every moment."""

import errno
import os
import stat
from pathlib import Path

from engine.numerics.errors import SettingError


class LogFile:
    """A new file, or an old one that is begun anew if `overwrites`; raises SettingError.

    A pipe or a character device holds nothing that could be lost: it is written to as it is, and
    opening a pipe waits for its reader. A log is there to be followed while it is written, and has
    to outlast whatever ends the training: so it has its name from the start, unlike a file that
    is written at once.
    """

    def __init__(self, path: Path, overwrites: bool = False) -> None:
        self.lines = 0
        try:
            self._file = os.open(path, _flags(path, overwrites), 0o666)
        except FileExistsError:
            raise SettingError("log_exists", path=str(path)) from None
        except SettingError:
            raise
        except OSError as error:
            why = error.errno or errno.EIO
            raise SettingError("log_unwritable", path=str(path), errno=why) from None
        except ValueError:  # a NUL, or half a surrogate pair
            raise SettingError("file_name_impossible", path=str(path)) from None
        self._is_regular = stat.S_ISREG(os.fstat(self._file).st_mode)

    def put(self, line: str) -> None:
        """Add a line, all of it or, where the file can be cut, nothing; raises OSError."""
        left = memoryview(f"{line}\n".encode())
        start = os.lseek(self._file, 0, os.SEEK_CUR) if self._is_regular else 0
        try:
            while left:
                left = left[os.write(self._file, left) :]
        except BaseException:
            # of a full disk, or of somebody's ctrl+c
            if self._is_regular:
                os.ftruncate(self._file, start)
                os.lseek(self._file, start, os.SEEK_SET)
            raise
        self.lines += 1

    def close(self) -> None:
        """See to it that the disk has all of it; raises OSError."""
        try:
            if self._is_regular:
                os.fsync(self._file)
        finally:
            os.close(self._file)


def _flags(path: Path, overwrites: bool) -> int:
    """How a path is opened; raises SettingError for a block device, and OSError."""
    flags = os.O_WRONLY
    for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY"):
        # some systems have some of them
        flags |= getattr(os, name, 0)
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = 0
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return flags
    if stat.S_ISBLK(mode):
        raise SettingError("log_on_a_disk", path=str(path))
    if overwrites:
        return flags | os.O_CREAT | os.O_TRUNC
    # a folder says so by itself; O_EXCL follows no link, not even one that leads nowhere
    return flags if stat.S_ISDIR(mode) else flags | os.O_CREAT | os.O_EXCL
