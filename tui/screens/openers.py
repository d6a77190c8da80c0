"""What opens beside the chart or over it, by action id: panels, screens, files."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.cells import cell_len
from textual.screen import ModalScreen

from engine import SettingError
from engine.diagnosis.remedies import remedies
from engine.experiment.sections import DOMAINS
from tui.config.catalogues import choices
from tui.config.command_line import command_line
from tui.screens.choices import Choices, Entry, Picker
from tui.screens.command import ShareScreen
from tui.screens.diagnosis import ReportScreen
from tui.screens.help import HelpScreen
from tui.screens.main import MainScreen
from tui.screens.palette import PaletteScreen
from tui.screens.panel import Panel
from tui.screens.settings_list import SettingsList
from tui.session.controller import Controller
from tui.session.jobs import Failed
from tui.state.actions import Action
from tui.state.edits import Edit, change, stepped
from tui.state.notices import Notice, error_notice, notice
from tui.state.presets import PRESETS
from tui.style.themes import THEMES
from tui.terminal.sparing_app import SparingApp
from tui.views.export import FORMATS, Shown, export
from tui.words.foreign import LINE, visible
from tui.words.language import _, each
from tui.words.notices import notice_text
from tui.words.presets import preset_words
from tui.words.screens import (
    NOT_SENT,
    OPENS,
    OPENS_UNSEEN,
    SENT,
    WROTE,
    format_words,
    theme_words,
)


class Openers:
    """Opens panels and screens, and hands what is chosen there to the session."""

    def __init__(
        self,
        app: SparingApp,
        main: MainScreen,
        controller: Controller,
        key_of: Callable[[str], str],
        choose_theme: Callable[[str], None],
        coloured: bool,
        actions: tuple[Action, ...],
    ) -> None:
        self._app, self._main, self._table = app, main, actions
        self._controller, self._session = controller, controller.session
        self._key_of, self._choose_theme, self._coloured = key_of, choose_theme, coloured
        self.actions: dict[str, Callable[[], None]] = {
            "pick_activation": lambda: self._pick("activation"),
            "pick_init": lambda: self._pick("init"),
            "settings": self._settings,
            "presets": self._presets,
            "export": self._exports,
            "pick_theme": self._themes,
            "copy_command": self._copy_command,
            "report": self._diagnosis,
            "command_palette": self._palette,
            "help": self._help,
            "show_link": self._show_link,
            "present": self._present,
            "close": self.close,
        }

    def _show_link(self) -> None:
        """What there is to know of it now."""
        found = self._app.link.statistics
        told = {"fps": found.frames, "kilobytes": found.bytes / 1000}
        if found.round_trip is None:
            self._session.say(notice("link_silent", **told))
        else:
            self._session.say(notice("link", ms=found.round_trip * 1000, **told))

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
        elif self._session.animation.finish():
            self._session.changed(True)
        elif self._main.presenting:
            self._present()
        elif self._session.state.legend:
            self._session.set_state(replace(self._session.state, legend=False))

    # a setting's values, or all settings

    def _pick(self, setting: str) -> None:
        entries = [Entry(name, name, formula) for name, formula in choices(setting)]
        take, preview = partial(self._take, setting), partial(self._preview, setting)
        current = str(self._session.state.experiment.settings()[setting])
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
        entries = [Entry(name, *preset_words(name)) for name in PRESETS]
        now = self._session.state.experiment
        current = next((p.id for p in PRESETS.values() if p.experiment == now), "")

        def take(name: str) -> None:
            self._main.close_panel()
            self._controller.take_preset(PRESETS[name])

        def look(name: str) -> None:
            self._session.preview(PRESETS[name].experiment)

        self._open(Choices("presets", entries, take, look, current=current))

    def _themes(self) -> None:
        if not self._coloured:
            self._session.say(notice("no_colour"))
            return
        before = self._app.theme

        def take(name: str) -> None:
            self._main.close_panel()
            self._choose_theme(name)
            self._session.close_panel(self._session.state.saying(notice("theme", theme=name)))

        entries = [Entry(name, name, theme_words(name, dark)) for name, dark in THEMES.items()]
        back = partial(self._choose_theme, before)
        self._open(Choices("themes", entries, take, self._choose_theme, back, current=before))

    # sharing

    def _copy_command(self) -> None:
        state = self._session.state
        command, lacks = command_line(state), bool(state.run.changes)
        self._app.copy_to_clipboard(command)
        code, title = ("sent", SENT) if self._app.has_clipboard else ("not_sent", NOT_SENT)
        told = notice(code, command=command)
        is_shown = visible(command) == command
        if self._fits(told) and is_shown and not lacks:
            self._session.say(told)
        else:
            self._session.say(notice("command_without_changes" if lacks else f"{code}_command"))
            self._push(
                ShareScreen(" ".join(each((title, OPENS if is_shown else OPENS_UNSEEN))), command)
            )

    def _fits(self, said: Notice) -> bool:
        """Whether a notice fits on its line."""
        room = min(self._main.size.width, LINE - 1)
        return cell_len(notice_text(said.code, said.details)) <= room

    def _exports(self) -> None:
        entries = [Entry(name, *format_words(name)) for name in FORMATS]

        def take(name: str) -> None:
            self._main.close_panel()
            self._session.close_panel()
            # once the panel is gone and the chart has its old size: a resize is drawn after a
            # refresh
            self._app.call_after_refresh(self._app.call_after_refresh, self._export, name)

        self._open(Choices("export", entries, take))

    def _export(self, name: str) -> None:
        session, app = self._session, self._app
        if session.trace is None or session.verdict is None:
            session.say(notice("nothing_measured"))
            return
        view = self._main.view
        # with no room at all nothing is ever drawn
        if view.display and view.size.area and not view.is_drawn:
            app.call_after_refresh(self._export, name)
            return
        picture = partial(app.export_screenshot, title="chainrule")
        helpful = partial(remedies, session.trace)
        shown = Shown(
            session.trace, session.verdict, session.state, picture, self._main.as_text, helpful
        )
        try:
            path = export(shown, name, Path())
        except OSError as error:
            session.say(notice("cannot_write", why=error.strerror))
        except (SettingError, MemoryError) as error:
            session.say(Failed(error).notice())
        else:
            place = _from_home(path.absolute())
            wrote = notice("wrote", path=place)
            if self._fits(wrote):
                session.say(wrote)
            else:
                session.say(notice("wrote_file"))
                self._push(ShareScreen(_(WROTE), place))

    # screens over the chart

    def _push(self, screen: ModalScreen[None]) -> None:
        # an export that comes to its end says where it is, and opens nothing over something else
        if self._app.screen is self._main and not self._main.too_small:
            self._app.push_screen(screen)
        self._session.changed(True)

    def _help(self) -> None:
        self._push(HelpScreen(self._table))

    def _palette(self) -> None:
        self._push(PaletteScreen(self._app.get_system_commands(self._main)))

    def _diagnosis(self) -> None:
        if self._session.trace is None or self._session.is_computing:
            return
        self._session.animation.finish()
        self._session.diagnose()
        self._push(ReportScreen(self._key_of, self._main.glyphs))
        self._controller.trials.find_remedies()

    def _present(self) -> None:
        self._main.present(not self._main.presenting)
        self._session.changed(True)


def _from_home(path: Path) -> str:
    """A path with ~ for the home folder."""
    try:
        home = Path.home()
    except RuntimeError:
        # nobody's, as in many containers
        return str(path)
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
