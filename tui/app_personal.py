"""The part of the app for keeping, sharing and adapting: presets, exports, themes, the mouse."""

from __future__ import annotations

from pathlib import Path

from textual.app import App
from textual.events import Click

from engine import Experiment
from tui.config.command_line import command_line, lacks_changes, on_screen, screen_of
from tui.screens.choices import Choices, Entry
from tui.screens.command import ShareScreen
from tui.screens.main import MainScreen
from tui.screens.panels import Panel
from tui.screens.themes import NO_COLOUR_THEME, look_of
from tui.screens.view_pane import ViewPane
from tui.state.edits import Edit
from tui.state.notices import Notice, notice
from tui.state.presets import PRESETS, Preset, next_remedy
from tui.state.state import State
from tui.style.palette import Palette
from tui.style.themes import THEMES
from tui.views.export import FORMATS, Shown, export
from tui.words.notices import notice_text
from tui.words.presets import preset_words
from tui.words.themes import theme_words


class Personal(App[None]):
    """What these actions need of the app, and the actions."""

    state: State
    main: MainScreen
    coloured: bool

    def set_state(self, state: State) -> None:
        """Take a new state."""
        raise NotImplementedError

    def _say(self, *notices: Notice) -> None:
        raise NotImplementedError

    def _show_measured(self, experiment: Experiment, notices: tuple[Notice, ...] = ()) -> None:
        raise NotImplementedError

    def _run(self, name: str) -> None:
        raise NotImplementedError

    def _open(self, panel: Panel) -> None:
        self.main.finish_motion()
        self.main.open_panel(panel)

    # presets

    def action_presets(self) -> None:
        """The gallery, with live preview."""
        entries = [Entry(name, *preset_words(name)) for name in PRESETS]
        now = self.state.experiment
        current = next((p.id for p in PRESETS.values() if p.experiment == now), "")
        self._open(
            Choices(
                "presets",
                entries,
                lambda name: self.take_preset(PRESETS[name]),
                lambda name: self._show_measured(PRESETS[name].experiment),
                current=current,
            )
        )

    def action_next_remedy(self) -> None:
        """From the dying net on, one remedy a key."""
        self.main.finish_motion()
        self.take_preset(next_remedy(self.state.experiment))

    def take_preset(self, preset: Preset) -> None:
        """Show a preset as it is seen best."""
        self.main.close_panel()
        edited = self.state.edited(Edit(preset.experiment)).shown_plainly()
        said = notice("preset", preset=preset.id)
        self.set_state(on_screen(edited, screen_of(preset)).saying(said))

    # sharing

    def action_copy_command(self) -> None:
        """Copy what reproduces this screen, and show it."""
        command = command_line(self.state)
        self.copy_to_clipboard(command)
        lacks = lacks_changes(self.state)
        said = notice("copied", command=command)
        if len(notice_text(said.code, said.details)) <= self.main.size.width and not lacks:
            self._say(said)
        else:
            self._say(notice("copied_without_changes" if lacks else "copied_command"))
            self.push_screen(ShareScreen(command))

    def action_export(self) -> None:
        """Choose a kind of file."""
        entries = [Entry(name, entry.title, entry.about) for name, entry in FORMATS.items()]
        self._open(Choices("export", entries, self._export))

    def _export(self, name: str) -> None:
        self.main.close_panel()
        # once the panel is gone and the chart has its old size: a resize is drawn after a refresh
        self.call_after_refresh(self.call_after_refresh, self._write_export, name)

    def _write_export(self, name: str) -> None:
        trace = self.main.trace
        if trace is None:
            self._say(notice("nothing_measured"))
            return
        shown = Shown(
            trace,
            self.state,
            lambda: self.export_screenshot(title="chainrule"),
            self.main.as_text,
        )
        try:
            path = export(shown, name, Path())
        except OSError as error:
            self._say(notice("cannot_write", why=error.strerror))
        else:
            self._say(notice("wrote", path=path))

    # looks

    @property
    def palette(self) -> Palette:
        """The styles that go with the theme."""
        return Palette(look_of(self.theme), self.coloured)

    def choose_theme(self, name: str) -> None:
        """Take a theme; without colour there is only one."""
        self.theme = name if self.coloured else NO_COLOUR_THEME

    def watch_theme(self, name: str) -> None:
        """Everything in the new look at once."""
        if self.main.is_mounted:
            self.main.restyle(self.palette)

    def action_pick_theme(self) -> None:
        """All themes, with live preview."""
        if not self.coloured:
            self._say(notice("no_colour"))
            return
        before = self.theme

        def take(name: str) -> None:
            self.main.close_panel()
            self.choose_theme(name)
            self._say(notice("theme", theme=name))

        entries = [Entry(name, name, theme_words(name, dark)) for name, dark in THEMES.items()]
        self._open(
            Choices(
                "themes",
                entries,
                take,
                self.choose_theme,
                lambda: self.choose_theme(before),
                current=before,
            )
        )

    def action_present(self) -> None:
        """The chart alone with large words, and back."""
        self.main.present(not self.main.presenting)

    # the mouse

    def on_click(self, event: Click) -> None:
        """On a hint: its action."""
        name = event.style.meta.get("action")
        if name is not None:
            self._run(name)

    def on_view_pane_pointed(self, message: ViewPane.Pointed) -> None:
        """A click on a bar."""
        self._point(message.layer)

    def on_view_pane_turned(self, message: ViewPane.Turned) -> None:
        """The wheel over the bars."""
        self._point(self.state.cursor + message.step)

    def _point(self, layer: int) -> None:
        if self.main.panel is None:
            self.set_state(self.state.moved(layer))
