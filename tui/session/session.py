"""The session: the one state, what is measured of it, and the scenes that come of both.

It knows no screen: keys ask it for things, and `changed` is called when there is another scene.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from engine import Experiment, Inspection, SettingError, Trace, Verdict, verdict
from engine.network.cost import check_memory
from tui.session.animation import Animation
from tui.session.axis_ranges import AxisRanges
from tui.session.current_run import CurrentRun
from tui.session.diagnoses import Diagnoses
from tui.session.inspections import Inspections
from tui.session.jobs import Failed, Job, Jobs, Spawn, at_once
from tui.session.pace import Pace
from tui.session.trace_cache import TraceCache, is_short
from tui.session.trials import Trials
from tui.state.animations import Heights, Phase
from tui.state.axis import Axis
from tui.state.metrics import METRICS, Metric
from tui.state.motion import MOTIONS, Motion
from tui.state.notices import Notice, error_notice
from tui.state.scene import Scene, Waiting, Wants
from tui.state.state import State

TRACE = "trace"
"""The lane of the jobs that are started here."""

WORDS_SECONDS = 0.15
"""Numbers that change oftener cannot be read."""


class Session:
    """All that takes time or remembers; `state` is changed by `set_state` alone.

    `spawn` runs what is long, `changed(words)` is told of another scene, where `words` false
    means that only its picture moved. `heights` gives the bars that are shown, for a transition
    to start from, `is_seen` tells whether people see what moves: behind another screen or beside a
    panel nothing trains.
    """

    def __init__(
        self,
        state: State,
        clock: Callable[[], float] = time.monotonic,
        spawn: Spawn = at_once,
        changed: Callable[[bool], None] = lambda words: None,
        heights: Callable[[], Heights | None] = lambda: None,
        is_seen: Callable[[], bool] = lambda: True,
    ) -> None:
        self.state = state
        self.trace: Trace | None = None
        self._verdict: Verdict | None = None
        self.clock, self.changed, self._heights = clock, changed, heights
        self.jobs = Jobs(spawn, self._job_came_back)
        self.traces = TraceCache()
        self.training = CurrentRun(self.jobs, clock)
        self.trials = Trials(is_short)
        self.inspections, self.diagnoses = Inspections(self.jobs), Diagnoses(self.jobs)
        self.animation = Animation()
        # what was shown of it last, words included
        self._told: object = None
        self.axes = AxisRanges()
        self.motion: Motion = MOTIONS["full"]
        self.is_seen, self.has_panel, self.is_led = is_seen, False, False
        self._axes_before = self.axes
        self.pictures, self._words = Pace(clock), Pace(clock)

    def start(self) -> None:
        """Measure for the first time, and play the wave."""
        self._measure(transition=False, plays=self.motion.decorates)

    # the state

    def set_state(self, state: State, transition: bool = True, words: bool = True) -> None:
        """The one way to another state; what it shows is measured if that is another run.

        A state whose network does not fit in memory is refused with a notice.
        """
        self._follow(state, transition)
        self.changed(words)

    def _follow(self, state: State, transition: bool) -> None:
        if state.shown_experiment != self.state.shown_experiment:
            try:
                check_memory(state.shown_experiment)
            except SettingError as error:
                state = replace(self.state, notices=(error_notice(error),))
        # without a transition it is what the training itself has come to
        if transition and state.run != self.state.run:
            state = self.training.follow(self.state, state)
        before, self.state = self.state, state
        is_other = (before.run, before.shown_experiment) != (state.run, state.shown_experiment)
        trained = self._trained
        if is_other or (trained is not None and trained is not self.trace):
            self._measure(transition)
        if before.metric != state.metric or before.pinned is not state.pinned:
            self.animation.transition = None
            self._grow_axes(self.axes)

    def say(self, *notices: Notice) -> None:
        """Something about the last key, or nothing any more."""
        self.set_state(replace(self.state, notices=notices))

    def preview(self, experiment: Experiment | None, *notices: Notice) -> None:
        """Show an experiment that is only looked at, or again the one that is set."""
        shown = None if experiment == self.state.experiment else experiment
        self.set_state(replace(self.state, preview=shown, notices=notices))

    def open_panel(self) -> None:
        """A panel stands beside the chart: previews do not add up on the axis."""
        self.has_panel, self._axes_before = True, self.axes

    def close_panel(self, state: State | None = None) -> None:
        """The panel has gone, and with it what it previewed; perhaps for another state."""
        if self.has_panel:
            self.has_panel, self.axes = False, self._axes_before
        self._follow(replace(state or self.state.saying(), preview=None), transition=True)
        trace = self.trace
        is_set = trace is not None and trace.experiment == self.state.experiment
        # also for what was set, or taken, while the panel was open
        if is_set or self.state.metric not in self.axes.known:
            self._grow_axes(self.axes)
        if trace is not None and is_set:
            self._attend(trace)
        self.changed(True)

    # measurement

    @property
    def is_computing(self) -> bool:
        """Whether what is shown is not yet what is asked for."""
        shown = self.trace is not None and self.trace.experiment == self.state.shown_experiment
        return self.training.is_being_made or (self.jobs.is_busy(TRACE) and not shown)

    @property
    def verdict(self) -> Verdict | None:
        """That on the run that is shown: its cause by the shares until removals confirm it."""
        return self.trials.verdict_on(self.trace) or self._verdict

    @property
    def is_healthy(self) -> bool:
        """Whether the run that is shown needs no remedy."""
        return self.verdict is not None and self.verdict.kind == "healthy"

    @property
    def _trained(self) -> Trace | None:
        """What the current training run has come to, unless something else is looked at."""
        run = self.training.run
        return run.trace if run is not None and self.state.preview is None else None

    def _measure(self, transition: bool = True, plays: bool = False) -> None:
        """The Trace of what is to be shown: at once if it is quick, else when a job has it."""
        wanted, trained = self.state.shown_experiment, self._trained
        if trained is not None:
            self._show(trained, transition)
            # what is tried beside a run in training is that of its start
            if transition:
                self._attend(trained)
            return
        work = partial(self.traces.measure, wanted)

        def take(result: Trace | Failed) -> None:
            if wanted != self.state.shown_experiment or self._trained is not None:
                return
            if isinstance(result, Failed):
                self.say(result.notice())
                return
            self._show(result, transition)
            self._attend(result)
            if plays:
                self.animation.play()

        job = Job(work, take, on_loop=self.traces.is_quick(wanted), wish=TRACE)
        self.jobs.start(TRACE, job, overtakes=True)

    def _show(self, trace: Trace, transition: bool) -> None:
        """Another Trace on the screen, reached by a transition or at once."""
        if trace is self.trace:
            return
        moves = transition and self.trace is not None and self.motion.decorates
        heights = self._heights() if moves else None
        self.trace, self._verdict = trace, verdict(trace)
        self.diagnoses.cancel()
        self._grow_axes(self._axes_before if self.has_panel else self.axes)
        self.animation.show(trace.depth, heights)

    def _attend(self, trace: Trace) -> None:
        if not self.has_panel:
            self.trials.attend(trace)

    @property
    def metric(self) -> Metric:
        """What the bars show."""
        return METRICS[self.state.metric]

    def _grow_axes(self, base: AxisRanges) -> None:
        if self._compared:
            self.axes = base.grown(self.metric, *self._compared)

    def refit_axis(self) -> None:
        """The axis for what is shown now."""
        if self._compared:
            self.axes = self.axes.refitted(self.metric, *self._compared)
            self.changed(True)

    @property
    def _compared(self) -> tuple[Trace, ...]:
        """The run that is shown, and the pinned one."""
        return tuple(t for t in (self.trace, self.state.pinned) if t is not None)

    @property
    def axis(self) -> Axis | None:
        """The axis of the metric that is shown, if there is anything to measure."""
        return self.axes.axis(self.metric)

    def diagnose(self) -> None:
        """Have the run that is shown diagnosed."""
        if self.trace is not None:
            self.diagnoses.ask(self.trace, lambda failed: self.say(failed.notice()))

    # what moves

    def advance(self, seconds: float) -> None:
        """Let so much time pass for the wave or the transition."""
        animation = self.animation
        if animation.moving:
            before = animation.wave.phase
            animation.advance(seconds, self.state.speed)
            phase, ends = animation.wave.phase, not animation.moving
            if animation.picture != self._told and self.pictures.takes_turn(
                self.motion.seconds, anyway=ends
            ):
                is_due = phase is not Phase.DONE and self._words.takes_turn(WORDS_SECONDS)
                words = is_due or phase is not before or ends
                self._told = animation.picture if words else None
                self.changed(words)

    def _job_came_back(self) -> None:
        """A thread has brought something: of the training, or something else to show."""
        if not self.show_training():
            self.changed(True)

    def show_training(self, apart: float = 0.0) -> bool:
        """What the current training run has come to, unless a picture is less seconds old."""
        run = self.training.run
        if run is None:
            return False
        stands = not run.playing
        if not self.pictures.takes_turn(max(self.motion.seconds, apart), anyway=stands):
            return False
        words = self._words.takes_turn(WORDS_SECONDS, anyway=stands)
        notices, run.notices = run.notices or self.state.notices, ()
        state = replace(self.state, run=run.run, notices=notices)
        self.set_state(state, transition=False, words=words)
        return True

    # scenes

    def scene(self, wants: Wants) -> Scene | Waiting:
        """All that is to be shown, as far as it is known; what else is wanted is asked for."""
        trace, found, state = self.trace, self.verdict, self.state
        if trace is None or found is None:
            return Waiting(state, self.is_computing)
        if wants.curves:
            self.training.prepare(state.run, trace, lambda: self.state.run is state.run)
        pictures, run = self.training.pictures, self.training.run
        is_current = run is not None and trace is run.trace
        predicted = self.metric.predicted if state.theory and self.animation.is_back else None
        # a preview has neither seeds nor remedies of its own
        is_tried = self.trials.is_about(trace)
        return Scene(
            state=state,
            trace=trace,
            verdict=found,
            axis=self.axis,
            axis_is_loose=self.axes.is_loose(self.metric, *self._compared),
            wave=self.animation.wave,
            transition=self.animation.transition,
            line=None if predicted is None else predicted(trace),
            band=self.trials.band(self.metric) if is_tried else None,
            inspections=self.inspections.of(trace, wants.layers, run),
            pinned_inspections=self._of_pinned(wants),
            training=pictures.scene(wants) if pictures is not None and is_current else None,
            remedies=self.trials.remedies if is_tried else None,
            diagnosis=self.diagnoses.of(trace, found),
            computing=self.is_computing,
            is_led=self.is_led,
        )

    def _of_pinned(self, wants: Wants) -> Mapping[int, Inspection]:
        pinned = self.state.pinned
        if pinned is None or not wants.pinned_layers:
            return {}
        layers = frozenset(layer for layer in wants.pinned_layers if layer <= pinned.depth)
        return self.inspections.of(pinned, layers, self.training.run) or {}
