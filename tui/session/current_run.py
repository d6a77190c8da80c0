"""Which training run is current, and those that undo can bring back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine import Run, Trace, Trainer
from tui.session.jobs import Failed, Job, Jobs
from tui.session.parked_runs import ParkedRuns
from tui.session.trace_cache import is_short
from tui.session.training_pictures import TrainingPictures
from tui.session.training_run import TrainingRun
from tui.state.notices import notice
from tui.state.state import State

LANE = "trainer"

PROMISES = {"restarted", "rewound"}
"""Notices that a trained run can be brought back."""

LOSSES = {"not_kept", "let_go"}
"""Notices that a trained run cannot."""


class CurrentRun:
    """The training run of the network that is set, if it was ever trained; else None."""

    def __init__(self, jobs: Jobs, clock: Callable[[], float]) -> None:
        self._jobs, self._clock = jobs, clock
        self.parked = ParkedRuns()
        self.run: TrainingRun | None = None
        self._making: tuple[Run, list[Callable[[TrainingRun | Failed], None]]] | None = None
        self._failed: Run | None = None
        self.pictures: TrainingPictures | None = None

    def follow(self, now: State, wanted: State) -> State:
        """Let the run become that of another state; the state that comes of it.

        Only another run needs anything: new training settings for this network, trained weights
        that were kept, or a start at step 0.
        """
        current, run = self.run, wanted.run
        if current is None:
            return self._unparked(wanted) if run.step else wanted
        if run == current.run and not current.is_busy:
            return wanted
        if _goes_on(current.run, run):
            current.change(run.current.training)
            if current.notices:
                refused, current.notices = current.notices, ()
                return replace(now, notices=refused)
            return wanted if current.is_busy else replace(wanted, run=current.run)
        self.use(None)
        if current.run.step:
            wanted = self._parked(current, wanted)
        return self._unparked(wanted) if run.step else wanted

    def make(self, run: Run, done: Callable[[TrainingRun | Failed], None]) -> None:
        """A training run from step 0 of an experiment; `done` is given it once it is there."""
        if self._making is not None and self._making[0] == run:
            self._making[1].append(done)
            return
        waiting = [done]
        self._making = making = run, waiting

        def take(made: Trainer | Failed) -> None:
            if self._making is making:
                self._making = None
            result = (
                made if isinstance(made, Failed) else TrainingRun(made, self._jobs, self._clock)
            )
            for give in waiting:
                give(result)

        work, on_loop = partial(Trainer, run.experiment), is_short(run.experiment)
        self._jobs.start(LANE, Job(work, take, on_loop, wish=LANE))

    def prepare(self, run: Run, trace: Trace, is_wanted: Callable[[], bool]) -> None:
        """Have the run of a Trace at step 0 made, for its pictures before it trains."""
        is_start = trace.step == 0 and trace.experiment == run.experiment
        if self.run is not None or not is_start or self.is_being_made or run == self._failed:
            return

        def done(made: TrainingRun | Failed) -> None:
            if isinstance(made, Failed):
                # not tried again at every frame; whoever trains it is told
                self._failed = run
            elif is_wanted():
                # the same numbers: what is on the screen stays the run's newest Trace
                made.trace = trace
                self.use(made)

        self.make(run, done)

    @property
    def seconds(self) -> list[float]:
        """How long the current run and those that undo brings back have trained."""
        runs = [*self.parked, *([self.run] if self.run is not None else [])]
        return [run.spent for run in runs]

    @property
    def is_being_made(self) -> bool:
        """Whether a training run is being made."""
        return self._jobs.is_busy(LANE)

    def _parked(self, current: TrainingRun, state: State) -> State:
        """A run is kept; what memory is not for is let go, and what promised it back is unsaid."""
        before = len(self.parked)
        self.parked.put(current)
        others = [said for said in state.notices if said.code not in PROMISES]
        if current not in self.parked:
            return state.saying(notice("not_kept"), *others)
        if len(self.parked) > before:
            return state
        # both promise and loss, in one line of the least screen
        promised = len(others) < len(state.notices)
        return state.saying(notice("let_go_for_it" if promised else "let_go"), *others)

    def _unparked(self, state: State) -> State:
        parked = self.parked.take(state.run)
        if parked is None:
            return replace(state, run=Run(state.experiment), notices=(notice("weights_gone"),))
        self.use(parked)
        return replace(state, run=parked.run)

    def use(self, run: TrainingRun | None) -> None:
        """This one is current from here on."""
        self.run, self.pictures = run, None if run is None else TrainingPictures(run)


def _goes_on(now: Run, run: Run) -> bool:
    """Whether a run is the present one, perhaps with other training settings from here on."""
    return _trained(run) == _trained(now)


def _trained(run: Run) -> Run:
    """What a run has been through: without what was changed for the steps to come."""
    return replace(run, changes=tuple(c for c in run.changes if c.step < run.step))
