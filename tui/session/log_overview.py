"""All of a log at once: curves, gradients over time and verdicts, made of an even sample."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from engine import Trace
from engine.logs.log import Log
from tui.session.left_out import LeftOut
from tui.session.log_judge import SLICE_SECONDS
from tui.session.log_news import LogNews
from tui.session.log_reader import LogReader, Read
from tui.session.log_samples import LogSamples, Sample
from tui.state.log_state import LogState
from tui.state.notices import Notice
from tui.state.scene import LogScene, TrainingScene, Wants

AT_ONCE = 256
"""Steps that are looked at by one job at most."""


class LogOverview:
    """The samples of a log, what was made of them last, and what is left out of it."""

    def __init__(self, log: Log) -> None:
        self.samples, self.left_out = LogSamples(), LeftOut(log)
        self._made: dict[str, tuple[Hashable, Any]] = {}

    def has_more(self, length: int) -> bool:
        """Whether there is more of so many steps to be looked at."""
        return next(self.samples.missing(length), None) is not None

    def said(self, state: LogState) -> tuple[Notice, ...] | None:
        """What is said of lines that are left out, once there is nothing more to be looked at."""
        return None if self.has_more(state.length) else self.left_out.said(state)

    def _of_samples(self, name: str, wish: Hashable, make: Callable[[], object]) -> Any:
        """What was made of these very samples, or is made now."""
        key = self.samples.version, wish
        if name not in self._made or self._made[name][0] != key:
            self._made[name] = key, make()
        return self._made[name][1]

    def look(
        self, reader: LogReader, length: int, clock: Callable[[], float]
    ) -> dict[int, Sample | None]:
        """In a thread: more samples, as many as a slice of time has room for."""
        found: dict[int, Sample | None] = {}
        end = clock() + SLICE_SECONDS
        for position in self.samples.missing(length):
            found[position] = reader.sample(position)
            if clock() > end or len(found) >= AT_ONCE:
                break
        return found

    def training(self, state: LogState, trace: Trace, wants: Wants) -> TrainingScene:
        """What the training view shows of a log."""
        samples, columns, curves, heat = self.samples, wants.heat_columns, None, None
        if wants.curves:
            curves = self._of_samples("curves", None, samples.curves)
        if columns is not None:
            heat = self._of_samples("heat", columns, partial(samples.heat, columns))
        return TrainingScene(
            step=trace.step,
            playing=state.playing or state.is_live,
            steps_per_second=0.0,
            curves=curves,
            heat=heat,
            displacement=None if "displacement" in trace.absent else trace.displacement,
        )

    def place(self, state: LogState, read: Read, news: LogNews | None, silent: float) -> LogScene:
        """Where in the log one is who is shown that step."""
        step, newest = read.trace.step, self.samples.newest
        left_out = self.left_out.count
        return LogScene(
            position=state.position,
            length=state.length,
            step=step,
            last_step=step if newest is None or state.is_live else newest.step,
            seconds=read.seconds,
            kinds=self._of_samples("kinds", None, lambda: self.samples.kinds),
            broken=self.left_out.shares(1 + state.length + left_out),
            left_out=left_out,
            playing=state.playing,
            is_live=state.is_live,
            follows=state.follows,
            is_there=news is None or news.is_there,
            silent=None if read.is_last else silent or None,
            measured=read.measured,
        )
