"""The part of the app that trains: keys ask a Live for it, and what it brings is shown."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace

from engine import Experiment, Run, SettingError, Trace, Trainer
from tui.app_personal import Personal
from tui.session.background import GONE
from tui.session.parked_runs import Shelf
from tui.session.training_pictures import Glimpses
from tui.session.training_run import Live
from tui.state.notices import Notice, error_notice, notice
from tui.state.state import State
from tui.state.wave import Phase

FRAME_SECONDS = 0.03
"""For a frame's training and its picture, so that thirty fit in a second."""

LEAST_SECONDS, MOST_SECONDS = 0.004, 0.02
"""Of a frame for training, however long its picture takes."""

DRAWING = 1.5
"""What a picture costs altogether, in the time it takes to make."""

WORDS_SECONDS = 0.1
"""Numbers that change oftener cannot be read."""

QUIET_SECONDS = 0.5
"""Between two pictures of a training with reduced motion."""

DEAR_SECONDS = 10.0
"""A training run that took longer is not lost without a question."""


class Training(Personal):
    """What these actions need of the app, and the actions."""

    _clock: Callable[[], float]

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._live: Live | None = None
        self._shelf = Shelf()
        self._making = False
        self._shown = self._worded = -1e9
        self._draw_seconds = 0.0

    @property
    def reduced_motion(self) -> bool:
        """Whether end states are drawn at once."""
        raise NotImplementedError

    def _settle(self) -> None:
        raise NotImplementedError

    def _is_quick(self, experiment: Experiment) -> bool:
        raise NotImplementedError

    # which run

    @property
    def trains(self) -> bool:
        """Whether training moves the picture now; not behind a panel or another screen."""
        live = self._live
        seen = self.screen is self.main and self.main.panel is None
        return live is not None and live.playing and seen and not self.main.too_small

    def trained_trace(self, experiment: Experiment) -> Trace | None:
        """The Trace of the run at hand, if that is what is asked for."""
        is_it = self._live is not None and experiment == self.state.experiment
        return self._live.trace if self._live is not None and is_it else None

    def follow(self, state: State) -> State:
        """Let the run at hand become the state's; the state that comes of it.

        Only another run needs anything: new training settings for this network, trained weights
        from the shelf, or a start at step 0.
        """
        live, run = self._live, state.run
        if live is None or run == live.run:
            return self._fetched(state) if run.step else state
        if _goes_on(live.run, run):
            live.change(run.current.training)
            if live.notice:
                says, live.notice = live.notice, ""
                return self.state.saying(notice("said", text=says))
            return state if live.busy else replace(state, run=live.run)
        self._live = self.main.training = None
        if live.run.step:
            self._shelf.put(live)
        return self._fetched(state) if run.step else state

    def _fetched(self, state: State) -> State:
        if self._live is not None:
            return state
        live = self._shelf.take(state.run)
        if live is None:
            return replace(state, run=Run(state.experiment)).saying(notice("weights_gone"))
        self._use(live)
        return replace(state, run=live.run)

    def _use(self, live: Live) -> None:
        self._live = live
        self.main.training = Glimpses(live)

    def _with_live(self, then: Callable[[Live], None]) -> None:
        """Do something with the run at hand; a trainer is made if there is none yet."""
        if self._live is not None:
            then(self._live)
            return
        run, made = self.state.run, list[Trainer | Notice]()
        assert run.step == 0

        def make() -> None:
            try:
                made.append(Trainer(run.experiment))
            except SettingError as error:
                made.append(error_notice(error))
            except MemoryError:
                made.append(notice("no_memory"))

        def done() -> None:
            self._making = False
            if self.state.run != run:
                return
            self.main.computing = False
            if isinstance(made[0], Notice):
                self._say(made[0])
                return
            self._use(Live(made[0], self._clock, self._spawn, self._trained))
            self._with_live(then)

        if self._is_quick(run.experiment):
            make()
            done()
        elif not self._making:
            self.main.computing = self._making = True
            self.main.show_state(self.state)
            self._spawn(make, done)

    def _spawn(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        def run() -> None:
            work()
            # the app may be gone by now
            with contextlib.suppress(*GONE):
                self.call_from_thread(done)

        # not a Textual worker: those are waited for at exit, and a step cannot be interrupted
        threading.Thread(target=run, daemon=True).start()

    # time

    def train_on(self) -> None:
        """A frame's share of training, and the picture of it."""
        live, left = self._live, FRAME_SECONDS - DRAWING * self._draw_seconds
        if live is not None and live.work(min(max(left, LEAST_SECONDS), MOST_SECONDS)):
            start = self._clock()
            self._trained()
            self._draw_seconds = (self._draw_seconds + self._clock() - start) / 2

    def _trained(self) -> None:
        """Show what the run at hand has come to."""
        live = self._live
        if live is None:
            return
        now = self._clock()
        if self.reduced_motion and live.playing and now - self._shown < QUIET_SECONDS:
            return
        self._shown = now
        if live.notice:
            self.state = self.state.saying(notice("said", text=live.notice))
        live.notice = ""
        self.state = replace(self.state, run=live.run)
        if self.main.panel is not None:
            return
        words = not live.playing or now - self._worded >= WORDS_SECONDS
        if words:
            self._worded = now
        if self.main.trace is not live.trace:
            self.main.show_trace(live.trace, sweep=False)
        self.main.show_state(self.state, words)
        self._settle()

    # actions

    def action_train(self) -> None:
        """Train, or pause."""
        self.main.finish_motion()
        if self._live is not None and self._live.playing:
            self.pause_training()
            return

        def play(live: Live) -> None:
            live.play()
            self._say()
            self._trained()

        self._with_live(play)

    def train_to(self, step: int) -> None:
        """Train as far as that step, and pause there."""

        def play(live: Live) -> None:
            live.until = step
            live.play()
            self._trained()

        self.main.finish_motion()
        self._with_live(play)

    def pause_training(self) -> bool:
        """Let the training stand still; whether it was running."""
        live = self._live
        if live is None or not live.playing:
            return False
        live.pause()
        self._trained()
        return True

    def step_training(self, direction: int) -> bool:
        """A step on or back, unless it is the wave that is to be stepped."""
        in_wave = self.main.wave.phase is not Phase.DONE
        if in_wave or (self._live is None and self.state.view != "training"):
            return False

        def step(live: Live) -> None:
            self._say()
            (live.step if direction > 0 else live.back)()
            self._trained()

        self._with_live(step)
        return True

    async def action_quit(self) -> None:
        """Leave; a long training run only when asked twice."""
        live = self._live
        dear = live is not None and live.seconds > DEAR_SECONDS
        if dear and notice("quit_asks") not in self.state.notices:
            self.pause_training()
            self._say(notice("quit_asks"))
        else:
            self.exit()


def _goes_on(now: Run, run: Run) -> bool:
    """Whether a run is the present one with other training settings from here on."""
    changed = bool(run.changes) and run.changes[-1].step == run.step
    return changed and (run.experiment, run.step) == (now.experiment, now.step)
