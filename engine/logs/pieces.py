"""Which lines of a piece of a run log are steps, found by their first and last bytes."""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from engine.logs.lines import header_of, step_of
from engine.logs.schema import MARK, BrokenLine, Header, LoggedStep
from engine.numerics.errors import SettingError

_HEAD = re.compile(rb'\{"step": ?(0|[1-9]\d{0,17})[,}]')
_MARK = MARK.encode()


class Mark(NamedTuple):
    """A place in a log where a line begins: its offset and its number, from 1.

    `steps` are before it, the last of them `last`: -1 if there is none, infinite if the next one
    begins a segment whatever its number. Within a line that is too long, it is the place up to
    which that has been read.
    """

    offset: int
    line: int
    steps: int = 0
    segment: int = 0
    last: float = -1
    is_within: bool = False


class Entry(NamedTuple):
    """The line of a step: its place in a piece, without its end."""

    start: int
    end: int
    line: int
    segment: int
    step: int


class Piece:
    """The steps in some bytes of a log that begin with a line.

    Lines whose ends look right are not read further: what else is wrong with them is known when
    they are. But no step is taken to go back, and none is the last one here, that was not read.
    A `tail` is what stands without a newline at the end and is no step, `other` the header of
    another run than this log's, which begins at `end`: what is after it is not looked at.
    """

    def __init__(self, data: bytes, start: Mark, header: Header) -> None:
        self.data, self.start = data, start
        self.entries: list[Entry] = []
        self.problems: list[BrokenLine] = []
        self.tail: BrokenLine | None = None
        self.other: Header | None = None
        self._header = header
        self._segment, self._is_settled = start.segment, True
        # what comes before those of the entries that belong to one run
        self._before, self._floor = start.last, 0
        self.end = self._scan()

    def step(self, place: int) -> LoggedStep | BrokenLine:
        """One of the entries."""
        entry = self.entries[place]
        content = self.data[entry.start : entry.end]
        return step_of(content, entry.line, len(self._header.layers), entry.segment)

    def _scan(self) -> Mark:
        *contents, rest = self.data.split(b"\n")
        at, line = 0, self.start.line
        for content in contents:
            self._take(content, at, line)
            if self.other:
                break
            at += len(content) + 1
            line += 1
        else:
            self._take_rest(rest, at, line)
        self._settle()
        offset, steps = self.start.offset + at, self.start.steps + len(self.entries)
        return Mark(offset, line, steps, self._segment, self._last)

    @property
    def _last(self) -> float:
        return self.entries[-1].step if len(self.entries) > self._floor else self._before

    def _take(self, content: bytes, at: int, line: int) -> None:
        """A whole line."""
        head = _HEAD.match(content)
        if head and content.endswith((b"}", b"}\r")):
            step: int | None = int(head[1])
            is_read = False
        else:
            # what a system lost, or a writer that did not notice that its file was cut left out
            kept = content.lstrip(b"\0")
            at, content = at + len(content) - len(kept), kept
            step, is_read = self._read(content, line), True
        while step is not None and step < self._last and not (is_read and self._is_settled):
            if is_read:
                self._settle()
            else:
                step, is_read = self._read(content, line), True
        if step is not None:
            self._segment += step < self._last
            self.entries.append(Entry(at, at + len(content), line, self._segment, step))
            self._is_settled = is_read

    def _take_rest(self, rest: bytes, at: int, line: int) -> None:
        """What comes after the last newline: a step if it is all there."""
        if not rest.strip(b"\0\r\t "):
            return
        if rest.rstrip().endswith(b"}") and isinstance(self._step_of(rest, line), LoggedStep):
            self._take(rest, at, line)
        else:
            self.tail = BrokenLine(line, "log_line_unfinished", {})

    def _settle(self) -> None:
        """Take back the last entries as long as they cannot be read."""
        while not self._is_settled:
            entry = self.entries[-1]
            if self._read(self.data[entry.start : entry.end], entry.line) is None:
                self.entries.pop()
                self._is_settled = len(self.entries) == self._floor
            else:
                self._is_settled = True

    def _read(self, content: bytes, line: int) -> int | None:
        """The number of a step, None where there is none."""
        if not content or content.isspace():
            return None
        found = self._step_of(content, line)
        if isinstance(found, LoggedStep):
            return found.step
        if _MARK not in content or not self._begins_run(content):
            self.problems.append(found)
        return None

    def _step_of(self, content: bytes, line: int) -> LoggedStep | BrokenLine:
        return step_of(content.lstrip(b"\0"), line, len(self._header.layers))

    def _begins_run(self, content: bytes) -> bool:
        """Whether that line is a header, of the same run or another one."""
        try:
            header = header_of(content, "")
        except SettingError:
            return False
        if replace(header, what=None) == replace(self._header, what=None):
            self._settle()
            if self.start.steps or self.entries:
                self._floor, self._before = len(self.entries), math.inf
        else:
            self.other = header
        return True
