"""Files that are written: whole or not at all, and never in the place of another."""

import itertools
import os
import uuid
from pathlib import Path


def write_new(folder: Path, name: str, suffix: str, text: str) -> Path:
    """Write a file that was not there before, numbered from 2 if need be; raises OSError.

    Its name appears once all of it is on the disk, and nothing is left of one that fails.
    """
    temporary = folder / f".{name}-{uuid.uuid4().hex}"
    try:
        # what is no text in UTF-8, as names of files may be, is escaped
        with temporary.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text if text.endswith("\n") else text + "\n")
            file.flush()
            os.fsync(file.fileno())
        for number in itertools.count(1):
            path = folder / f"{name}{f'-{number}' if number > 1 else ''}.{suffix}"
            try:
                _give_name(temporary, path)
            except FileExistsError:
                continue
            return path
    finally:
        temporary.unlink(missing_ok=True)
    raise AssertionError


def _give_name(temporary: Path, path: Path) -> None:
    """Let a whole file be known by another name, which nobody else has."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # a file system without links: the name is taken first, by an empty file
        path.touch(exist_ok=False)
        try:
            temporary.replace(path)
        except OSError:
            path.unlink()
            raise
