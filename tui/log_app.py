"""The app for a log that is played or followed: keys go in to its session, scenes come out."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.timer import Timer

from engine.logs.log import Log
from tui.config.settings_file import LOCAL_FPS
from tui.screens.bindings import bindings
from tui.screens.display_options import DisplayOptions
from tui.screens.log_openers import LogOpeners
from tui.screens.main_app import MainApp
from tui.screens.modal import Modal
from tui.screens.palette_commands import action_commands, look_commands
from tui.session.jobs import threads
from tui.session.played_log import LONGEST_FRAME, PlayedLog
from tui.state.actions import Action
from tui.state.log_actions import ELSEWHERE, LOG_ACTIONS, LOG_BY_ID
from tui.state.log_state import LogState
from tui.state.notices import notice
from tui.style.glyphs import BRAILLE, Glyphs
from tui.style.looks import LOOKS, Look
from tui.style.themes import THEMES

LOOKS_APART = 0.25
"""Seconds between two looks at the file."""


class LogApp(MainApp):
    """Shows a log, from `state` on.

    `clock` gives seconds, and without `ticking` only `tick` and the session's `look` move things.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LOG_ACTIONS), *bindings(ELSEWHERE)]
    ids: ClassVar[Mapping[str, Action]] = LOG_BY_ID | {action.id: action for action in ELSEWHERE}
    session: PlayedLog

    def __init__(
        self,
        state: LogState,
        log: Log,
        glyphs: Glyphs = BRAILLE,
        motion: str = "full",
        fps: float = LOCAL_FPS,
        clock: Callable[[], float] = time.monotonic,
        ticking: bool = True,
        theme: str = next(iter(THEMES)),
        actions: tuple[Action, ...] = LOG_ACTIONS,
        looks: Mapping[str, Look] = LOOKS,
    ) -> None:
        super().__init__(glyphs, fps, theme, actions, LOG_ACTIONS, looks)
        self.session = PlayedLog(
            state,
            log,
            clock,
            threads(self._deliver),
            self.show_scene,
            is_seen=lambda: self.screen is self.main and not self.main.too_small,
        )
        self.openers: LogOpeners = LogOpeners(
            self,
            self.main,
            self.session,
            self.key_of,
            self.choose_theme,
            self.redraw,
            actions,
        )
        self.options = DisplayOptions(self, self.main, self.session, motion, self.redraw)
        self._ticking, self._last_tick = ticking, 0.0
        self._looking: Timer | None = None

    def palette_commands(self) -> Iterable[SystemCommand]:
        """What the palette offers."""
        yield from action_commands(self.actions, self.perform)
        yield from look_commands(self.alone, self.choose_theme, self.options)

    # time

    def begin(self) -> None:
        """Read the log, and go on looking for more of it."""
        self.session.start()
        if self._ticking and self.state.follows:
            self._looking = self.set_interval(LOOKS_APART, self.session.look)
        self.show_scene()

    def watch_app_focus(self) -> None:
        """Nobody looks at a file for nobody."""
        super().watch_app_focus()
        if self._looking is not None:
            (self._looking.resume if self.app_focus else self._looking.pause)()

    def is_active(self) -> bool:
        """Whether something moves by itself."""
        return self._ticking and self.session.is_active

    def resume_time(self) -> None:
        """Time counts from now on."""
        self._last_tick = self.session.clock()

    def tick(self) -> None:
        """Let the time since the last tick pass."""
        now = self.session.clock()
        elapsed, self._last_tick = now - self._last_tick, now
        self.session.advance(min(elapsed, LONGEST_FRAME))
        self._frames.settle()

    # scenes

    @property
    def state(self) -> LogState:
        """What is current."""
        return self.session.state

    def show_scene(self, words: bool = True) -> None:
        """Bring the screen up to date."""
        main, session = self.main, self.session
        if not main.is_mounted or (self.is_plain() and self.is_put_off(self.show_scene)):
            return
        scene = session.scene(main.wants(session.state, session.trace, words))
        main.show(scene, words)
        if isinstance(self.screen, Modal):
            self.screen.show(scene)
        self._frames.settle()

    # actions

    async def action_apply(self, name: str) -> None:
        """Do what an action is for; what is for networks alone says that a log is shown."""
        self.recent.append(name)
        action = LOG_BY_ID.get(name)
        if action is None:
            self.session.say(notice("log_is_played"))
        elif action.apply is not None:
            self.session.set_state(action.apply(self.state))
        elif name == "refit":
            self.session.refit_axis()
        elif name in self.openers.actions:
            self.openers.actions[name]()
        else:
            await self.run_action(name)

    async def action_quit(self) -> None:
        """Leave."""
        self.exit()
