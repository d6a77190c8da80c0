"""What moves, how often, and in which characters: options of the settings file, changed live."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from textual.filter import LineFilter

from tui.config.settings_file import LOCAL_FPS, REMOTE_FPS, frames_per_second
from tui.screens.big_words import BigWords
from tui.screens.main import MainScreen
from tui.screens.view_pane import ViewPane
from tui.session.any_session import AnySession
from tui.state.motion import MOTIONS, OF_TEXTUAL, least
from tui.state.notices import notice
from tui.style.glyphs import ASCII, SETS, Glyphs, has_blocks
from tui.terminal.ascii_filter import AsciiFilter
from tui.terminal.control_filter import ControlFilter
from tui.terminal.sparing_app import SparingApp
from tui.words.language import ENGLISH, current

RATES: dict[str, int | str] = {
    str(rate): rate for rate in ("auto", 5, 10, REMOTE_FPS, LOCAL_FPS, 60)
}
"""Frames a second that the palette offers."""


class DisplayOptions:
    """Holds what was chosen, and has everything drawn anew where that takes another picture."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        session: AnySession,
        motion: str,
        redraw: Callable[[], None],
    ) -> None:
        self._app, self._main, self._session, self._redraw = app, main, session, redraw
        self._motion = motion
        # the same ones for ever: a line keeps what they made of it
        self._controls, self._ascii = ControlFilter(), AsciiFilter()

    @property
    def filters(self) -> Sequence[LineFilter]:
        """What every line goes through."""
        only_ascii = self._main.glyphs is ASCII
        return (self._controls, self._ascii) if only_ascii else (self._controls,)

    def start(self) -> None:
        """Once it is known how much of it Textual was asked for."""
        allowed = OF_TEXTUAL[self._app.animation_level]
        self._session.motion = least(self._motion, allowed)

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Option, value, and what takes it."""
        for name in MOTIONS:
            yield "motion", name, partial(self._move, name)
        for name in RATES:
            yield "fps", name, partial(self._pace, name)
        for name, glyphs in SETS.items():
            if glyphs is ASCII or has_blocks(getattr(sys.__stdout__, "encoding", None)):
                yield "glyphs", name, partial(self._draw_with, glyphs)

    def _move(self, name: str) -> None:
        self._motion = name
        self.start()
        if not self._session.motion.decorates:
            self._session.animation.finish()
        self._say("motion", name)

    def _pace(self, name: str) -> None:
        self._app.link.fps = frames_per_second(RATES[name])
        self._say("fps", RATES[name])

    def _draw_with(self, glyphs: Glyphs) -> None:
        if glyphs is ASCII and current() != ENGLISH:
            self._session.say(notice("only_ascii"))
            return
        self._main.glyphs = glyphs
        for pane in self._main.query(ViewPane):
            pane.draw_with(glyphs)
        self._main.query_one(BigWords).draw_with(glyphs)
        self._redraw()
        self._say("glyphs", glyphs.name)

    def _say(self, option: str, value: int | str) -> None:
        written = f'"{value}"' if isinstance(value, str) else value
        self._session.say(notice("display_option", option=option, value=written))
