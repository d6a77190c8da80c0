"""Reads a run log line by line: no more of it is ever in memory than one line."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.data.foreign_files import opened
from engine.logs.lines import StepReader, header_of
from engine.logs.schema import BrokenLine, Header, LoggedStep

MAX_LINE_BYTES = 8 * 1024 * 1024
"""A longer line is left out: one of 1000 layers with all that a Trace has takes a tenth."""


def read_header(path: Path) -> Header:
    """The first line of a log; raises SettingError for a file that is none, or cannot be read."""
    with opened(path) as file:
        return _header(file, path)


def read_steps(path: Path) -> Iterator[LoggedStep | BrokenLine]:
    """The steps of a log as they were written, and the lines that are left out.

    Raises SettingError, when it is iterated, as `read_header` does.
    """
    with opened(path) as file:
        reader = StepReader(_header(file, path))
        for number, content in enumerate(_lines(file), 2):
            if content is None:
                yield BrokenLine(number, "log_line_too_long", {"most": MAX_LINE_BYTES})
            elif not content.isspace():
                yield reader.read(content, number)


def _header(file: BinaryIO, path: Path) -> Header:
    return header_of(file.readline(MAX_LINE_BYTES), str(path))


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """One line after another, None for one that is too long."""
    while line := file.readline(MAX_LINE_BYTES):
        is_whole = len(line) < MAX_LINE_BYTES or line.endswith(b"\n")
        yield line if is_whole else None
        while not is_whole:
            rest = file.readline(MAX_LINE_BYTES)
            is_whole = len(rest) < MAX_LINE_BYTES or rest.endswith(b"\n")
