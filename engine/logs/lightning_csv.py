"""Lightning's CSVLogger: metrics.csv, in a folder version_0 of lightning_logs.

A row is what was logged in one call, so that a step may have several. Columns are sorted by name;
when one is added the file is written over, all of it.
"""

import csv
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from engine.logs.folders import newest
from engine.logs.growing import GrowingFile
from engine.logs.known_rows import AnotherRowError, KnownRows
from engine.logs.lines import MAX_LINE_BYTES
from engine.logs.scalars import BeganAnew, Found, Scalar
from engine.logs.schema import MAX_STEP, BrokenLine
from engine.numerics.errors import SettingError

NAME = "metrics.csv"

_STEP = "step"
_PIECE = 1 << 20


def in_folder(folder: Path) -> Path | None:
    """Of the run in a folder of one or of several, the newest."""
    return newest(folder, NAME, f"version_*/{NAME}", f"*/version_*/{NAME}")


class LightningCsvReader:
    """Reads the numbers in each row; raises SettingError where there are no steps."""

    def __init__(self, path: Path) -> None:
        self._file = GrowingFile(in_folder(path) or path)
        self._known = KnownRows()
        self._begin()

    def _begin(self) -> None:
        """Read the file from its start."""
        self._known.begin()
        self._columns: Sequence[str] = ()
        self._at, self._line = 0, 0

    def read_on(self) -> Iterator[Found]:
        """What has been written since the last time, a row once its line has ended."""
        if self._file.began_anew(self._at):
            self._begin()
        try:
            yield from self._new_rows()
        except AnotherRowError:
            self._known = KnownRows()
            self._begin()
            yield BeganAnew()
            yield from self._new_rows()

    def close(self) -> None:
        """Nothing more is asked for."""
        self._file.close()

    def _new_rows(self) -> Iterator[Found]:
        for line in self._lines():
            self._line += 1
            if not self._columns:
                self._columns = self._header(line)
                self._file.remember("columns", 0, line + b"\n")
                continue
            found, row = self._row(line)
            if self._known.is_new(row):
                yield from found

    def _lines(self) -> Iterator[bytes]:
        """Those that have ended, from where the last one did."""
        start = b""
        while piece := self._file.read(self._at + len(start), _PIECE):
            *lines, start = (start + piece).split(b"\n")
            for line in lines:
                self._at += len(line) + 1
                yield line
            if len(start) > MAX_LINE_BYTES:
                # nobody's row: in parts, each of which is none either
                self._at += len(start)
                yield start
                start = b""

    def _header(self, line: bytes) -> Sequence[str]:
        columns = _cells(line.removeprefix(b"\xef\xbb\xbf"))
        if _STEP not in columns:
            raise SettingError("log_csv_without_step", path=str(self._file.path))
        return columns

    def _row(self, line: bytes) -> tuple[list[Found], Hashable]:
        """What a row says, and what makes it the same one whatever columns there are."""
        cells = _cells(line)
        if len(cells) != len(self._columns):
            details = {"cells": len(cells), "columns": len(self._columns)}
            return [BrokenLine(self._line, "log_line_cells", details)], line
        row = {name: cell for name, cell in zip(self._columns, cells, strict=True) if cell}
        same = frozenset(row.items())
        step = _number(row.pop(_STEP, ""))
        if step is None or not step.is_integer() or not 0 <= step <= MAX_STEP:
            return [BrokenLine(self._line, "log_line_without_step", {})], same
        numbers = ((name, _number(cell)) for name, cell in row.items())
        return [
            Scalar(int(step), name, number) for name, number in numbers if number is not None
        ], same


def _cells(line: bytes) -> list[str]:
    text = line.decode(errors="replace")
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        # a cell of more than 128 KiB
        return [text]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
