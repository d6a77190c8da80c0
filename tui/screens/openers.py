"""What opens beside the chart or over it, by action id: panels and screens.

What only one of them needs is imported when it opens, not before the first picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from engine import SettingError
from engine.experiment.sections import DOMAINS
from tui.config.catalogues import choices
from tui.screens.choices import Choices, Entry, Picker
from tui.screens.languages import next_language
from tui.screens.link_watch import LinkWatch
from tui.screens.main import MainScreen
from tui.screens.panel import Panel
from tui.screens.settings_list import SettingsList
from tui.screens.touring import Touring
from tui.session.controller import Controller
from tui.state.actions import Action
from tui.state.edits import Edit, change, stepped
from tui.state.notices import error_notice, notice
from tui.state.presets import PRESETS
from tui.style.themes import THEMES
from tui.terminal.sparing_app import SparingApp
from tui.words.presets import preset_words
from tui.words.screens import theme_words

if TYPE_CHECKING:
    from tui.screens.sharing import Sharing


class Openers:
    """Opens panels and screens, and hands what is chosen there to the session."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        controller: Controller,
        touring: Touring,
        key_of: Callable[[str], str],
        choose_theme: Callable[[str], None],
        redraw: Callable[[], None],
        actions: tuple[Action, ...],
    ) -> None:
        self._app, self._main, self._table = app, main, actions
        self._touring = touring
        self._controller, self._session = controller, controller.session
        self._key_of, self._choose_theme = key_of, choose_theme
        self.link = LinkWatch(app, main, controller.session, actions)
        self.actions: dict[str, Callable[[], None]] = {
            "pick_activation": lambda: self._pick("activation"),
            "pick_init": lambda: self._pick("init"),
            "settings": self._settings,
            "presets": self._presets,
            "export": lambda: self._sharing.exports(),
            "pick_theme": self._themes,
            "next_language": lambda: next_language(self._session, main.glyphs, redraw),
            "copy_command": lambda: self._sharing.copy_command(),
            "report": self._diagnosis,
            "command_palette": self._palette,
            "help": self._help,
            "show_link": self.link.toggle,
            "present": self._present,
            "tour": touring.toggle,
            "next_step": touring.go_on,
            "previous_step": touring.go_back,
            "quiz": touring.ask,
            "close": self.close,
        }

    def _open(self, panel: Panel) -> None:
        self._session.animation.finish()
        self._session.open_panel()
        self._main.open_panel(panel)
        # what stood in its place makes room at once
        self._session.changed(True)

    def close_panel(self) -> None:
        """Close the open panel without taking what it previews."""
        panel = self._main.panel
        if panel is not None:
            self._main.close_panel()
            panel.give_up()
            self._session.close_panel()

    def close(self) -> None:
        """Close what is open, or show the wave's end."""
        panel = self._main.panel
        if isinstance(panel, SettingsList) and panel.typing:
            panel.stop_typing()
            self._session.preview(None)
        elif panel is not None:
            self.close_panel()
        elif self._touring.shows_run:
            self._touring.ask()
        elif self._touring.is_open:
            # what lies over a step's picture goes first
            if not self._close_legend():
                self._touring.close()
        elif self._session.animation.finish():
            self._session.changed(True)
        elif self._main.presenting:
            self._present()
        else:
            self._close_legend()

    def _close_legend(self) -> bool:
        session = self._session
        was_open = session.state.legend
        if was_open:
            session.set_state(replace(session.state, legend=False))
        return was_open

    # a setting's values, or all settings

    def _pick(self, setting: str) -> None:
        take, preview = partial(self._take, setting), partial(self._preview, setting)
        current = str(self._session.state.experiment.settings()[setting])

        def entries() -> list[Entry]:
            return [Entry(name, name, formula) for name, formula in choices(setting)]

        self._open(Picker(setting, entries, take, preview, current=current))

    def _settings(self) -> None:
        experiment = self._session.state.experiment
        self._open(SettingsList(experiment, self._preview, self._take, self._step))

    def _preview(self, setting: str, value: str) -> None:
        edit = self._edit(setting, value)
        self._session.preview(edit.experiment, *edit.notices)

    def _take(self, setting: str, value: str) -> None:
        """Take a choice, unless it makes no sense."""
        edit, session = self._edit(setting, value), self._session
        panel = self._main.panel
        if edit.experiment == session.state.experiment and edit.notices:
            session.say(*edit.notices)
        elif isinstance(panel, SettingsList):
            panel.stop_typing()
            session.set_state(replace(session.state.edited(edit), preview=None))
        else:
            self._main.close_panel()
            session.close_panel(session.state.edited(edit))

    def _step(self, setting: str, step: int) -> None:
        """A notch in the settings list."""
        state = self._session.state
        self._session.set_state(state.edited(stepped(state.experiment, setting, step)))

    def _edit(self, setting: str, text: str) -> Edit:
        experiment = self._session.state.experiment
        try:
            return change(experiment, **{setting: DOMAINS[setting].parse(setting, text)})
        except SettingError as error:
            return Edit(experiment, (error_notice(error),))

    # presets and themes

    def _presets(self) -> None:
        now = self._session.state.experiment
        current = next((p.id for p in PRESETS.values() if p.experiment == now), "")

        def entries() -> list[Entry]:
            return [Entry(name, *preset_words(name)) for name in PRESETS]

        def take(name: str) -> None:
            self._main.close_panel()
            self._controller.take_preset(PRESETS[name])

        def look(name: str) -> None:
            self._session.preview(PRESETS[name].experiment)

        self._open(Choices("presets", entries, take, look, current=current))

    def _themes(self) -> None:
        if not self._main.palette.coloured:
            self._session.say(notice("no_colour"))
            return
        before = self._app.theme

        def take(name: str) -> None:
            self._main.close_panel()
            self._choose_theme(name)
            self._session.close_panel(self._session.state.saying(notice("theme", theme=name)))

        def entries() -> list[Entry]:
            return [Entry(name, name, theme_words(name, dark)) for name, dark in THEMES.items()]

        back = partial(self._choose_theme, before)
        self._open(Choices("themes", entries, take, self._choose_theme, back, current=before))

    @cached_property
    def _sharing(self) -> Sharing:
        """What copies and exports, made when it is needed."""
        from tui.screens.sharing import Sharing

        return Sharing(self._app, self._main, self._session, self._open, self._push)

    # screens over the chart

    def _push(self, screen: ModalScreen[None]) -> None:
        # an export that comes to its end says where it is, and opens nothing over something else
        if self._app.screen is self._main and not self._main.too_small:
            self._app.push_screen(screen)
        self._session.changed(True)

    def _help(self) -> None:
        from tui.screens.help import HelpScreen

        self._push(HelpScreen(self._table))

    def _palette(self) -> None:
        from tui.screens.palette import PaletteScreen

        self._push(PaletteScreen(lambda: self._app.get_system_commands(self._main)))

    def _diagnosis(self) -> None:
        if self._session.trace is None or self._session.is_computing:
            return
        self._session.animation.finish()
        self._session.diagnose()
        from tui.screens.diagnosis import ReportScreen

        self._push(ReportScreen(self._key_of, self._main.glyphs))
        self._controller.trials.find_remedies()

    def _present(self) -> None:
        self._main.present(not self._main.presenting)
        self._session.changed(True)
