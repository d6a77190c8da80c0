"""The reader of Lightning's metrics.csv, while its logger writes it over and over."""

import csv
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from engine import SettingError
from engine.logs.formats import open_log
from engine.logs.lightning_csv import LightningCsvReader
from engine.logs.lines import MAX_LINE_BYTES
from engine.logs.log import read_all
from engine.logs.scalars import BeganAnew, Found, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from tui.words.run_log import broken_line_text

Row = Mapping[str, object]


class Logger:
    """Writes rows as Lightning's CSVLogger does when it flushes them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[Row] = []
        self._columns: list[str] = []

    def flush(self, *rows: Row) -> None:
        """Append rows, or write the file over where there are new columns."""
        self._rows += rows
        columns = sorted({*self._columns}.union(*rows))
        is_new = columns != self._columns
        self._columns = columns
        with self._path.open("w" if is_new else "a", newline="") as file:
            writer = csv.DictWriter(file, columns)
            if is_new:
                writer.writeheader()
            writer.writerows(self._rows if is_new else rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file with a header."""
    path = tmp_path / "metrics.csv"
    path.write_text("loss,step\r\n")
    return path


@pytest.fixture
def reader(path: Path) -> Iterator[LightningCsvReader]:
    """Of that file."""
    reader = LightningCsvReader(path)
    yield reader
    reader.close()


def read(reader: LightningCsvReader) -> list[Found]:
    """What is new."""
    return [*reader.read_on()]


def test_what_lightning_writes(reader: LightningCsvReader, path: Path) -> None:
    """Cells without a value, several rows a step, names that need quotes, columns that come."""
    logger = Logger(path)
    logger.flush({"step": 0, "loss": 0.1 + 0.2, "epoch": 0}, {"step": 0, "val, all": 1e-310})
    assert read(reader) == [
        *(Scalar(0, "epoch", 0), Scalar(0, "loss", 0.1 + 0.2), Scalar(0, "val, all", 1e-310)),
    ]
    logger.flush({"step": 1, "loss": math.inf}, {"step": 1, "val, all": -math.inf})
    assert read(reader) == [Scalar(1, "loss", math.inf), Scalar(1, "val, all", -math.inf)]
    logger.flush({"step": 2, "accuracy": math.nan, "on": True})
    (last,) = read(reader)
    np.testing.assert_equal(last, Scalar(2, "accuracy", math.nan))
    assert read(reader) == []


def test_a_file_that_is_being_written_over_is_waited_for(
    reader: LightningCsvReader, path: Path
) -> None:
    """Whatever is there of it: no row is told twice, none is lost."""
    logger = Logger(path)
    logger.flush(*({"step": step, "loss": step / 7} for step in range(20)))
    assert len(read(reader)) == 20
    logger.flush({"step": 20, "accuracy": 0.5})
    content = path.read_bytes()
    for size in range(0, len(content), 7):
        path.write_bytes(content[:size])
        assert read(reader) == []
    path.write_bytes(content)
    assert read(reader) == [Scalar(20, "accuracy", 0.5)]


def test_a_row_is_read_once_its_line_has_ended(reader: LightningCsvReader, path: Path) -> None:
    """Half a number is another number."""
    with path.open("ab", buffering=0) as file:
        file.write(b"0.12")
        assert read(reader) == []
        file.write(b"5,3\r")
        assert read(reader) == []
        file.write(b"\n0.5,4\n")
        assert read(reader) == [Scalar(3, "loss", 0.125), Scalar(4, "loss", 0.5)]


def test_another_run_in_its_place(reader: LightningCsvReader, path: Path) -> None:
    """Is begun anew, whether it is another file or the same one."""
    path.write_text("loss,step\n1,0\n2,1\n")
    assert len(read(reader)) == 2
    path.write_text("loss,step\n1,0\n3,1\n")
    os.utime(path, ns=(0, 0))
    path.with_name("new").write_text("loss,step\n1,0\n3,1\n4,2\n")
    path.with_name("new").replace(path)
    assert read(reader) == [
        *(BeganAnew(), Scalar(0, "loss", 1), Scalar(1, "loss", 3), Scalar(2, "loss", 4))
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1", "line 2 has 1 cell for 2 columns"),
        ("1,2,3", "line 2 has 3 cells for 2 columns"),
        ("", "line 2 has 0 cells for 2 columns"),
        ("1,", "line 2 has no step, a whole number from 0 to 1e15"),
        ("1,-1", "line 2 has no step, a whole number from 0 to 1e15"),
        ("1,1e16", "line 2 has no step, a whole number from 0 to 1e15"),
        ("1,0.5", "line 2 has no step, a whole number from 0 to 1e15"),
        ("1,nan", "line 2 has no step, a whole number from 0 to 1e15"),
        ("1,x", "line 2 has no step, a whole number from 0 to 1e15"),
        ("9" * 200_000, "line 2 has 1 cell for 2 columns"),
        ("\0\x80", "line 2 has 1 cell for 2 columns"),
    ],
)
def test_a_broken_line_is_told_and_left_out(
    line: str, says: str, reader: LightningCsvReader, path: Path
) -> None:
    """With its number; the one behind it is read."""
    path.write_bytes(f"loss,step\n{line}\n1,7\n".encode("latin-1"))
    broken, last = read(reader)
    assert isinstance(broken, BrokenLine)
    assert (broken_line_text(broken), last) == (says, Scalar(7, "loss", 1))


def test_a_line_without_an_end_is_never_held(reader: LightningCsvReader, path: Path) -> None:
    """It is no row."""
    path.write_bytes(b"loss,step\n" + b"1" * (3 * MAX_LINE_BYTES) + b"\n1,7\n")
    *broken, last = read(reader)
    assert {*map(type, broken)} == {BrokenLine}
    assert last == Scalar(7, "loss", 1)


def test_a_file_without_steps_is_refused(path: Path) -> None:
    """Any other table."""
    path.write_text("sepal,petal\n1,2\n")
    log = open_log(path)
    with pytest.raises(SettingError, match="log_csv_without_step"):
        log.read_on()
    log.close()


def test_its_folders_are_logs(path: Path) -> None:
    """A run's own, and the newest of several, and what these lie in."""
    columns = {"loss": 1.5, "grad_2.0_norm/b.weight": 0.25, "grad_2.0_norm/a.weight": 0.5}
    Logger(path).flush({"step": 3, **columns}, {"step": 4, **columns})
    runs = path.parent / "logs" / "lightning_logs"
    old, new = (runs / run / "metrics.csv" for run in ("version_1", "version_0"))
    for other in (old, new):
        other.parent.mkdir(parents=True)
    os.rename(path, new)
    old.write_text("loss,step\n")
    os.utime(old, ns=(0, 0))
    for folder in (runs.parent, runs, new.parent):
        log = open_log(folder)
        read_all(log)
        step = log.step(0)
        assert isinstance(step, LoggedStep)
        assert (log.format, log.header.layers) == ("lightning_csv", ("a", "b"))
        assert (step.step, step.arrays["weight_grad_norm"].tolist()) == (3, [0.5, 0.25])
        log.close()
