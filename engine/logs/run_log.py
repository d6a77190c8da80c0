"""A run log that is read as it grows: any step of it, and no more than that in memory."""

import os
from pathlib import Path
from typing import BinaryIO

from engine.data.foreign_files import opened_to_stay
from engine.logs.lines import StepReader, header_of
from engine.logs.log import News
from engine.logs.reader import MAX_LINE_BYTES
from engine.logs.schema import BrokenLine, Header, LoggedStep


class RunLog:
    """A run log in a regular file; raises SettingError where it is none.

    Opening reads the header alone; the steps are there as far as `read_on` has come.
    """

    format = "run_log"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin()

    def _begin(self) -> None:
        self._file: BinaryIO = opened_to_stay(self._path)
        self.header: Header = header_of(self._file.readline(MAX_LINE_BYTES), str(self._path))
        self.problems: list[BrokenLine] = []
        self.left_out = 0
        self._reader = StepReader(self.header)
        self._end, self._line = self._file.tell(), 1
        self._starts: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self._starts)

    def step(self, index: int) -> LoggedStep | BrokenLine:
        """The step at that place, from 0."""
        offset, line = self._starts[index]
        self._file.seek(offset)
        return StepReader(self.header).read(self._file.readline(MAX_LINE_BYTES), line)

    def read_on(self) -> News:
        """Find the lines that have been finished since."""
        try:
            is_shorter = os.stat(self._path).st_size < self._end
        except FileNotFoundError:
            return News(is_there=False)
        if is_shorter:
            self._file.close()
            self._begin()
        before = len(self)
        self._file.seek(self._end)
        while (content := self._file.readline(MAX_LINE_BYTES)).endswith(b"\n"):
            self._line += 1
            offset, self._end = self._end, self._file.tell()
            if content.isspace():
                continue
            read = self._reader.read(content, self._line)
            if isinstance(read, BrokenLine):
                self.problems.append(read)
                self.left_out += 1
            else:
                self._starts.append((offset, self._line))
        return News(len(self) - before, began_anew=is_shorter)

    def close(self) -> None:
        """Nothing more is asked for."""
        self._file.close()
