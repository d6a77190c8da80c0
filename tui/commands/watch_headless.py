"""`chainrule watch FILE --headless`: what is found in a log while it is written, line by line."""

import argparse
import json
import select
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from engine.experiment.domains import Choice, Real
from engine.logs.findings import Finding, Judge
from engine.logs.formats import LATE, Options
from engine.logs.schema import LoggedStep
from engine.logs.watched import Watched
from tui.commands.base import ReaderGoneError, glyphs_for_stream, put
from tui.commands.interrupts import interruptible
from tui.commands.log_files import options_of, path_of
from tui.config.flags import UNTIL
from tui.views.findings_json import finding_values
from tui.words.findings import step_text

SEEN, NOT_SEEN = 0, 3
"""Exit codes: what --until asks for was found, or the run ended without it."""

PATIENCE = 600.0
"""Seconds without anything new after which a run is taken to have ended."""

LOOK = 0.2
"""Seconds from one look at the file to the next."""


class Watch:
    """Looks at a file, which need not be there yet, and judges what has come."""

    def __init__(self, path: Path, options: Options) -> None:
        self._log = Watched(path, options)
        self.step: int | None = None
        """The last one."""
        self.has_ended = False
        """Whether its writer said that it is the last."""
        self._begin()

    def _begin(self) -> None:
        self._judge: Judge | None = None
        self._read, self._told = 0, set[int]()
        self._is_late: bool | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The layers'."""
        return self._log.header.layers

    def look(self) -> Iterator[Finding | None]:
        """What is new, None at least where anything is; raises SettingError."""
        while True:
            news = self._log.read_on()
            if news.began_anew:
                self._begin()
                yield Finding("began_anew", None)
            if news.steps or news.more:
                yield None
            yield from self._late()
            # a line is told in its turn, not after the end of the run
            yield from self._broken()
            yield from self._steps()
            if not news.more:
                break

    def check(self) -> None:
        """Raises SettingError if there is still nothing to look at."""
        if self._log.waits is not None:
            raise self._log.waits

    def close(self) -> None:
        """Nothing more is looked at."""
        self._log.close()

    def _late(self) -> Iterator[Finding]:
        """Once it is known what writes the log."""
        if self._is_late is None and self._log.format:
            self._is_late = self._log.format in LATE
            if self._is_late:
                yield Finding("late", None, metric=self._log.format)

    def _steps(self) -> Iterator[Finding]:
        header = self._log.header
        if self._judge is None or self._judge.header.layers != header.layers:
            # that of other tools' logs grows with what is read
            self._judge = Judge(header)
        for index in range(self._read, len(self._log)):
            step = self._log.step(index)
            self._read = index + 1
            if isinstance(step, LoggedStep):
                self.step, self.has_ended = step.step, step.last
                yield from self._judge.read(step)
            else:
                yield from self._broken()

    def _broken(self) -> Iterator[Finding]:
        for broken in self._log.problems:
            # somebody may still be writing an unfinished one
            if broken.line not in self._told and broken.code != "log_line_unfinished":
                self._told.add(broken.line)
                numbers = {"line": broken.line}
                yield Finding("broken_line", None, numbers=numbers, broken=broken)


def follow(
    watch: Watch,
    patience: float,
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Finding]:
    """Findings as they come, until the run has ended, as its writer says or as nothing comes.

    Raises SettingError for what is no log, and where there is none all the time.
    """
    last = now()
    while True:
        is_new = False
        for finding in watch.look():
            is_new = True
            if finding is not None:
                yield finding
        if is_new:
            last = now()
        elif watch.has_ended:
            return
        elif now() - last >= patience:
            watch.check()
            yield Finding("done", watch.step, numbers={"waited": patience})
            return
        else:
            wait(LOOK)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print what is found until the run ends, or as --until says."""
    until = {Choice(UNTIL).parse("until", name) for name in getattr(options, "until", ())}
    seconds = getattr(options, "patience", str(PATIENCE))
    patience = Real(0.0, 1e9).parse("patience", seconds)
    watch = Watch(path_of(options), options_of(options))
    spell = json_line if "json" in options else step_text

    def wait(seconds: float) -> None:
        if _has_no_reader(out):
            raise BrokenPipeError
        time.sleep(seconds)

    try:
        with interruptible():
            for finding in follow(watch, patience, wait=wait):
                put(glyphs_for_stream(out).spell(spell(finding, watch.names)), out)
                if finding.kind in until and not finding.is_over:
                    return SEEN
    except BrokenPipeError:
        raise ReaderGoneError(NOT_SEEN if until else SEEN) from None
    finally:
        watch.close()
    return NOT_SEEN if until else SEEN


def json_line(finding: Finding, names: tuple[str, ...]) -> str:
    """A finding as a line of JSON."""
    return json.dumps(finding_values(finding, names), allow_nan=False)


def _has_no_reader(out: IO[str]) -> bool:
    """Whether standard output is a pipe that nobody reads any more, which a write would tell."""
    with suppress(AttributeError, OSError, ValueError):
        # not everywhere, and not of a stream in memory
        poll = select.poll()
        poll.register(out.fileno(), 0)
        return any(event & select.POLLERR for _, event in poll.poll(0))
    return False
