"""A CSV of the user's: numbers, and the label in the last column."""

import csv
import io
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from engine.data.bounds import (
    MAX_LABEL,
    MAX_ROWS,
    check_classes,
    check_features,
    check_numbers,
    check_rows,
    check_values,
    unusable,
)
from engine.data.labels import ClassNumbers
from engine.numerics.arrays import Doubles, Labels

MAX_ROW = csv.field_size_limit()
"""Characters of a row; one that a quote holds open would be the rest of the file."""

MAX_LINES = 2 * MAX_ROWS
"""Rows in all: some programs leave an empty one after each."""


class _Lines:
    """The lines of a text, as long as they make no row that is too long."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.row, self._path, self._length, self._ended = 0, path, 0, False
        self._file = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")

    def __iter__(self) -> Iterator[str]:
        while line := self._file.readline(MAX_ROW + 1):
            self._length += len(line)
            if self._length > MAX_ROW:
                raise unusable("file_row_too_long", self._path, row=self.row + 1, most=MAX_ROW)
            yield line
        # a row is asked to go on behind the last line only while a quote holds it open
        self._ended = True

    def rows(self) -> Iterator[list[str]]:
        """The cells row by row; empty lines are none, but count."""
        for cells in csv.reader(self):
            self.row, self._length = self.row + 1, 0
            if self.row > MAX_LINES:
                raise unusable("file_too_many_rows", self._path, most=MAX_LINES)
            if self._ended:
                raise unusable("file_open_quote", self._path, row=self.row)
            if cells:
                yield cells


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def read_csv(path: Path, content: bytes) -> tuple[Doubles, Labels, int]:
    """Features (samples, columns - 1), class numbers and the number of classes."""
    values, rows = array("d"), array("q")
    labels, numbers = array("q"), ClassNumbers()
    columns = 0
    lines = _Lines(path, content)
    try:
        for cells in lines.rows():
            row = lines.row
            if not columns:
                columns = len(cells)
                if columns < 2:
                    raise unusable("file_one_column", path, row=row)
                check_features(path, columns - 1)
                if all(_number(cell) is None for cell in cells[:-1]):
                    continue
            if len(cells) != columns:
                raise unusable("file_ragged", path, row=row, columns=len(cells), expected=columns)
            try:
                values.extend(map(float, cells[:-1]))
            except ValueError:
                column = [_number(cell) for cell in cells].index(None)
                place = {"row": row, "column": column + 1, "value": cells[column]}
                raise unusable("file_not_number", path, **place) from None
            rows.append(row)
            label = cells[-1].strip()
            if len(label) > MAX_LABEL:
                length = len(label)
                raise unusable("file_label_too_long", path, row=row, length=length, most=MAX_LABEL)
            labels.append(numbers.of(label))
            check_classes(path, row, len(numbers))
            if len(labels) > MAX_ROWS:
                check_rows(path, len(labels))
    except UnicodeDecodeError:
        raise unusable("file_not_text", path) from None
    check_rows(path, len(labels))
    check_values(path, len(labels), columns - 1, len(numbers))
    x = np.frombuffer(values, dtype=np.float64).reshape(len(labels), columns - 1)
    check_numbers(path, x, rows)
    return x, numbers.in_order(np.frombuffer(labels, dtype=np.int64)), len(numbers)
