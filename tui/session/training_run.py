"""A training run at hand: it trains for as long as it is given, goes a step on and a step back.

Nothing runs by itself. `work` is called again and again with a budget of seconds; a network whose
step does not fit in one trains a step at a time where `spawn` takes it, a thread in the app.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import partial

from engine import Run, SettingError, Trace, Trainer, Training
from engine.network.cost import expected_seconds
from tui.session.checkpoints import Checkpoints
from tui.session.history import History
from tui.words.errors import error_text
from tui.words.notices import notice_text
from tui.words.verdict import divergence_text

MEASURED_COST = 1.8
"""What a measured step costs, in unmeasured ones."""

ON_LOOP_SECONDS = 0.03
"""A network whose measured step takes longer does not train on the event loop."""

THREAD_SECONDS = 0.1
"""How long a thread has the network before it shows what it has done."""

EVALUATION_SHARE = 0.05
"""The share of the time that goes into looking at the test set."""

CHECKPOINT_SECONDS = 0.25
"""How much training going one step back may have to do again."""

PACE_SECONDS = 1.0
"""The time over which steps per second are counted."""

Spawn = Callable[[Callable[[], None], Callable[[], None]], None]
"""Does the first function, in a thread perhaps, and then the second, on the loop."""


def at_once(work: Callable[[], None], done: Callable[[], None]) -> None:
    """Both here and now."""
    work()
    done()


class Live:
    """One trainer and what has become of it.

    `trace` and `run` are frozen values for the screen; `trainer` belongs to a thread while `busy`.
    `until` is a step to stop at, `seconds` the training time so far, and `notice` what there is to
    say about the last thing that happened. `changed` is called when a thread has brought
    something new.
    """

    def __init__(
        self,
        trainer: Trainer,
        clock: Callable[[], float] = time.perf_counter,
        spawn: Spawn = at_once,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self.trainer = trainer
        self.trace: Trace = trainer.trace
        self.run: Run = trainer.run
        self.history = History(self.trace)
        self.playing = self.busy = False
        self.until: int | None = None
        self.seconds = 0.0
        self.notice = ""
        self.clock, self._spawn, self._changed = clock, spawn, changed
        self._checkpoints = Checkpoints()
        self._step_seconds = expected_seconds(trainer.experiment)
        self._at_once = 1
        self._evaluates_at = self._kept = -1e9
        self._since = 0.0
        self._pace: deque[tuple[float, int]] = deque()
        self._waiting: list[Callable[[], None]] = []

    @property
    def step_seconds(self) -> float:
        """What an unmeasured step takes, as far as is known."""
        return self._step_seconds

    @property
    def is_slow(self) -> bool:
        """Whether a step would hold up the keys."""
        return self._step_seconds * MEASURED_COST > ON_LOOP_SECONDS

    @property
    def steps_per_second(self) -> float:
        """Steps in the last second that it trained; 0 before there is a number."""
        if len(self._pace) < 2:
            return 0.0
        (start, first), (end, last) = self._pace[0], self._pace[-1]
        return (last - first) / (end - start) if end > start else 0.0

    # what keys ask for

    def play(self) -> None:
        """Train on, unless there is nothing to train any more."""
        if not self._refuses():
            self._pace.clear()
            self._at_once = 1
            self._since = self.clock()
            self.playing, self.notice = True, ""

    def _refuses(self) -> bool:
        """Whether training is over, with a word about it."""
        over = self.trace.divergence is not None
        if over:
            self.notice = f"{divergence_text(self.trace)}; {notice_text('back_to_step_0')}"
        return over

    def pause(self) -> None:
        """Stand still, with the test set's numbers for where it stands."""
        self.playing, self.until = False, None
        if self.run.step and self.trace.divergence is None:
            self.when_free(lambda: self._start(self.trainer.evaluate))

    def step(self) -> None:
        """One step on, paused."""
        self.playing, self.until = False, None
        self.when_free(lambda: None if self._refuses() else self._start(self._step))

    def back(self) -> None:
        """One step back, paused: from the last kept state before it, some steps are done again."""
        self.playing, self.until = False, None
        self.when_free(self._go_back)

    def change(self, training: Training) -> None:
        """Train with other settings from here on."""
        work = partial(self._change, training)
        self.when_free(lambda: None if self._refuses() else self._start(work))

    def when_free(self, action: Callable[[], None]) -> None:
        """Do something with the trainer once no thread has it."""
        if self.busy:
            self._waiting.append(action)
        else:
            action()

    # time

    def work(self, budget: float) -> bool:
        """Train for about so many seconds; whether there is anything new to show."""
        if not self.playing or self.busy:
            return False
        steps = self._steps_within(THREAD_SECONDS if self.is_slow else budget)
        if self.until is not None:
            steps = min(steps, self.until - self.run.step)
        self._start(lambda: self._advance(steps))
        return not self.busy

    def _steps_within(self, seconds: float) -> int:
        # no more than twice as many as last time: one guess that is far off must not hang
        fitting = int(seconds / self._step_seconds - MEASURED_COST + 1)
        self._at_once = max(min(fitting, 2 * self._at_once), 1)
        return self._at_once

    def borrow(self, work: Callable[[], None], slow: bool) -> None:
        """Let a function use the trainer, in a thread if it is slow; `changed` is called then."""
        self.busy = True
        (self._spawn if slow else at_once)(work, lambda: self._free(tells=slow))

    def _start(self, work: Callable[[], Trace]) -> None:
        """Do something that changes the run, and take down what came of it."""
        result: list[Trace | str] = []

        def guarded() -> None:
            try:
                result.append(work())
            except SettingError as error:
                result.append(error_text(error))
            except MemoryError:
                result.append(notice_text("no_memory_to_train"))

        slow = self.is_slow
        self.busy = True

        def done() -> None:
            self._take(result[0])
            self._free(tells=slow)

        (self._spawn if slow else at_once)(guarded, done)

    def _free(self, tells: bool) -> None:
        self.busy = False
        while self._waiting and not self.busy:
            self._waiting.pop(0)()
        if tells:
            self._changed()

    def _take(self, result: Trace | str) -> None:
        """On the loop: the frozen values for the screen, and whether to go on."""
        if isinstance(result, str):
            self.playing, self.notice = False, result
            return
        self.trace, self.run = result, self.trainer.run
        self.history.add(result)
        now = self.clock()
        self._pace.append((now, self.run.step))
        if self.playing:
            self.seconds, self._since = self.seconds + now - self._since, now
        while self._pace[-1][0] - self._pace[0][0] > PACE_SECONDS:
            self._pace.popleft()
        if result.divergence is not None:
            self.playing, self.notice = False, divergence_text(result)
        elif self.until is not None and self.run.step >= self.until:
            self.pause()

    # with the trainer, in a thread perhaps

    def _step(self) -> Trace:
        self._keep()
        self._advance(1)
        return self.trainer.evaluate()

    def _advance(self, steps: int) -> Trace:
        if self.clock() - self._kept >= CHECKPOINT_SECONDS:
            self._keep()
        start = self.clock()
        before = self.trainer.step_number
        self.trainer.advance(steps)
        end = self.clock()
        taken = max(self.trainer.step_number - before, 1)
        each = (end - start) / (taken - 1 + MEASURED_COST)
        # half the old guess stays: the first step also allocates, and a machine stumbles
        self._step_seconds = max((self._step_seconds + each) / 2, 1e-7)
        if end >= self._evaluates_at:
            self.trainer.evaluate()
            now = self.clock()
            self._evaluates_at = now + (now - end) / EVALUATION_SHARE
        return self.trainer.trace

    def _keep(self) -> None:
        self._kept = self.clock()
        # parameters and gradient at least: what cannot be kept is not copied either
        if self._checkpoints.has_room_for(2 * self.trainer.state.parameters.flat.nbytes):
            self._checkpoints.keep(self.trainer.snapshot())

    def _change(self, training: Training) -> Trace:
        trace = self.trainer.change(training)
        # so that no change lies between a kept state and where one goes back to
        self._keep()
        return trace

    def _go_back(self) -> None:
        last = self.run.step
        kept = self._checkpoints.before(last)
        if kept is None:
            self.notice = notice_text("no_way_back" if last else "at_step_0")
            return

        def again() -> Trace:
            self.trainer.restore(kept)
            self._checkpoints.drop_from(last)
            self.trainer.advance(last - 1 - kept.run.step)
            return self.trainer.evaluate()

        self._start(again)
