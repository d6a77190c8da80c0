"""An NPZ of the user's: the arrays x and y, judged by their headers before they are read."""

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from engine.data.bounds import (
    MAX_BYTES,
    MAX_LABEL,
    check_classes,
    check_features,
    check_numbers,
    check_rows,
    check_values,
    unusable,
)
from engine.data.labels import ClassNumbers
from engine.numerics.arrays import Labels, Reals

_MAX_HEADER = 1024
"""Bytes; a plain array's are some hundred."""

_MAX_READ = 2**20
"""Bytes that are read, or unpacked, at once."""

_NUMBERS, _TEXT = "biuf", "US"
"""Kinds of a dtype: booleans, whole and real numbers; text and bytes."""

_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those of numpy's own; others unpack as much at once as they like."""

_HEADERS = {
    (1, 0): npy.read_array_header_1_0,
    (2, 0): npy.read_array_header_2_0,
    # has other letters in the names of fields, and fields are refused
    (3, 0): npy.read_array_header_2_0,
}


class _Content(io.BytesIO):
    """A file in memory that gives no more at once than an honest directory is long."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if len(data) > _MAX_READ:
            raise ValueError("a directory of many thousand members")
        return data


@dataclass(frozen=True)
class _Array:
    """An array in the archive: what its header says, and where its data are to be read."""

    shape: tuple[int, ...]
    in_columns: bool
    dtype: np.dtype[np.generic]
    start: bytes
    rest: IO[bytes]

    def pieces(self) -> Iterator[NDArray[np.generic]]:
        """The data in the order of the file; raises ValueError unless there are just so many."""
        beginning, left = io.BytesIO(self.start), math.prod(self.shape)
        while left:
            count = min(left, _MAX_READ // self.dtype.itemsize)
            size = count * self.dtype.itemsize
            data = beginning.read(size)
            data += self.rest.read(size - len(data))
            yield np.frombuffer(data, self.dtype, count)
            left -= count
        # asking for more than there should be also has the checksum compared
        if beginning.read(1) or self.rest.read(1):
            raise ValueError("more data than the header says")


def _array(path: Path, archive: zipfile.ZipFile, name: str) -> _Array:
    """One array of the archive, its header read."""
    listed = archive.infolist()
    members = [member for member in listed if member.filename in (name, f"{name}.npy")]
    if not members:
        found = [member.filename.removesuffix(".npy") for member in listed]
        raise unusable("file_no_array", path, missing=name, found=found)
    if len(members) > 1:
        raise unusable("file_array_twice", path, name=name)
    encrypted = members[0].flag_bits & 1
    if encrypted or members[0].compress_type not in _COMPRESSIONS:
        raise unusable("file_compression", path, name=name)
    rest = archive.open(members[0])
    start = io.BytesIO(rest.read(_MAX_HEADER))
    version = npy.read_magic(start)
    shape, in_columns, dtype = _HEADERS[version](start, _MAX_HEADER)
    if min(shape, default=0) < 0:
        raise ValueError("a negative shape")
    return _Array(shape, in_columns, dtype, start.read(), rest)


def _judge(path: Path, x: _Array, y: _Array) -> tuple[int, int]:
    """Rows and features of arrays that are not read yet; raises SettingError."""
    if len(x.shape) < 1 or len(y.shape) != 1 or x.shape[0] != y.shape[0]:
        raise unusable("file_shapes", path, x=x.shape, y=y.shape)
    rows, features = x.shape[0], math.prod(x.shape[1:])
    check_rows(path, rows)
    check_features(path, features)
    check_values(path, rows, features)
    size = sum(math.prod(array.shape) * array.dtype.itemsize for array in (x, y))
    if size > MAX_BYTES:
        raise unusable("file_unpacks", path, size=size, most=MAX_BYTES)
    for name, array in {"x": x, "y": y}.items():
        if array.dtype.hasobject:
            raise unusable("file_objects", path, name=name)
    if x.dtype.kind not in _NUMBERS:
        raise unusable("file_not_numeric", path, dtype=str(x.dtype))
    if y.dtype.kind not in _NUMBERS + _TEXT or not y.dtype.itemsize:
        raise unusable("file_not_labels", path, dtype=str(y.dtype))
    if y.dtype.kind in _TEXT:
        width = y.dtype.itemsize // np.dtype(f"{y.dtype.kind}1").itemsize
        if width > MAX_LABEL:
            raise unusable("file_labels_too_wide", path, length=width, most=MAX_LABEL)
    return rows, features


def _features(path: Path, array: _Array, rows: int) -> Reals:
    """x as rows of numbers, of the file's own kind."""
    values, end = np.empty(math.prod(array.shape), array.dtype), 0
    for piece in array.pieces():
        values[end : end + len(piece)] = piece
        end += len(piece)
    x = values.reshape(array.shape, order="F" if array.in_columns else "C").reshape(rows, -1)
    check_numbers(path, x, range(1, rows + 1))
    return np.ascontiguousarray(x)


def _classes(path: Path, array: _Array) -> tuple[Labels, int]:
    """y as class numbers, and how many there are."""
    numbers, found = ClassNumbers(), []
    row = 0
    for piece in array.pieces():
        if piece.dtype.kind == "f" and not np.isfinite(piece).all():
            bad = int((~np.isfinite(piece)).argmax())
            raise unusable("file_no_label", path, row=row + bad + 1, value=float(piece[bad]))
        row += len(piece)
        found.append(np.array([numbers.of(label) for label in piece.tolist()], np.int64))
        check_classes(path, row, len(numbers))
    return numbers.in_order(np.concatenate(found)), len(numbers)


def read_npz(path: Path, content: bytes) -> tuple[Reals, Labels, int]:
    """Features (samples, ...) flattened to rows, class numbers and the number of classes."""
    with zipfile.ZipFile(_Content(content)) as archive:
        x, y = (_array(path, archive, name) for name in ("x", "y"))
        rows, features = _judge(path, x, y)
        labels, classes = _classes(path, y)
        check_values(path, rows, features, classes)
        return _features(path, x, rows), labels, classes
