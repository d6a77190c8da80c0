"""What every app of ours is round its main screen: look, keys, frames, signals, suspending."""

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.app import SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from tui.config.keymap import textual_keymap
from tui.screens.bindings import counts
from tui.screens.display_options import DisplayOptions
from tui.screens.main import MainScreen
from tui.screens.openers import Openers
from tui.screens.pointing import PointingApp
from tui.screens.themes import own_themes, palette_of, worn
from tui.state.actions import Action
from tui.state.keys import key_label
from tui.state.notices import notice
from tui.style.glyphs import Glyphs
from tui.style.looks import Look
from tui.terminal.choice import sturdy
from tui.terminal.faults import watch_loop
from tui.terminal.frame_timer import FrameTimer
from tui.terminal.signals import exit_on_signals

RECENT = 20
"""So many actions are remembered, for a report of what went wrong."""


class MainApp(PointingApp):
    """An app with a main screen; `actions` is its table with the user's keys, of `table`.

    `ids` are all actions that have a key.

    A subclass makes the session, the openers and the options, shows scenes and lets time pass.
    """

    TITLE = "chainrule"
    ENABLE_COMMAND_PALETTE = False  # there is one of our own
    ids: ClassVar[Mapping[str, Action]]
    openers: Openers
    options: DisplayOptions

    def __init__(
        self,
        glyphs: Glyphs,
        fps: float,
        theme: str,
        actions: tuple[Action, ...],
        table: tuple[Action, ...],
        looks: Mapping[str, Look],
    ) -> None:
        self.coloured, self._looks = "NO_COLOR" not in os.environ, looks
        # without colour the terminal's own two must show through: decided before Textual starts
        super().__init__(fps, ansi_color=None if self.coloured else True)
        self.actions = actions
        self.main = MainScreen(glyphs, palette_of(theme, looks, self.coloured), actions)
        self.recent: deque[str] = deque(maxlen=RECENT)
        self._frames = FrameTimer(
            self,
            self.tick,
            self.resume_time,
            self.is_active,
            lambda is_at_rest: self.openers.link.tell(is_at_rest),
        )
        for own in own_themes(looks).values():
            self.register_theme(own)
        self.choose_theme(theme)
        if actions != table:
            self.set_keymap(textual_keymap(actions))

    # what a subclass has

    def begin(self) -> None:
        """The screen is there."""
        raise NotImplementedError

    def tick(self) -> None:
        """Let the time since the last tick pass."""
        raise NotImplementedError

    def resume_time(self) -> None:
        """Time counts from now on."""
        raise NotImplementedError

    def is_active(self) -> bool:
        """Whether frames are wanted."""
        raise NotImplementedError

    def show_scene(self, words: bool = True) -> None:
        """Bring the screen up to date; `words` false leaves all but the view alone."""
        raise NotImplementedError

    def palette_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers."""
        raise NotImplementedError

    def is_plain(self) -> bool:
        """Whether the main screen is all that is seen, so that a picture may wait for the next."""
        return self.main.panel is None and self.screen is self.main

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
        return self.palette_commands()

    def on_load(self) -> None:
        """Before the terminal is touched: from here on a signal puts it back."""
        watch_loop(self)
        exit_on_signals(partial(self.exit, None))

    def on_mount(self) -> None:
        """What is suspended stands still; the rest is the subclass's."""
        self.app_suspend_signal.subscribe(self, lambda app: self._frames.rest())
        self.app_resume_signal.subscribe(self, lambda app: self._resume())
        self.options.start()
        self.begin()

    def _deliver(self, call: Callable[[], None]) -> None:
        """Run a function on the loop from another thread, if the app is still there."""
        # its loop is closed
        with contextlib.suppress(RuntimeError):
            self.call_later(self._while_there, call)

    def _while_there(self, call: Callable[[], None]) -> None:
        """What a thread brings when all screens have gone is for nobody."""
        if self.screen_stack:
            call()

    def on_main_screen_resized(self) -> None:
        """Where there is no room for a panel it closes, as if somebody had closed it."""
        if self.main.too_small:
            self.openers.close_panel()
        self.session.animation.transition = None
        self.show_scene()

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
        main = self.main
        return name not in self.ids or counts(
            name, self.openers.covering, main.too_small, main.panel is not None
        )

    async def perform(self, name: str) -> None:
        """The action as if its key were pressed."""
        if self.check_action(name, ()):
            await self.action_apply(name)
        elif self.main.panel is not None:
            self.session.say(notice("close_panel_first"))

    async def action_apply(self, name: str) -> None:
        """Do what an action is for."""
        raise NotImplementedError

    def alone(self, change: Callable[[], None]) -> None:
        """Change something, unless a panel is open."""
        if self.main.panel is None:
            change()
        else:
            self.session.say(notice("close_panel_first"))

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
            self.show_scene()
