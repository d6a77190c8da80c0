"""Which lines of a piece of a run log are steps, found by their first and last bytes."""

import math
import re
from dataclasses import replace
from typing import NamedTuple

from engine.logs.lines import MAX_LINE_BYTES, header_of, step_of
from engine.logs.schema import MARK, BrokenLine, Header, LoggedStep
from engine.numerics.errors import SettingError

_HEAD = re.compile(rb'\{"step": ?(0|[1-9]\d{0,14})[,}]')
_LAST = b"}\r"
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
    they are. But no step is taken to go back before it and the one before it were read, and the
    last one is read where the bytes end the file, as `is_end` says. A `tail` is what stands there
    without a newline and is no step. `other` is the header of another run than this log's, which
    begins at `end`: what is after it is not looked at.
    """

    def __init__(self, data: bytes, start: Mark, header: Header, is_end: bool = False) -> None:
        self.data, self.start = data, start
        self.entries: list[Entry] = []
        self.problems: list[BrokenLine] = []
        self.tail: BrokenLine | None = None
        self.other: Header | None = None
        self._header = header
        self._segment, self._last, self._is_settled = start.segment, start.last, True
        # what comes before those of the entries that belong to one run
        self._before, self._floor = start.last, 0
        at, line = self._scan()
        if is_end:
            self._settle()
        self.end = self._mark(at, line)

    def step(self, place: int) -> LoggedStep | BrokenLine:
        """One of the entries."""
        entry = self.entries[place]
        content = self.data[entry.start : entry.end]
        return step_of(content, entry.line, len(self._header.layers), entry.segment)

    def leave_last(self) -> None:
        """Leave the last step to the piece that comes next, unless it is known to be one.

        So it need not be read, and is there where the next one goes back.
        """
        if self._is_settled:
            return
        if len(self.entries) == 1:
            self._settle()
            steps = self.start.steps + len(self.entries)
            self.end = self.end._replace(steps=steps, last=self._last)
        else:
            last = self._pop()
            self.end = self._mark(last.start, last.line)

    def _mark(self, at: int, line: int) -> Mark:
        offset, steps = self.start.offset + at, self.start.steps + len(self.entries)
        return Mark(offset, line, steps, self._segment, self._last)

    def _scan(self) -> tuple[int, int]:
        """Find the steps; where the next piece begins, and its line."""
        data, at, line = self.data, 0, self.start.line
        while (end := data.find(b"\n", at)) >= 0:
            head = _HEAD.match(data, at) if end - at < MAX_LINE_BYTES else None
            if head and data[end - 1] in _LAST and (step := int(head[1])) >= self._last:
                # this is most of the time: no call, and no copy of the line
                self.entries.append(Entry(at, end, line, self._segment, step))
                self._last, self._is_settled = step, False
            else:
                self._take(data[at:end], at, line)
                if self.other:
                    return at, line
            at = end + 1
            line += 1
        self._take_rest(data[at:], at, line)
        return at, line

    def _pop(self) -> Entry:
        last = self.entries.pop()
        is_first = len(self.entries) == self._floor
        self._last = self._before if is_first else self.entries[-1].step
        self._is_settled = is_first
        return last

    def _take(self, content: bytes, at: int, line: int) -> None:
        """A line that has to be read."""
        # what a system lost, or a writer that did not notice that its file was cut left out
        kept = content.lstrip(b"\0")
        step = self._read(kept, line)
        if step is None:
            return
        if step < self._last:
            self._settle()
        self._segment += step < self._last
        end = at + len(content)
        self.entries.append(Entry(end - len(kept), end, line, self._segment, step))
        self._last, self._is_settled = step, True

    def _take_rest(self, rest: bytes, at: int, line: int) -> None:
        """What comes after the last newline: a step if it is all there."""
        if not rest.strip(b"\0\r\t "):
            return
        if len(rest) >= MAX_LINE_BYTES:
            self.tail = too_long(line)
        elif rest.rstrip().endswith(b"}") and isinstance(self._step_of(rest, line), LoggedStep):
            self._take(rest, at, line)
        else:
            self.tail = BrokenLine(line, "log_line_unfinished", {})

    def _settle(self) -> None:
        """Take back the last steps as long as they cannot be read."""
        while not self._is_settled:
            entry = self.entries[-1]
            self._is_settled = (
                self._read(self.data[entry.start : entry.end], entry.line) is not None
            )
            if not self._is_settled:
                self._pop()

    def _read(self, content: bytes, line: int) -> int | None:
        """The number of a step, None where there is none."""
        if not content or content.isspace():
            return None
        if len(content) >= MAX_LINE_BYTES:
            self.problems.append(too_long(line))
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
                self._floor, self._last = len(self.entries), math.inf
                self._before = self._last
        else:
            self.other = header
        return True


def too_long(line: int) -> BrokenLine:
    """That line has more bytes than are read."""
    return BrokenLine(line, "log_line_too_long", {"most": MAX_LINE_BYTES})
