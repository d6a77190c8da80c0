"""Files that somebody else made: regular ones only, opened once, read within a limit."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.numerics.errors import SettingError

MAX_TEXT_BYTES = 1_000_000
"""The size of a settings file or an experiment, by far."""

# a FIFO without a writer, or a terminal, must not hold the program or become its terminal
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def _open(path: str, flags: int) -> int:
    return os.open(path, flags | _FLAGS)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file, to be read within the block; what goes wrong there is a SettingError too."""
    with opened_to_stay(path) as file, reading(path):
        yield file


def opened_to_stay(path: Path) -> BinaryIO:
    """A regular file, which whoever asks for it closes; raises SettingError."""
    with reading(path):
        # opening a device may already do something: rewind a tape, start a watchdog
        if not stat.S_ISREG(_mode(path)):
            raise SettingError("file_not_regular", path=str(path))
        file = open(path, "rb", opener=_open)  # noqa: SIM115
        # asked again of the open file, which nobody can change for another
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise SettingError("file_not_regular", path=str(path))
        return file


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What goes wrong while that file is read is a SettingError."""
    try:
        yield
    except OSError as error:
        raise SettingError("file_unreadable", path=str(path), errno=error.errno) from None
    except MemoryError:
        raise SettingError("file_no_memory", path=str(path)) from None


def _mode(path: Path) -> int:
    try:
        return os.stat(path).st_mode
    except ValueError:  # a NUL, or half a surrogate pair
        raise SettingError("file_name_impossible", path=str(path)) from None


def read_bytes(path: Path, limit: int) -> bytes:
    """All bytes of a regular file that holds at most `limit`; raises SettingError."""
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        content: bytes | None = file.read(limit + 1) if size <= limit else b""
    if size > limit:
        raise SettingError("file_too_large", path=str(path), size=size, most=limit)
    if content is None:  # a log of the kernel that has nothing to say
        raise SettingError("file_unreadable", path=str(path), errno=errno.EAGAIN)
    if len(content) > limit:  # it grew, or lies in /proc, where every size is 0
        raise SettingError("file_endless", path=str(path), size=limit, most=limit)
    return content


def read_text(path: Path, limit: int = MAX_TEXT_BYTES) -> str:
    """The text of a regular file in UTF-8, without its byte order mark; raises SettingError."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingError("file_not_text", path=str(path)) from None
