"""What opens beside the chart or over it, by action id, whatever is shown: panels and screens.

What only one of them needs is imported when it opens, not before the first picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual.screen import ModalScreen

from tui.screens.bindings import ANYWHERE
from tui.screens.choices import Choices, Entry
from tui.screens.languages import next_language
from tui.screens.link_watch import LinkWatch
from tui.screens.main import MainScreen
from tui.screens.modal import Over
from tui.screens.panel import Panel
from tui.session.any_session import AnySession
from tui.state.actions import Action
from tui.state.notices import notice
from tui.style.themes import THEMES
from tui.terminal.sparing_app import SparingApp
from tui.words.screens import theme_words


class Openers:
    """Opens panels and screens, and hands what is chosen there to the session."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        session: AnySession,
        choose_theme: Callable[[str], None],
        redraw: Callable[[], None],
        actions: tuple[Action, ...],
    ) -> None:
        self._app, self._main, self._any_session, self._table = app, main, session, actions
        self._choose_theme = choose_theme
        self.link = LinkWatch(app, main, session, actions)
        self.actions: dict[str, Callable[[], None]] = {
            "pick_theme": self._themes,
            "next_language": lambda: next_language(session, main.glyphs, redraw),
            "command_palette": self._palette,
            "help": self._help,
            "show_link": self.link.toggle,
            "present": self._present,
            "close": self.close,
        }

    @property
    def covering(self) -> frozenset[str] | None:
        """Of the table's actions those that the screen over the main one takes, if there is one."""
        screen = self._app.screen
        if screen is self._main:
            return None
        return screen.takes if isinstance(screen, Over) else ANYWHERE

    def uncover(self) -> None:
        """Down to the screen that asks first: the main one, or one that takes keys of its own."""
        while self.covering == ANYWHERE:
            self._app.pop_screen()

    def _open(self, panel: Panel) -> None:
        self._any_session.animation.finish()
        self._any_session.open_panel()
        self._main.open_panel(panel)
        # what stood in its place makes room at once
        self._any_session.changed(True)

    def close_panel(self) -> None:
        """Close the open panel without taking what it previews."""
        panel = self._main.panel
        if panel is not None:
            self._main.close_panel()
            panel.give_up()
            self._any_session.close_panel()

    def close(self) -> None:
        """Close what is open, or show the wave's end."""
        if self._main.panel is not None:
            self.close_panel()
        elif self._any_session.animation.finish():
            self._any_session.changed(True)
        elif self._main.presenting:
            self._present()
        else:
            self._close_legend()

    def _close_legend(self) -> bool:
        session = self._any_session
        was_open = session.state.legend
        if was_open:
            session.set_state(replace(session.state, legend=False))
        return was_open

    def _themes(self) -> None:
        if not self._main.palette.coloured:
            self._any_session.say(notice("no_colour"))
            return
        before, session = self._app.theme, self._any_session

        def take(name: str) -> None:
            self._main.close_panel()
            self._choose_theme(name)
            session.close_panel(session.state.saying(notice("theme", theme=name)))

        def entries() -> list[Entry]:
            return [Entry(name, name, theme_words(name, dark)) for name, dark in THEMES.items()]

        back = partial(self._choose_theme, before)
        self._open(Choices("themes", entries, take, self._choose_theme, back, current=before))

    # screens over the chart

    def _push(self, screen: ModalScreen[None]) -> None:
        # an export that comes to its end says where it is, and opens nothing over something else
        if self.covering != ANYWHERE and not self._main.too_small:
            self._app.push_screen(screen)
        self._any_session.changed(True)

    def _help(self) -> None:
        from tui.screens.help import HelpScreen

        taken = self.covering
        keys = tuple(entry for entry in self._table if taken is None or entry.id in taken)
        self._push(HelpScreen(keys))

    def _palette(self) -> None:
        from tui.screens.palette import PaletteScreen

        self._push(PaletteScreen(lambda: self._app.get_system_commands(self._main)))

    def _present(self) -> None:
        self._main.present(not self._main.presenting)
        self._any_session.changed(True)
