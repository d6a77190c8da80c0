"""A run log that is read as it grows: any step of it, and never more than a piece in memory."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from engine.logs.growing import Change, GrowingFile
from engine.logs.lines import MAX_LINE_BYTES, UNBEGUN, header_of, step_of
from engine.logs.log import News
from engine.logs.pieces import Mark, Piece, too_long
from engine.logs.problems import Problems
from engine.logs.schema import BrokenLine, Header, LoggedStep
from engine.numerics.errors import SettingError

PIECE_BYTES = 128 * 1024
"""What is indexed as one, and read again for a step in it; more where a line is longer."""

SLICE_BYTES, SLICE_LINES = 4 * 2**20, 8_000
"""What is indexed at once: some milliseconds."""


class _Place(NamedTuple):
    start: Mark
    size: int


class RunLog:
    """A run log in a regular file; raises SettingError where it is none.

    Opening reads the header alone; the steps are there as far as `read_on` has come. A file that
    was cut or replaced is begun anew; if it has no header then, but goes on with steps, they are
    read by the old one. A second header within a file begins a segment where it is the same but
    for `what`, and else the log anew: of several runs in one file the last is shown.

    A last line counts as soon as it is a whole object, with its newline or without. What else
    stands there is a problem from the first look on that finds nothing new.

    Several threads may ask.
    """

    format = "run_log"

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        self._file = GrowingFile(path)
        try:
            self._begin(*self._first_line())
        except BaseException:
            self._file.close()
            raise

    def __len__(self) -> int:
        return self._open.start.steps + len(self._open.entries)

    @property
    def header(self) -> Header:
        """The first line."""
        return self._header

    @property
    def problems(self) -> Sequence[BrokenLine]:
        """What has been left out so far, the first ones."""
        tail = self._open.tail if self._is_at_rest else None
        return [*self._problems.first, *([tail] if tail else [])]

    @property
    def left_out(self) -> int:
        """How many lines have been left out so far."""
        return self._problems.count + (self._is_at_rest and self._open.tail is not None)

    @property
    def unknown_keys(self) -> Sequence[str]:
        """None: it is made for what is read here."""
        return ()

    def step(self, index: int) -> LoggedStep | BrokenLine:
        """One of the steps, from 0; where the file was changed behind it, that is what is told."""
        with self._lock:
            if not 0 <= index < len(self):
                raise IndexError(index)
            piece = self._piece_of(index)
            place = index - piece.start.steps
            if place >= len(piece.entries):
                return BrokenLine(piece.start.line, "log_line_changed", {})
            found = piece.step(place)
            if isinstance(found, BrokenLine):
                self._problems.add(found)
            return found

    def read_on(self) -> News:
        """Index some more of the file; raises SettingError where it is no such log any more."""
        with self._lock:
            change = self._file.look()
            if change is Change.ANOTHER or (change is Change.GROWN and self._waits):
                return self._begin_anew()
            if self._refused is not None and change is Change.NONE:
                raise self._refused.with_traceback(None)
            self._is_at_rest = change is not Change.GROWN and not self._more
            news = News() if self._is_at_rest else self._read_slice()
            return replace(news, is_there=change is not Change.GONE)

    def close(self) -> None:
        """Nothing more is asked for."""
        self._file.close()

    def _read(self, offset: int) -> tuple[bytes, bool]:
        """What is there, two lines at least if they are not too long; whether that is all."""
        data = self._file.read(offset, PIECE_BYTES)
        if len(data) == PIECE_BYTES and data.find(b"\n", data.find(b"\n") + 1) < 0:
            data = self._file.read(offset, 2 * MAX_LINE_BYTES)
            return data, len(data) < 2 * MAX_LINE_BYTES
        return data, len(data) < PIECE_BYTES

    def _first_line(self) -> tuple[Header, Mark]:
        """The header, and where the rest begins; raises SettingError."""
        first, _ = self._read(0)
        end = first.find(b"\n") + 1
        line = first[:end] or first
        self._file.remember("header", 0, first[: min(end, 4096)])
        return header_of(line, str(self._path)), Mark(len(line), 2 if end else 1)

    def _begin(self, header: Header, start: Mark) -> None:
        """Nothing has been read of that run."""
        self._header, self._problems = header, Problems()
        self._places: list[_Place] = []
        self._open = self._found = Piece(b"", start, header)
        self._more, self._waits, self._is_at_rest = True, False, False
        self._refused: SettingError | None = None

    def _begin_anew(self) -> News:
        """The file is another one: its header, or what goes on by the old one."""
        is_waiting = self._waits
        self._begin(self._header, Mark(0, 1))
        try:
            self._begin(*self._first_line())
        except SettingError as error:
            self._more = self._goes_on()
            self._waits = not self._more
            if self._waits and error.code not in UNBEGUN:
                self._refused = error
                raise
        if not self._more:
            return News(began_anew=not is_waiting)
        return replace(self._read_slice(), began_anew=True)

    def _goes_on(self) -> bool:
        """Whether a file begins with a step of this log, perhaps after a hole."""
        first, *_ = self._read(0)[0].split(b"\n", 1)
        step = step_of(first.lstrip(b"\0"), 1, len(self._header.layers))
        return first.startswith(b"\0") or isinstance(step, LoggedStep)

    def _read_slice(self) -> News:
        before, first, self._is_lost = len(self), self._open.start, False
        while True:
            self._more = self._read_piece()
            if self._open.other:
                run, end = self._open.other, self._open.end
                self._begin(run, Mark(end.offset, end.line))
                self._problems.add(BrokenLine(end.line, "log_line_other_run", {}))
                return News(began_anew=True, more=True)
            at = self._open.start
            has_enough = (
                at.offset - first.offset >= SLICE_BYTES or at.line - first.line >= SLICE_LINES
            )
            if has_enough or not self._more:
                break
        if self._is_lost:
            return News(len(self), began_anew=True, more=self._more)
        return News(len(self) - before, more=self._more)

    def _read_piece(self) -> bool:
        """Index the piece where it ended last; whether that was not the end of the file."""
        start = self._open.start
        if start.is_within:
            return self._skip()
        data, is_all = self._read(start.offset)
        if b"\n" not in data[:MAX_LINE_BYTES] and len(data) >= MAX_LINE_BYTES:
            self._open = Piece(b"", start._replace(is_within=True), self._header)
            return True
        whole = data.rfind(b"\n") + 1
        if whole:
            self._file.remember("lines", start.offset, data[:whole])
        piece = Piece(data if is_all else data[:whole], start, self._header, is_all)
        # a step without its newline may turn out to be part of something else
        known = self._open.entries
        self._is_lost = self._is_lost or piece.entries[: len(known)][-1:] != known[-1:]
        if not is_all and not piece.other:
            piece.leave_last()
            if piece.entries:
                self._places.append(_Place(start, piece.end.offset - start.offset))
        for problem in piece.problems:
            self._problems.add(problem)
        is_open = is_all or piece.other
        self._open = piece if is_open else Piece(b"", piece.end, self._header)
        return not is_all

    def _skip(self) -> bool:
        """Read on in a line that is too long; whether that was not the end of the file."""
        start = self._open.start
        data = self._file.read(start.offset, PIECE_BYTES)
        end = data.find(b"\n") + 1
        after = start._replace(offset=start.offset + (end or len(data)))
        problem = too_long(start.line)
        if end:
            self._problems.add(problem)
            after = after._replace(line=start.line + 1, is_within=False)
        self._open = Piece(b"", after, self._header)
        self._open.tail = None if end else problem
        return end > 0 or len(data) == PIECE_BYTES

    def _piece_of(self, index: int) -> Piece:
        """The piece with that step, which is kept until one of another is asked for."""
        if index >= self._open.start.steps:
            return self._open
        if not self._found.start.steps <= index < self._found.end.steps:
            at = bisect_right(self._places, index, key=lambda place: place.start.steps) - 1
            start, size = self._places[at]
            self._found = Piece(self._file.read(start.offset, size), start, self._header)
        return self._found
