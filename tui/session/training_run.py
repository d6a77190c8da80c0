"""A training run: it trains for as long as it is given, goes a step on and a step back.

Nothing runs by itself: `work` is called again and again with a budget of seconds. A network whose
step is longer than a frame trains a moment at a time in a thread.
"""

import time
from collections import deque
from collections.abc import Callable, Hashable
from functools import partial

from engine import Run, Trace, Trainer, Training
from engine.network.cost import expected_seconds, required_bytes
from tui.session.allowance import MEASURED_COST, Allowance
from tui.session.checkpoints import Checkpoints
from tui.session.history import History
from tui.session.jobs import Failed, Job, Jobs, fits
from tui.state.notices import Notice, notice

THREAD_SECONDS = 0.1
"""How long a thread has the network before it shows what it has done."""

CHECKPOINT_SECONDS = 0.25
"""How much training going one step back may have to do again."""

PACE_SECONDS = 1.0
"""The time over which steps per second are counted."""


class TrainingRun:
    """One trainer and what has become of it.

    `trace` and `run` are frozen values for the screen; `trainer` belongs to a job while the run
    is busy. `until` is a step to stop at, `seconds` the training time up to it, and `notices` what
    there is to say about the last thing that happened. `lane` is that of its jobs, its own unless
    it shares one, and `beside` the seconds of a step that others take at the same time.
    """

    def __init__(
        self,
        trainer: Trainer,
        jobs: Jobs,
        clock: Callable[[], float] = time.perf_counter,
        lane: Hashable = None,
    ) -> None:
        self.trainer = trainer
        self.trace: Trace = trainer.trace
        self.run: Run = trainer.run
        self.history = History(self.trace)
        self.playing = False
        self.until: int | None = None
        self.seconds = 0.0
        self.notices: tuple[Notice, ...] = ()
        self.jobs, self.clock = jobs, clock
        self.lane, self.beside = lane or self, 0.0
        self.checkpoints = Checkpoints()
        self.step_seconds = expected_seconds(trainer.experiment)
        self._allowance = Allowance()
        self._kept_at = -1e9
        self._since = 0.0
        self._pace: deque[tuple[float, int]] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether a job has the network."""
        return self.jobs.is_busy(self.lane)

    @property
    def bytes(self) -> int:
        """What the network, the states to go back to and the history hold."""
        network = required_bytes(self.run.current, trains=True)
        return network + self.checkpoints.bytes + self.history.bytes

    @property
    def spent(self) -> float:
        """Seconds of training so far, those of a step that is not done yet included."""
        is_at_work = self.playing and self.is_busy
        return self.seconds + (self.clock() - self._since if is_at_work else 0.0)

    @property
    def is_slow(self) -> bool:
        """Whether a step would hold up the keys."""
        return not fits((self.step_seconds + self.beside) * MEASURED_COST, repeated=True)

    @property
    def steps_per_second(self) -> float:
        """Steps in the last second that it trained; 0 before there is a number."""
        if len(self._pace) < 2:
            return 0.0
        (start, first), (end, last) = self._pace[0], self._pace[-1]
        return (last - first) / (end - start) if end > start else 0.0

    def play(self) -> None:
        """Train on, unless there is nothing to train any more."""
        if self.trace.divergence is not None:
            self._refuse()
            return
        self._pace.clear()
        self._allowance = Allowance()
        self._since = self.clock()
        self.playing, self.notices = True, ()

    def pause(self) -> None:
        """Stand still, with the test set's numbers for where it stands."""
        self._stand_still()
        if self.run.step and self.trace.divergence is None:
            self._start(self.trainer.evaluate)

    def step(self) -> None:
        """One step on, paused."""
        self._stand_still()
        self._start(self._step)

    def back(self) -> None:
        """One step back, paused: from the last kept state before it, some steps are done again."""
        self._stand_still()
        self._start(self._go_back, even_diverged=True)

    def change(self, training: Training) -> None:
        """Train with other settings from here on."""
        self._start(partial(self._change, training))

    def work(self, budget: float) -> bool:
        """Train for about so many seconds; whether there is anything new to show."""
        if not self.playing or self.is_busy:
            return False
        seconds = THREAD_SECONDS if self.is_slow else budget
        self.take(self._allowance.steps(seconds, self.step_seconds))
        return not self.is_busy

    def take(self, steps: int) -> None:
        """So many steps on, or to where it is to stop."""
        if self.until is not None:
            steps = min(steps, self.until - self.run.step)
        self._start(partial(self._advance, steps))

    def _stand_still(self) -> None:
        self.playing, self.until = False, None

    # on the loop

    def _start(self, work: Callable[[], Trace | Notice], even_diverged: bool = False) -> None:
        """Do something that changes the run, when the network is free; nothing once diverged."""

        def guarded() -> Trace | Notice | None:
            return None if self.trainer.diverged and not even_diverged else work()

        self.jobs.start(self.lane, Job(guarded, self._take, on_loop=not self.is_slow))

    def _refuse(self) -> None:
        end = self.trace.divergence
        assert end is not None
        self.notices = (*_divergence(self.trace), notice("back_to_step_0"))

    def _take(self, result: Trace | Notice | Failed | None) -> None:
        """The frozen values for the screen, and whether to go on."""
        if result is None:
            self._refuse()
        elif isinstance(result, Notice):
            self.notices = (result,)
        elif isinstance(result, Failed):
            self.playing = False
            self.notices = (result.notice("no_memory_to_train"),)
        else:
            self._take_trace(result)

    def _take_trace(self, trace: Trace) -> None:
        self.trace, self.run = trace, self.trainer.run
        self.history.add(trace)
        now = self.clock()
        self._pace.append((now, self.run.step))
        if self.playing:
            self.seconds, self._since = self.seconds + now - self._since, now
        while self._pace[-1][0] - self._pace[0][0] > PACE_SECONDS:
            self._pace.popleft()
        if trace.divergence is not None:
            self.playing, self.notices = False, _divergence(trace)
        elif self.until is not None and self.run.step >= self.until:
            self.pause()

    # with the trainer, in a thread perhaps

    def _step(self) -> Trace:
        self._keep()
        self._advance(1)
        return self.trainer.evaluate()

    def _advance(self, steps: int) -> Trace:
        if self.clock() - self._kept_at >= CHECKPOINT_SECONDS:
            self._keep()
        start = self.clock()
        before = self.trainer.step_number
        self.trainer.advance(steps)
        end = self.clock()
        taken = max(self.trainer.step_number - before, 1)
        each = (end - start) / (taken - 1 + MEASURED_COST)
        # half the old guess stays: the first step also allocates, and a machine stumbles
        self.step_seconds = max((self.step_seconds + each) / 2, 1e-7)
        return self.trainer.trace

    def _keep(self) -> None:
        self._kept_at = self.clock()
        # parameters and gradient at least: what cannot be kept is not copied either
        if self.checkpoints.has_room_for(2 * self.trainer.state.parameters.flat.nbytes):
            self.checkpoints.keep(self.trainer.snapshot())

    def _change(self, training: Training) -> Trace:
        trace = self.trainer.change(training)
        # so that no change lies between a kept state and where one goes back to
        self._keep()
        return trace

    def _go_back(self) -> Trace | Notice:
        last = self.trainer.step_number
        kept = self.checkpoints.before(last)
        if kept is None:
            return notice("no_way_back" if last else "at_step_0")
        self.trainer.restore(kept)
        self.checkpoints.drop_from(last)
        self.trainer.advance(last - 1 - kept.run.step)
        return self.trainer.evaluate()


def _divergence(trace: Trace) -> tuple[Notice, ...]:
    """Where training ended; nothing at step 0, where the verdict says it."""
    end = trace.divergence
    if end is None or not end.step:
        return ()
    return (notice("diverged", step=end.step, layer=end.layer, shown=trace.step),)
