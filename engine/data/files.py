"""The user's own data: a CSV (last column the label) or an NPZ with x and y, read within bounds.

Every error is a SettingError that names what is wrong and, where there is one, row and column.
"""

import csv
import zipfile
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.numerics.arrays import Doubles, Labels
from engine.numerics.errors import SettingError

MAX_BYTES = 64 * 2**20
"""A larger file is refused: it would not be explored by hand in a terminal."""

MAX_CLASSES = 1000
MAX_FEATURES = 4096


def _fail(code: str, path: Path, **details: object) -> SettingError:
    return SettingError(code, setting="dataset", path=str(path), **details)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read_csv(path: Path) -> tuple[Doubles, NDArray[np.str_]]:
    """Features (samples, columns - 1) and labels as text; a first row of words is a header."""
    values, labels = array("d"), []
    row = columns = 0
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            for row, cells in enumerate(csv.reader(file), start=1):
                if not cells:
                    continue
                if not columns:
                    columns = len(cells)
                    if columns < 2:
                        raise _fail("file_one_column", path, row=row)
                    if all(_number(cell) is None for cell in cells[:-1]):
                        continue
                if len(cells) != columns:
                    raise _fail("file_ragged", path, row=row, columns=len(cells), expected=columns)
                for column, cell in enumerate(cells[:-1], start=1):
                    number = _number(cell)
                    if number is None or not np.isfinite(number):
                        raise _fail("file_not_number", path, row=row, column=column, value=cell)
                    values.append(number)
                labels.append(cells[-1].strip())
    except UnicodeDecodeError:
        raise _fail("file_not_text", path) from None
    except csv.Error:
        # of the row after the last that was read: the one thing that can be wrong with it as such
        raise _fail("file_bad_row", path, row=row + 1, most=csv.field_size_limit()) from None
    x = np.frombuffer(values, dtype=np.float64).reshape(len(labels), max(columns - 1, 1))
    return x, np.array(labels)


def read_npz(path: Path) -> tuple[Doubles, NDArray[np.generic]]:
    """Features (samples, ...) flattened to rows, and labels, from the arrays x and y."""
    try:
        with zipfile.ZipFile(path) as archive:
            # what it unpacks to, before anything is unpacked
            size = sum(member.file_size for member in archive.infolist())
        if size > MAX_BYTES:
            raise _fail("file_too_large", path, size=size, most=MAX_BYTES)
        with np.load(path, allow_pickle=False) as stored:
            missing = [name for name in ("x", "y") if name not in stored]
            if missing:
                raise _fail("file_no_array", path, missing=missing[0], found=list(stored))
            x, y = stored["x"], stored["y"]
    except SettingError:
        raise
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _fail("file_not_npz", path) from None
    if x.ndim < 1 or y.ndim != 1 or len(x) != len(y):
        raise _fail("file_shapes", path, x=x.shape, y=y.shape)
    if not np.issubdtype(x.dtype, np.number) or np.iscomplexobj(x):
        raise _fail("file_not_numeric", path, dtype=str(x.dtype))
    rows = x.reshape(len(x), -1).astype(np.float64)
    bad = np.argwhere(~np.isfinite(rows))
    if len(bad):
        row, column = (int(index) for index in bad[0])
        value = rows[row, column]
        raise _fail("file_not_number", path, row=row + 1, column=column + 1, value=value)
    return rows, y


_READERS: dict[str, Callable[[Path], tuple[Doubles, NDArray[np.generic]]]] = {
    ".csv": read_csv,
    ".npz": read_npz,
}
SUFFIXES = tuple(_READERS)


def is_file_name(name: str) -> bool:
    """Whether a dataset's name means a file."""
    return name.lower().endswith(SUFFIXES)


def read(path: Path) -> tuple[Doubles, Labels, int]:
    """Features, class numbers and the number of classes; raises SettingError."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _fail("file_too_large", path, size=size, most=MAX_BYTES)
        x, y = _READERS[path.suffix.lower()](path)
    except OSError as error:
        raise _fail("file_unreadable", path, errno=error.errno) from None
    if len(x) < 2 or not x.shape[1]:
        raise _fail("file_too_short", path, rows=len(x))
    if x.shape[1] > MAX_FEATURES:
        raise _fail("file_too_wide", path, features=x.shape[1], most=MAX_FEATURES)
    classes, labels = np.unique(y, return_inverse=True)
    if len(classes) > MAX_CLASSES:
        raise _fail("file_too_many_classes", path, classes=len(classes), most=MAX_CLASSES)
    return x, labels.astype(np.int64), len(classes)
