"""The app: keys and wishes of views go in to the session, scenes come out to the screen."""

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from engine import Experiment
from engine.experiment.domains import Value
from tui.config.command_line import opened
from tui.config.keymap import textual_keymap
from tui.config.settings_file import LOCAL_FPS
from tui.screens.bindings import bindings, counts
from tui.screens.display_options import DisplayOptions
from tui.screens.main import MainScreen
from tui.screens.modal import Modal
from tui.screens.openers import Openers
from tui.screens.palette_commands import palette_commands
from tui.screens.pointing import PointingApp
from tui.screens.themes import own_themes, palette_of, worn
from tui.screens.touring import Touring
from tui.session.controller import Controller
from tui.session.jobs import threads
from tui.session.session import Session
from tui.state.actions import ACTIONS, BY_ID, Action
from tui.state.keys import key_label
from tui.state.notices import notice
from tui.state.state import State
from tui.style.glyphs import BRAILLE, Glyphs
from tui.style.looks import LOOKS, Look
from tui.style.themes import THEMES
from tui.terminal.choice import sturdy
from tui.terminal.faults import watch_loop
from tui.terminal.frame_timer import FrameTimer
from tui.terminal.signals import exit_on_signals

RECENT = 20
"""So many actions are remembered, for a report of what went wrong."""


class ChainruleApp(PointingApp):
    """The whole app; `clock` gives seconds, and without `ticking` only `tick` moves things.

    `screen` holds fields of the state by name, `actions` the table with the user's keys and
    `problems` what was wrong with the settings file. `steps` are trained first, and `begins` opens
    what is to be open at first.
    """

    TITLE = "chainrule"
    ENABLE_COMMAND_PALETTE = False  # there is one of our own
    BINDINGS: ClassVar[list[BindingType]] = list(bindings())

    def __init__(
        self,
        experiment: Experiment,
        glyphs: Glyphs = BRAILLE,
        motion: str = "full",
        fps: float = LOCAL_FPS,
        clock: Callable[[], float] = time.monotonic,
        ticking: bool = True,
        screen: Mapping[str, Value] | None = None,
        theme: str = next(iter(THEMES)),
        actions: tuple[Action, ...] = ACTIONS,
        problems: Sequence[str] = (),
        steps: int = 0,
        begins: Callable[[Touring], None] | None = None,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        self.coloured, self._looks = "NO_COLOR" not in os.environ, looks
        # without colour the terminal's own two must show through: decided before Textual starts
        super().__init__(fps, ansi_color=None if self.coloured else True)
        state = opened(experiment, screen or {})
        if problems:
            more = len(problems) - 1
            state = state.saying(notice("settings_file", problem=problems[0], more=more))
        self.actions = actions
        self.main = MainScreen(glyphs, palette_of(theme, looks, self.coloured), actions)
        self.session = Session(
            state,
            clock,
            threads(self._deliver),
            self._show,
            heights=lambda: self.main.heights,
            is_seen=lambda: self.screen is self.main and not self.main.too_small,
        )
        self.controller = Controller(self.session, self.key_of)
        self.touring = Touring(self.controller, self.main, self.key_of)
        self.openers = Openers(
            self,
            self.main,
            self.controller,
            self.touring,
            self.key_of,
            self.choose_theme,
            self.redraw,
            actions,
        )
        self.options = DisplayOptions(self, self.main, self.session, motion, self.redraw)
        self._steps, self._begins = steps, begins
        self.recent: deque[str] = deque(maxlen=RECENT)
        self._frames = FrameTimer(
            self,
            self.tick,
            self.controller.resume,
            lambda: ticking and (self.controller.is_active or self.touring.is_waiting),
            self.openers.link.tell,
        )
        for own in own_themes(looks).values():
            self.register_theme(own)
        self.choose_theme(theme)
        if actions != ACTIONS:
            self.set_keymap(textual_keymap(actions))

    # what Textual asks for

    def get_driver_class(self) -> type[Driver]:
        """One that stands any input and any signal."""
        return sturdy(super().get_driver_class())

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return self.main

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and the app's own."""
        return [*super().get_line_filters(), *self.options.filters]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers."""
        return palette_commands(
            self.actions,
            self.perform,
            self._alone,
            self.controller,
            self.choose_theme,
            self.touring,
            self.options,
        )

    def on_load(self) -> None:
        """Before the terminal is touched: from here on a signal puts it back."""
        watch_loop(self)
        exit_on_signals(partial(self.exit, None))

    def on_mount(self) -> None:
        """Measure, and play the first wave."""
        self.app_suspend_signal.subscribe(self, lambda app: self._frames.rest())
        self.app_resume_signal.subscribe(self, lambda app: self._resume())
        self.options.start()
        self.session.start()
        if self._steps:
            self.controller.train_to(self._steps)
        if self._begins is not None:
            self._begins(self.touring)

    def tick(self) -> None:
        """Let the time since the last tick pass; keys that wait go first."""
        if getattr(self._driver, "is_behind", False):
            return
        # these two are Textual's to draw
        is_ours = not (self.state.table or self.main.presenting)
        with self.at_once() if is_ours else contextlib.nullcontext():
            self.controller.tick()
            self.touring.tick()
        self._frames.settle()

    # scenes

    @property
    def state(self) -> State:
        """What is current."""
        return self.session.state

    def _show(self, words: bool = True) -> None:
        """Bring the screen up to date; `words` false leaves all but the view alone."""
        main, session = self.main, self.session
        is_plain = main.panel is None and self.screen is main
        if not main.is_mounted or (is_plain and self.is_put_off(self._show)):
            return
        self.touring.set_out()
        told = session.animation.followed(session.state, words)
        scene = session.scene(main.wants(told, session.trace, words))
        self.touring.notice(scene)
        main.show(scene, words, self.touring.told)
        if isinstance(self.screen, Modal):
            self.screen.show(scene)
        self._frames.settle()

    def _deliver(self, call: Callable[[], None]) -> None:
        """Run a function on the loop from another thread, if the app is still there."""
        # its loop is closed
        with contextlib.suppress(RuntimeError):
            self.call_later(call)

    def on_main_screen_resized(self) -> None:
        """Where there is no room for a panel it closes, as if somebody had closed it."""
        if self.main.too_small:
            self.openers.close_panel()
        self.session.animation.transition = None
        self._show()

    def _resume(self) -> None:
        """Back from the shell, which has written over the screen."""
        self.forget_picture()
        self.screen.refresh(layout=True)
        self._frames.settle()

    def watch_app_focus(self) -> None:
        """Stand still while nobody looks, and go on after that."""
        # told when the value is the new one: events of focus come here before that
        # what opened meanwhile has got no keys yet (textual 8.2)
        self.screen._update_auto_focus()
        self._frames.settle()

    # actions

    def key_of(self, action: str) -> str:
        """The label of an action's key, remapped or not."""
        return next(key_label(entry.keys[0]) for entry in self.actions if entry.id == action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which actions count now: under another screen or a panel few do."""
        name = str(parameters[0]) if action == "apply" and parameters else action
        if name == "answer":
            return self.touring.takes(str(parameters[0]))
        main = self.main
        return name not in BY_ID or counts(
            name, self.screen is not main, main.too_small, main.panel is not None
        )

    async def action_apply(self, name: str) -> None:
        """Do what an action is for: a change of the state, a wish, a panel, or Textual's own."""
        self.recent.append(name)
        if self.touring.holds(name):
            return
        if self.controller.can(name):
            self.controller.act(name)
            self.touring.acted(name)
        elif name in self.openers.actions:
            self.openers.actions[name]()
        else:
            await self.run_action(name)

    def action_answer(self, key: str) -> None:
        """Answer the tour's question."""
        self.touring.answer(key)

    async def perform(self, name: str) -> None:
        """The action as if its key were pressed."""
        if self.check_action(name, ()):
            await self.action_apply(name)
        elif self.main.panel is not None:
            self.session.say(notice("close_panel_first"))

    def _alone(self, change: Callable[[], None]) -> None:
        """Change something, unless a panel is open."""
        if self.main.panel is None:
            change()
        else:
            self.session.say(notice("close_panel_first"))

    async def action_quit(self) -> None:
        """Leave; a long training run only when asked twice, where the question is seen."""
        if self.controller.asks_before_quitting():
            while self.screen is not self.main:
                self.pop_screen()
        else:
            self.exit()

    def action_quit_now(self) -> None:
        """Leave."""
        self.exit()

    def action_suspend(self) -> None:
        """To the shell."""
        self._frames.rest()
        self.action_suspend_process()

    def choose_theme(self, name: str) -> None:
        """Take a theme, or the one that stands for it."""
        self.theme = worn(name, self._looks, self.coloured)

    def watch_theme(self, name: str) -> None:
        """Everything in the new look at once."""
        self.redraw()

    def redraw(self) -> None:
        """Everything anew, in the look and the language that are current."""
        if self.main.is_mounted:
            self.main.restyle(palette_of(self.theme, self._looks, self.coloured))
            self._show()
