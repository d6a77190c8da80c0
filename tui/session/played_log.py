"""The session of a log that is played or followed: its state, the step that is shown, the rest.

It knows no screen, and asks the log alone; whatever reads is a job of one lane.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine import Trace, Verdict
from engine.logs.log import Log
from engine.logs.schema import BrokenLine, Header
from tui.session.animation import Animation
from tui.session.axis_ranges import AxisRanges
from tui.session.diagnoses import Diagnoses
from tui.session.jobs import Failed, Job, Jobs, Spawn, at_once
from tui.session.log_judge import LogJudge
from tui.session.log_news import LogNews, read_on
from tui.session.log_overview import LogOverview
from tui.session.log_reader import LogReader, Read
from tui.session.log_samples import Sample
from tui.session.pace import Pace
from tui.session.silence import Silence
from tui.state.animations import finished_wave
from tui.state.log_state import LogState
from tui.state.metrics import EVERY_METRIC, Metric
from tui.state.motion import MOTIONS, Motion
from tui.state.notices import Notice, notice
from tui.state.scene import Scene, Waiting, Wants

LANE = "log"

PICTURES_SECONDS = 0.25
"""The least time between two pictures of what fills in by itself."""

LONGEST_FRAME = 0.25
"""Seconds that a log plays on in one frame, however late that comes."""

WHOLE_SECONDS, LEAST_RATE = 60.0, 4.0
"""At speed 1 a log plays in a minute, or at so many logged steps a second if it is short."""


class PlayedLog:
    """All that takes time or remembers of a log, which may have nothing in it yet.

    `spawn`, `changed` and `is_seen` are as a Session has them.
    """

    def __init__(
        self,
        state: LogState,
        log: Log,
        clock: Callable[[], float] = time.monotonic,
        spawn: Spawn = at_once,
        changed: Callable[[bool], None] = lambda words: None,
        is_seen: Callable[[], bool] = lambda: True,
    ) -> None:
        self.state, self.clock, self.changed = state, clock, changed
        self._log, self._reader, self.is_seen = log, LogReader(log), is_seen
        self.jobs = Jobs(spawn)
        self.diagnoses = Diagnoses(self.jobs)
        self.animation = Animation()
        self.motion: Motion = MOTIONS["full"]
        self._shown: Read | None = None
        self._asked = -1
        self._news: LogNews | None = None
        self._is_read = False
        self._silence, self._fraction = Silence(clock), 0.0
        self.axes, self._overview = AxisRanges(), LogOverview(log)
        self._pictures, self._judge = Pace(clock), LogJudge(log)

    # the state

    def set_state(self, state: LogState) -> None:
        """The one way to another state; the step that it asks for is read."""
        self._follow(state)
        self.changed(True)

    def _follow(self, state: LogState) -> None:
        before, self.state = self.state, state
        if before.metric != state.metric:
            self._grow_axis()
        if state.position != self._asked:
            self._want_step()

    def say(self, *notices: Notice) -> None:
        """Something about the last key, or nothing any more."""
        self.set_state(replace(self.state, notices=notices))

    def open_panel(self) -> None:
        """A panel stands beside the chart: what plays pauses."""
        self._follow(replace(self.state, playing=False))

    def close_panel(self, state: LogState | None = None) -> None:
        """The panel has gone, perhaps for another state."""
        self.set_state(state or self.state.saying())

    @property
    def trace(self) -> Trace | None:
        """What is shown."""
        return None if self._shown is None else self._shown.trace

    @property
    def verdict(self) -> Verdict | None:
        """That on what is shown."""
        return None if self._shown is None else self._shown.verdict

    @property
    def metric(self) -> Metric:
        """What the bars show."""
        return EVERY_METRIC[self.state.metric]

    def _grow_axis(self) -> None:
        if self.trace is not None and self.state.metric in self.state.metrics:
            self.axes = self.axes.grown(self.metric, self.trace)

    def refit_axis(self) -> None:
        """The axis for what is shown now."""
        if self.trace is not None:
            self.axes = self.axes.refitted(self.metric, self.trace)
            self.changed(True)

    def diagnose(self) -> None:
        """Have the step that is shown diagnosed."""
        if self.trace is not None:
            self.diagnoses.ask(self.trace, lambda failed: self.say(failed.notice()))

    # reading

    def start(self) -> None:
        """Read what there is."""
        self._take_header(self._log.header)
        self.look()

    def look(self) -> None:
        """Whether there is anything new in the file, or a file at all."""
        if not self.is_reading and (self.state.follows or not self._is_read):
            self._read_on()
        if self.state.follows and self._silence.is_longer():
            self.changed(True)

    @property
    def is_reading(self) -> bool:
        """Whether anything is on its way from the file."""
        return self.jobs.is_busy(LANE)

    def _read_on(self) -> None:
        judge = self._judge if self.state.follows else None
        work = partial(read_on, self._log, self.clock, judge)
        self.jobs.start(LANE, Job(work, self._take_news, on_loop=False, wish="news"))

    def _take_news(self, news: LogNews | Failed) -> None:
        if isinstance(news, Failed):
            if not len(self._log):
                self._shown = None
            self._say_once(news.notice())
            return
        before, self._news, path = self._news, news, self.state.path
        self.state = replace(self.state, path=news.path or path)
        # whether the last step is whole is known by a look that finds nothing
        self._is_read = not (news.more or news.steps)
        if news.began_anew:
            self._forget()
            self._shown = self._shown if news.length else None
            self._follow(self.state.grown(news.length).saying(news.anew(path)))
        self._take_header(news.header)
        if news.steps:
            self._silence.end()
        if not news.length and (self.state.follows or not news.is_there):
            self._say_once(notice("log_waits", path=self.state.path))
        elif self.state.length != news.length:
            grown = self.state.grown(news.length)
            self._follow(grown if self.state.length else grown.saying())
        if news.findings:
            self.say(notice("log_finding", finding=news.findings[-1], names=news.header.layers))
        if news.more or not (self.state.follows or self._is_read):
            self._read_on()
        else:
            self._sample()
            self._tell_left_out()
        if news.shows_other(before) and self._pictures.takes_turn(PICTURES_SECONDS, not news.more):
            self.changed(True)

    def _take_header(self, header: Header) -> None:
        """That of another log, or of one whose layers are found out bit by bit."""
        known, news = self.state.header, self._news
        # one without layers counts once it is sure that there are none
        is_whole = news is not None and news.length > 0 and not news.more
        if known == header or not (self._log.format and (header.layers or is_whole)):
            return
        if known is not None and known.layers != header.layers:
            self._forget()
        state = self.state.saying() if known is None else self.state
        self._follow(state.read(header, self._log.format))

    def _forget(self) -> None:
        """What was seen of the log is of another one, or of fewer layers."""
        self._overview, self._asked, self._reader = LogOverview(self._log), -1, LogReader(self._log)
        self._judge = LogJudge(self._log)

    def _say_once(self, said: Notice) -> None:
        if said not in self.state.notices:
            self.say(said)

    # the step that is shown

    def _want_step(self) -> None:
        if not self.state.length:
            return
        self._asked = position = self.state.position
        take = partial(self._take_step, position)
        work = partial(self._reader.read, position)
        self.jobs.start(LANE, Job(work, take, on_loop=False, wish="step"))

    def _take_step(self, position: int, read: Read | BrokenLine | Failed) -> None:
        if isinstance(read, Failed):
            self.say(read.notice())
        elif isinstance(read, BrokenLine):
            self.say(notice("log_broken", line=read))
        else:
            self._shown = read
            self.diagnoses.cancel()
            self.animation.wave = finished_wave(read.trace.depth)
            self._follow(self.state.knowing(read.arrays))
            self._grow_axis()
            self.changed(True)

    # the rest

    def _sample(self) -> None:
        """Look at some more of the log, while nothing else is asked for."""
        if self._overview.has_more(self.state.length):
            work = partial(self._overview.look, self._reader, self.state.length, self.clock)
            take = partial(self._take_samples, self._overview)
            self.jobs.start(LANE, Job(work, take, on_loop=False, wish="samples"))

    def _take_samples(
        self, overview: LogOverview, found: dict[int, Sample | None] | Failed
    ) -> None:
        if isinstance(found, Failed) or overview is not self._overview:
            return
        for position, sample in found.items():
            overview.samples.put(position, sample)
        self._sample()
        self._tell_left_out()
        if self._pictures.takes_turn(PICTURES_SECONDS, not overview.has_more(self.state.length)):
            self.changed(True)

    def _tell_left_out(self) -> None:
        """Say which lines are."""
        said = self._overview.said(self.state)
        if said is not None:
            self.say(*said)

    # time

    @property
    def is_active(self) -> bool:
        """Whether frames are wanted."""
        return self.state.playing and self.is_seen()

    @property
    def rate(self) -> float:
        """Logged steps a second while it plays."""
        return self.state.speed * max(self.state.length / WHOLE_SECONDS, LEAST_RATE)

    def advance(self, seconds: float) -> None:
        """Let so much time pass while it plays."""
        if not self.is_active:
            return
        self._fraction += seconds * self.rate
        steps = int(self._fraction)
        self._fraction -= steps
        if steps:
            self.set_state(self.state.advanced(steps))

    # scenes

    def scene(self, wants: Wants) -> Scene | Waiting:
        """All that is to be shown, as far as it is known."""
        read, state = self._shown, self.state
        if read is None:
            return Waiting(state, computing=False)
        trace, metric = read.trace, self.metric
        predicted = metric.predicted if state.theory and trace.experiment is not None else None
        return Scene(
            state=state,
            trace=trace,
            verdict=read.verdict,
            axis=self.axes.axis(metric),
            axis_is_loose=self.axes.is_loose(metric, trace),
            wave=self.animation.wave,
            line=None if predicted is None else predicted(trace),
            training=self._overview.training(state, trace, wants),
            log=self._overview.place(state, read, self._news, self._silence.told),
            diagnosis=self.diagnoses.of(trace, read.verdict),
        )
