"""How large a person's own data may be, judged before there is an array for them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.numerics.arrays import Reals
from engine.numerics.errors import SettingError
from engine.numerics.memory import USABLE_SHARE, available_bytes

MAX_BYTES = 64 * 2**20
"""A file that is larger, or unpacks to more, would not be explored by hand in a terminal."""

MAX_ROWS = 1_000_000
MAX_FEATURES = 2048
MAX_CLASSES = 1000
MAX_LABEL = 100
"""Characters of one label."""

MAX_VALUES = 64_000_000
"""Numbers in all, of the features and of the one-hot labels each."""

MAX_NUMBER = np.float64(1e100)
"""Beyond it squares and their sums need not be finite; a shorter float would take it for inf."""

_COPIES = 4
"""As many arrays as the data there are while they are split, made noisy and standardised."""


def unusable(code: str, path: Path, **details: object) -> SettingError:
    """The error of a file of data."""
    return SettingError(code, setting="dataset", path=str(path), **details)


def check_features(path: Path, features: int) -> None:
    """Raise SettingError for none, or too many."""
    if not features:
        raise unusable("file_no_features", path)
    if features > MAX_FEATURES:
        raise unusable("file_too_wide", path, features=features, most=MAX_FEATURES)


def check_rows(path: Path, rows: int) -> None:
    """Raise SettingError for too many samples, or too few to have two parts."""
    if rows < 2:
        raise unusable("file_too_short", path, rows=rows)
    if rows > MAX_ROWS:
        raise unusable("file_too_long", path, rows=rows, most=MAX_ROWS)


def check_classes(path: Path, row: int, classes: int) -> None:
    """Raise SettingError for too many different labels up to some row."""
    if classes > MAX_CLASSES:
        raise unusable("file_too_many_classes", path, row=row, classes=classes, most=MAX_CLASSES)


def check_values(path: Path, rows: int, features: int, classes: int = 0) -> None:
    """Raise SettingError for more numbers than are allowed, or than there is memory for."""
    for columns in (features, classes):
        if rows * columns > MAX_VALUES:
            size = {"values": rows * columns, "rows": rows, "columns": columns}
            raise unusable("file_too_many_values", path, **size, most=MAX_VALUES)
    required, available = 8 * _COPIES * rows * (features + classes), available_bytes()
    if required > USABLE_SHARE * available:
        raise unusable("file_needs_memory", path, required=required, available=available)


def check_numbers(path: Path, x: Reals, rows: Sequence[int]) -> None:
    """Raise SettingError for the first of x (samples, features) that is no number to go on with.

    `rows` are the rows of the file that the samples stand in.
    """
    bad = ~((x >= -MAX_NUMBER) & (x <= MAX_NUMBER))
    if bad.any():
        sample, column = (int(i) for i in np.unravel_index(bad.argmax(), x.shape))
        value = float(x[sample, column])
        place = {"row": rows[sample], "column": column + 1, "value": value}
        code = "file_not_number" if np.isnan(value) else "file_number_too_large"
        raise unusable(code, path, **place, most=MAX_NUMBER)
