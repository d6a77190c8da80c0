"""How the link does, told as long as somebody wants to know and no oftener than it can be read."""

from dataclasses import replace
from typing import ClassVar

from tui.charts.painter import Painter
from tui.screens.drawn import Line
from tui.screens.main import MainScreen
from tui.session.any_session import AnySession
from tui.session.pace import Pace
from tui.state.actions import Action
from tui.terminal.sparing_app import SparingApp
from tui.views.link_line import link_line

APART = 0.5
"""Seconds between two numbers while something moves; at rest there is one more, and no other."""

IS_ON = "-linked"
"""The class of a screen that tells of the link."""


class LinkLine(Line):
    """Stands in the place of the line of keys, and in a presentation too."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    MainScreen > #link { height: 1; display: none; }
    MainScreen.-linked > #link { display: block; }
    MainScreen.-linked > #keys { display: none; }
    MainScreen.-too-small > #link { display: none; }
    """


class LinkWatch:
    """Shows numbers of the app's link on the main screen, or nothing of it."""

    def __init__(
        self, app: SparingApp, main: MainScreen, session: AnySession, actions: tuple[Action, ...]
    ) -> None:
        self._app, self._main, self._session, self._actions = app, main, session, actions
        self._pace, self._line = Pace(session.clock), LinkLine(main.palette, "link")
        self._was_at_rest = True

    def toggle(self) -> None:
        """From now on, or no more."""
        if not self._line.is_attached:
            self._main.mount(self._line, after="#keys")
        self._main.toggle_class(IS_ON)
        self._session.changed(True)

    def tell(self, is_at_rest: bool) -> None:
        """What there is to know now, if it is time to say it."""
        main = self._main
        is_other, self._was_at_rest = is_at_rest != self._was_at_rest, is_at_rest
        is_now = is_other or is_at_rest
        if main.has_class(IS_ON) and self._pace.takes_turn(APART, anyway=is_now):
            found, answerer = self._app.link.statistics, self._app.answerer
            numbers = replace(found, answerer=answerer, is_at_rest=is_at_rest)
            painter = Painter(main.palette, main.glyphs)
            self._line.show(link_line(painter, numbers, self._actions, main.size.width))
