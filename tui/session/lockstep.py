"""Two training runs that take the same steps, in one lane of jobs: never at work at once."""

from collections.abc import Callable, Hashable

from engine import Trace, Trainer
from engine.network.cost import check_memory, required_bytes
from tui.session.jobs import Jobs
from tui.session.training_run import TrainingRun
from tui.state.notices import Notice, notice
from tui.state.race import Pair
from tui.state.scene import Curves

Trainers = tuple[Trainer, Trainer]


def trainers_of(pair: Pair) -> Trainers:
    """Both networks at step 0; raises SettingError where there is no memory for both to train."""
    one, other = pair
    check_memory(one, trains=True)
    check_memory(other, trains=True, beside=required_bytes(one, trains=True))
    return Trainer(one), Trainer(other)


class Lockstep:
    """What is done with both, when no job has them; one that diverged stays where it is."""

    def __init__(
        self, made: Trainers, jobs: Jobs, clock: Callable[[], float], lane: Hashable
    ) -> None:
        one, other = (TrainingRun(trainer, jobs, clock, lane) for trainer in made)
        self.runs = one, other
        self.splits = made[0].split, made[1].split

    @property
    def step(self) -> int:
        """The step that both are at, or the one of them that has not diverged before."""
        return max(run.run.step for run in self.runs)

    @property
    def alive(self) -> list[TrainingRun]:
        """Those that can go on."""
        return [run for run in self.runs if run.trace.divergence is None]

    @property
    def playing(self) -> list[TrainingRun]:
        """Those that train."""
        return [run for run in self.runs if run.playing]

    @property
    def is_even(self) -> bool:
        """Whether those that can go on are at one step: memory may have given out in one."""
        return len({run.run.step for run in self.alive}) <= 1

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """What both have come to."""
        return self.runs[0].trace, self.runs[1].trace

    @property
    def curves(self) -> tuple[Curves, Curves]:
        """What both have been through."""
        return self.runs[0].history.curves(), self.runs[1].history.curves()

    @property
    def bytes(self) -> int:
        """What both hold."""
        return sum(run.bytes for run in self.runs)

    @property
    def seconds(self) -> float:
        """How long they have trained."""
        return max(run.spent for run in self.runs)

    @property
    def steps_per_second(self) -> float:
        """Of the slower one; 0 where none trains."""
        return min((run.steps_per_second for run in self.playing), default=0.0)

    @property
    def step_seconds(self) -> float:
        """What a step of all that train takes."""
        return sum(run.step_seconds for run in self.playing)

    def play(self) -> tuple[Notice, ...]:
        """Train on; what there is to say where neither can."""
        for run in self.alive:
            run.play()
        return () if self.alive else (notice("back_to_step_0"),)

    def hold(self) -> None:
        """Take no more steps."""
        for run in self.runs:
            run.playing = False

    def evaluate(self) -> tuple[Notice, ...]:
        """The test set's numbers for where they stand."""
        for run in self.runs:
            run.pause()
        return ()

    def take(self, steps: int) -> None:
        """So many steps on, both."""
        each = self.step_seconds
        for run in self.playing:
            run.beside = each - run.step_seconds
            run.take(steps)

    def step_on(self) -> tuple[Notice, ...]:
        """One step on, paused."""
        for run in self.alive:
            run.step()
        return () if self.alive else (notice("back_to_step_0"),)

    def back(self) -> tuple[Notice, ...]:
        """One step back, paused, or why not."""
        self.hold()
        step = self.step
        at_step = [run for run in self.runs if run.run.step == step]
        if not step:
            return (notice("at_step_0"),)
        if any(run.checkpoints.before(step) is None for run in at_step):
            return (notice("no_way_back"),)
        for run in at_step:
            run.back()
        return ()

    def hear(self) -> tuple[Notice, ...]:
        """What the runs have to say; that one has diverged stands beside its name."""
        said = [n for run in self.runs for n in run.notices if n.code not in _SEEN]
        for run in self.runs:
            run.notices = ()
        return tuple(said)


_SEEN = {"diverged", "back_to_step_0"}
