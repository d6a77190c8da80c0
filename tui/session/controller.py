"""What keys and passing time do to the session: everything that is no pure change of the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.config.command_line import on_screen
from tui.session.allowance import FrameShare
from tui.session.jobs import Failed
from tui.session.kept import give_back
from tui.session.session import Session
from tui.session.training_run import TrainingRun
from tui.session.trial_runs import TrialRuns
from tui.state.actions import BY_ID
from tui.state.animations import Phase
from tui.state.edits import Edit
from tui.state.notices import notice
from tui.state.presets import Preset, next_remedy

if TYPE_CHECKING:
    # whoever races waits for it
    from tui.session.race import Race

LONGEST_FRAME = 0.25
"""Seconds that the animation goes on in one frame, however late that comes."""

LONG_TRAINING_SECONDS = 10.0
"""A training run that took longer is not lost without a question."""


class Controller:
    """Does by action id what a key asks for, and frame by frame what goes on by itself."""

    def __init__(self, session: Session, key_of: Callable[[str], str]) -> None:
        self.session = session
        self.key_of, self.trials = key_of, TrialRuns(session, key_of)
        self.race: Race | None = None
        self._last_tick = 0.0
        self._frame = FrameShare()
        self._actions: dict[str, Callable[[], None]] = {
            "play": self.play,
            "step_forward": lambda: self.step(1),
            "step_back": lambda: self.step(-1),
            "refit": session.refit_axis,
            "pin": self.pin,
            "swap_pinned": self.swap_pinned,
            "train": self.train,
            "next_remedy": self.take_next_remedy,
            "apply_remedy": self.trials.repair,
            "toggle_seeds": self.trials.toggle_seeds,
        }

    def can(self, action: str) -> bool:
        """Whether an action needs no screen."""
        return action in self._actions or BY_ID[action].apply is not None

    @property
    def in_race(self) -> bool:
        """Whether a race is what is seen."""
        return self.race is not None and self.race.is_seen

    def races(self, action: str) -> bool:
        """Do what an action is for in a race that is seen; whether it is for anything there."""
        if self.race is None or not self.race.is_seen or action not in self.race.actions:
            return False
        self.race.actions[action]()
        return True

    def act(self, action: str) -> None:
        """Do what an action is for."""
        apply = BY_ID[action].apply
        if apply is None:
            self._actions[action]()
            return
        state = apply(self.session.state)
        if state.run != self.session.state.run:
            self.session.animation.finish()
        self.session.set_state(state)

    # time

    @property
    def is_training(self) -> bool:
        """Whether training moves the picture now; not behind a panel or another screen."""
        run, session = self.session.training.run, self.session
        seen = session.is_seen() and not session.has_panel
        return run is not None and run.playing and seen

    @property
    def is_active(self) -> bool:
        """Whether frames are wanted: something moves by itself, or is found out bit by bit."""
        if self.race is not None and self.race.is_seen:
            return self.race.playing
        moving = self.session.animation.moving
        return moving or self.is_training or self.trials.has_work

    def resume(self) -> None:
        """Time counts from now on."""
        self._last_tick = self.session.clock()

    def tick(self) -> None:
        """Let the time since the last tick pass."""
        now = self.session.clock()
        elapsed, self._last_tick = now - self._last_tick, now
        if self.race is not None and self.race.is_seen:
            self.race.tick(min(elapsed, LONGEST_FRAME))
            return
        if self.is_training:
            self._train_on()
        elif self.session.is_seen():
            self.session.advance(min(elapsed, LONGEST_FRAME))
        if not self.session.animation.moving or self.session.trials.wants_seeds:
            self.trials.work()
        if not self.is_active:
            # at rest nobody waits for the moment that it takes
            give_back()

    def _train_on(self) -> None:
        """A frame's share of training, and the picture of it."""
        run, session = self.session.training.run, self.session
        is_due = session.pictures.is_due(max(self._frame.apart, session.motion.seconds))
        if run is not None and run.work(self._frame.seconds(is_due)):
            start = session.clock()
            if session.show_training(self._frame.apart):
                self._frame.drew(session.clock() - start)

    # the wave

    def play(self) -> None:
        """Pause the training, or play or pause the wave."""
        session = self.session
        if self.pause_training():
            return
        if not session.motion.decorates:
            session.say(notice("less_motion"))
        elif session.trace is not None:
            session.animation.play()
            session.changed(True)

    def step(self, direction: int) -> None:
        """The training one step on or back, or the wave one layer."""
        session = self.session
        in_wave = session.animation.wave.phase is not Phase.DONE
        trains = session.training.run is not None or session.state.view == "training"
        if in_wave or not trains:
            session.animation.step(direction)
            session.changed(True)
            return

        def step(run: TrainingRun) -> None:
            session.say()
            (run.step if direction > 0 else run.back)()
            session.show_training()

        self._with_training(step)

    # comparing

    def pin(self) -> None:
        """Keep the run that is shown as marks behind the next ones, or let it go."""
        session, state = self.session, self.session.state
        if state.pinned is not None:
            session.set_state(replace(state, pinned=None, notices=(notice("unpinned"),)))
        elif session.trace is not None and not session.is_computing:
            pinned = replace(state, pinned=session.trace, notices=(notice("pinned"),))
            session.set_state(pinned)

    def swap_pinned(self) -> None:
        """The pinned run becomes the current one, and the other way round."""
        session, pinned, trace = self.session, self.session.state.pinned, self.session.trace
        if pinned is None:
            session.say(notice("nothing_pinned"))
        elif pinned.step or (trace is not None and trace.step):
            session.say(notice("trained_stays"))
        elif trace is not None and not session.is_computing:
            session.animation.finish()
            state = session.state.edited(Edit(pinned.ours))
            session.set_state(replace(state, pinned=trace))

    # presets

    def take_next_remedy(self) -> None:
        """From the dying net on, one remedy a key."""
        self.session.animation.finish()
        self._show_preset(next_remedy(self.session.state.experiment))

    def take_preset(self, preset: Preset) -> None:
        """Show a preset as it is seen best, on an axis of its own: it begins something new."""
        self._show_preset(preset)
        if not self.session.is_computing:
            self.session.refit_axis()

    def _show_preset(self, preset: Preset) -> None:
        edited = self.session.state.edited(Edit(preset.experiment)).shown_plainly()
        shown = on_screen(edited, preset.screen)
        self.session.close_panel(shown.saying(notice("preset", preset=preset.id)))

    # training

    def train(self) -> None:
        """Train, or pause."""
        self.session.animation.finish()
        if not self.pause_training():
            self.train_to(None)

    def train_to(self, step: int | None) -> None:
        """Train as far as that step and pause there, or on and on."""

        def play(run: TrainingRun) -> None:
            run.until = step
            run.play()
            self.session.say()
            self.session.show_training()

        self.session.animation.finish()
        self._with_training(play)

    def pause_training(self) -> bool:
        """Let the training stand still; whether it was running."""
        run = self.session.training.run
        if run is None or not run.playing:
            return False
        run.pause()
        self.session.show_training()
        return True

    def asks_before_quitting(self) -> bool:
        """Whether a long training run would be lost: it is asked once, any key takes it back."""
        session, question = self.session, notice("quit_asks", key=self.key_of("quit"))
        race = self.race
        longest = max([*session.training.seconds, race.seconds if race else 0.0])
        asks = race if race is not None and race.is_seen else session
        if longest <= LONG_TRAINING_SECONDS or question in asks.state.notices:
            return False
        (self.pause_training if race is None or asks is session else race.pause)()
        asks.say(question)
        return True

    def _with_training(self, then: Callable[[TrainingRun], None]) -> None:
        """Do something with the current training run; one is made if there is none yet."""
        session, wanted = self.session, self.session.state.run
        if session.training.run is not None:
            then(session.training.run)
            return

        def take(made: TrainingRun | Failed) -> None:
            if session.state.run != wanted:
                return
            if isinstance(made, Failed):
                session.say(made.notice())
                return
            session.training.use(made)
            then(made)

        session.training.make(wanted, take)
        session.changed(True)
