"""What opens beside the chart or over it where our own networks are shown, by action id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from engine import SettingError
from engine.experiment.sections import DOMAINS
from tui.config.catalogues import choices
from tui.config.command_line import race_command
from tui.screens.choices import Choices, Entry, Picker
from tui.screens.main import MainScreen
from tui.screens.openers import Openers
from tui.screens.settings_list import SettingsList
from tui.screens.touring import Touring
from tui.session.controller import Controller
from tui.state.actions import Action
from tui.state.edits import Edit, change, stepped
from tui.state.notices import error_notice
from tui.state.presets import PRESETS, Preset
from tui.terminal.sparing_app import SparingApp
from tui.words.presets import preset_words

if TYPE_CHECKING:
    from tui.screens.racing import Racing
    from tui.screens.sharing import Sharing


class NetworkOpeners(Openers):
    """Opens pickers, presets, files to be written, the diagnosis and the tour besides."""

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
        super().__init__(app, main, controller.session, choose_theme, redraw, actions)
        self._touring, self._key_of = touring, key_of
        self._controller, self._session = controller, controller.session
        self.actions |= {
            "pick_activation": lambda: self._pick("activation"),
            "pick_init": lambda: self._pick("init"),
            "settings": self._settings,
            "presets": self._presets,
            "race": lambda: self.racing.toggle(),
            "export": lambda: self._sharing.exports(),
            "copy_command": self._copy_command,
            "report": self._diagnosis,
            "tour": touring.toggle,
            "next_step": touring.go_on,
            "previous_step": touring.go_back,
            "quiz": touring.ask,
        }

    def close(self) -> None:
        """Close what is open, or show the wave's end."""
        panel = self._main.panel
        if self._controller.in_race:
            self.racing.leave()
        elif isinstance(panel, SettingsList) and panel.typing:
            panel.stop_typing()
            self._session.preview(None)
        elif panel is None and self._touring.shows_run:
            self._touring.ask()
        elif panel is None and self._touring.is_open:
            # what lies over a step's picture goes first
            if not self._close_legend():
                self._touring.close()
        else:
            super().close()

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
            self.take_preset(PRESETS[name])

        def look(name: str) -> None:
            self._session.preview(PRESETS[name].experiment)

        self._open(Choices("presets", entries, take, look, current=current))

    def take_preset(self, preset: Preset) -> None:
        """Show a preset, or begin its race: over what was there, which comes back after it."""
        if preset.rival is None:
            self._controller.take_preset(preset)
        else:
            self._session.close_panel()
            self.racing.open((preset.experiment, preset.rival))

    @cached_property
    def racing(self) -> Racing:
        """What opens races, made when it is needed."""
        from tui.screens.racing import Racing

        return Racing(self._app, self._main, self._controller, self._key_of, self._table)

    @cached_property
    def _sharing(self) -> Sharing:
        """What copies and exports, made when it is needed."""
        from tui.screens.sharing import Sharing

        return Sharing(self._app, self._main, self._session, self._open, self._push)

    def _copy_command(self) -> None:
        race = self._controller.race
        if race is not None and race.is_seen:
            self._sharing.copy(race_command(race.pair), race.say)
        else:
            self._sharing.copy_command()

    # screens over the chart

    def _diagnosis(self) -> None:
        if self._session.trace is None or self._session.is_computing:
            return
        self._session.animation.finish()
        self._session.diagnose()
        from tui.screens.diagnosis import ReportScreen

        self._push(ReportScreen(self._key_of, self._main.glyphs))
        self._controller.trials.find_remedies()
