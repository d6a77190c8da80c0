"""A race: two training runs in lockstep, shown only where both have come to the same step."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine import verdict
from engine.network.cost import expected_seconds
from tui.session.allowance import MEASURED_COST, Allowance, FrameShare, StepLimit
from tui.session.axis_ranges import AxisRanges
from tui.session.jobs import Failed, Job, Jobs, fits
from tui.session.lockstep import Lockstep, Trainers, trainers_of
from tui.session.pace import Pace
from tui.session.training_run import THREAD_SECONDS
from tui.state.motion import Motion
from tui.state.notices import Notice
from tui.state.race import Pair, RaceScene, RaceState, Shown, compared, lead
from tui.state.scene import Curves

CURVES_SECONDS = 0.25
"""The least time between two pictures of curves while they train."""

Wish = Callable[[Lockstep], tuple[Notice, ...]]
"""Does something with both, and returns what there is to say of it."""


class Race:
    """Two runs in lockstep; `state` is how one looks at them, `changed` is told of another scene.

    `motion` says how often there is a picture while they train, and `until` is a step to stop at.
    Nothing goes on unless `is_seen`.
    """

    def __init__(
        self,
        state: RaceState,
        jobs: Jobs,
        clock: Callable[[], float],
        motion: Callable[[], Motion],
        changed: Callable[[], None] = lambda: None,
        until: int | None = None,
    ) -> None:
        self.state, self.changed, self.until = state, changed, until
        self.is_seen = False
        self.runs: Lockstep | None = None
        self._jobs, self._clock, self._motion = jobs, clock, motion
        self._shown: Shown | None = None
        self._curves: tuple[Curves, Curves] | None = None
        self._axes = AxisRanges()
        self._wishes: deque[Wish] = deque()
        self._allowance, self._limit, self._frame = Allowance(), StepLimit(), FrameShare()
        self._pictures, self._curves_pace = Pace(clock), Pace(clock)
        self.actions: dict[str, Callable[[], None]] = {
            "play": self.play_or_pause,
            "train": self.play_or_pause,
            "step_forward": partial(self._wish, Lockstep.step_on),
            "step_back": partial(self._wish, Lockstep.back),
            "rewind": self.restart,
            "slower": lambda: self.look(self.state.faster(-1)),
            "faster": lambda: self.look(self.state.faster(1)),
            "next_metric": lambda: self.look(self.state.with_next_metric()),
            "refit": self._refit,
            "cursor_left": partial(self._move, -1),
            "cursor_right": partial(self._move, 1),
            "cursor_page_left": partial(self._move, -10),
            "cursor_page_right": partial(self._move, 10),
            "cursor_first": lambda: self.look(self.state.moved(1)),
            "cursor_last": lambda: self.look(self.state.moved(self.state.depth)),
        }

    @property
    def pair(self) -> Pair:
        """The two experiments."""
        return self.state.pair

    @property
    def is_busy(self) -> bool:
        """Whether a job has one of the networks."""
        return self._jobs.is_busy(self)

    @property
    def playing(self) -> bool:
        """Whether at least one of them trains."""
        return self.runs is not None and bool(self.runs.playing)

    @property
    def seconds(self) -> float:
        """How long they have trained, which is what would be lost."""
        return self.runs.seconds if self.runs is not None else 0.0

    @property
    def bytes(self) -> int:
        """What both hold."""
        return self.runs.bytes if self.runs is not None else 0

    def scene(self) -> RaceScene:
        """All that is to be shown, of a step that both have come to."""
        scene = RaceScene(self.state, self._shown, self.playing)
        if self._shown is None:
            return scene
        metric = scene.metric
        return replace(
            scene,
            axis=self._axes.axis(metric),
            axis_is_loose=self._axes.is_loose(metric, *self._shown.traces),
            steps_per_second=self.runs.steps_per_second if self.runs is not None else 0.0,
            curves=self._curves,
        )

    # how one looks at it

    def look(self, state: RaceState) -> None:
        """Another way to look at it."""
        self.state = state
        self._grow_axis()
        self.changed()

    def say(self, *notices: Notice) -> None:
        """Something about the last key, or nothing any more."""
        self.look(self.state.saying(*notices))

    def _move(self, by: int) -> None:
        self.look(self.state.moved(self.state.cursor + by))

    def _grow_axis(self) -> None:
        if self._shown is not None:
            self._axes = self._axes.grown(self.scene().metric, *self._shown.traces)

    def _refit(self) -> None:
        if self._shown is not None:
            self._axes = self._axes.refitted(self.scene().metric, *self._shown.traces)
            self.say()

    # training

    def start(self, plays: bool = True) -> None:
        """Make both networks, at step 0, and have them train at once."""

        def take(made: Trainers | Failed) -> None:
            if isinstance(made, Failed):
                self.say(made.notice("no_memory_to_train"))
                return
            self.runs = Lockstep(made, self._jobs, self._clock, lane=self)
            if plays:
                self._wishes.append(Lockstep.play)

        self._wishes.clear()
        self.runs = self._shown = None
        self._axes = AxisRanges()
        seconds = sum(map(expected_seconds, self.pair))
        job = Job(partial(trainers_of, self.pair), take, fits(seconds), wish="make")
        self._jobs.start(self, job)
        self.settle()
        if self.is_busy:
            self.changed()

    def restart(self) -> None:
        """Both at step 0 again, with the same weights as then; it goes on if it was under way."""
        self.state = self.state.saying()
        self.start(plays=self.playing)

    def play_or_pause(self) -> None:
        """Train on and on, or let both stand still at the same step."""
        if self.playing:
            self.pause()
        else:
            self.until = None
            self._allowance, self._limit = Allowance(), StepLimit()
            self._wish(Lockstep.play)

    def pause(self) -> None:
        """Let both stand still, each with its test set's numbers for that very step."""
        if self.runs is not None and self.playing:
            self.runs.hold()
            self._wish(Lockstep.evaluate)

    def _wish(self, wish: Wish) -> None:
        """Do something with both as soon as no job has them."""
        self.state = self.state.saying()
        if self.runs is not None:
            self._wishes.append(wish)
            self.settle()

    def tick(self, elapsed: float) -> None:
        """A frame's share of training for both, and its picture."""
        runs = self.runs
        if runs is None or not runs.playing or not self.is_seen or self.is_busy:
            return
        each = runs.step_seconds
        is_slow = not fits(each * MEASURED_COST, repeated=True)
        seconds = THREAD_SECONDS if is_slow else self._frame.seconds(self._is_due)
        allowed = self._limit.steps(elapsed, self.state.pace)
        steps = min(self._allowance.steps(seconds, each), allowed)
        if self.until is not None:
            steps = min(steps, self.until - runs.step)
        if steps > 0:
            runs.take(steps)
            self.settle()

    @property
    def _apart(self) -> float:
        return max(self._frame.apart, self._motion().seconds)

    @property
    def _is_due(self) -> bool:
        return self._pictures.is_due(self._apart)

    def settle(self) -> None:
        """Where no job has them: stop or do what has waited for that, and show where they are."""
        runs = self.runs
        while runs is not None and not self.is_busy:
            if self.until is not None and runs.playing and runs.step >= self.until:
                self.until = None
                runs.hold()
                self._wishes.append(Lockstep.evaluate)
            if not self._wishes:
                break
            said = self._wishes.popleft()(runs)
            self.state = self.state.saying(*said)
        if self.is_busy:
            return
        start = self._clock()
        if runs is not None:
            said = runs.hear()
            self.state = self.state.saying(*said) if said else self.state
            if not runs.is_even:
                # what is shown stays; only from step 0 can it go on
                self.runs = None
                self._wishes.clear()
            elif self._pictures.takes_turn(self._apart, anyway=not runs.playing):
                self._show(runs)
            else:
                return
        self.changed()
        self._frame.drew(self._clock() - start)

    def _show(self, runs: Lockstep) -> None:
        one, other = runs.traces
        shown = self._shown
        if shown is not None and shown.traces[0] is one and shown.traces[1] is other:
            return
        stands = shown is None or not runs.playing
        if self._curves_pace.takes_turn(CURVES_SECONDS, anyway=stands):
            self._curves = runs.curves
        comparison = shown.comparison if shown else compared(self.pair, runs.splits)
        self._shown = Shown(
            runs.step,
            (one, other),
            (verdict(one), verdict(other)),
            comparison,
            lead(self.pair, (one, other), comparison),
        )
        self._grow_axis()
