"""The user's own data: a CSV (last column the label) or an NPZ with x and y, read within bounds.

Every error is a SettingError that names what is wrong and, where there is one, row and column.
"""

import warnings
from collections.abc import Callable
from pathlib import Path

from engine.data.bounds import unusable
from engine.data.csv_file import read_csv
from engine.data.npz_file import read_npz
from engine.numerics.arrays import Labels, Reals
from engine.numerics.errors import SettingError

Contents = tuple[Reals, Labels, int]
"""Features (samples, features), class numbers (samples,) and the number of classes."""

_READERS: dict[str, Callable[[Path, bytes], Contents]] = {
    ".csv": read_csv,
    ".npz": read_npz,
}
SUFFIXES = tuple(_READERS)


def suffix_of(name: str) -> str:
    """Which of the suffixes a dataset's name has; empty for one that means no file."""
    return next((end for end in SUFFIXES if name.lower().endswith(end)), "")


def parse(path: Path, content: bytes) -> Contents:
    """The data in the content of a file with that path; raises SettingError."""
    kind = suffix_of(str(path))
    try:
        # of numpy and of the compiler, about a header that somebody else wrote
        with warnings.catch_warnings(action="ignore"):
            return _READERS[kind](path, content)
    except SettingError:
        raise
    except MemoryError:
        raise unusable("file_no_memory", path) from None
    except Exception:
        # zipfile, zlib, the parser of headers and numpy raise what they like over bytes that are
        # not what they seem: whatever it is, this file cannot be read
        raise unusable("file_broken", path, kind=kind) from None
