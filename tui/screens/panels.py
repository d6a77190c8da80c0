"""Lists beside the chart: one catalogue's entries, or all settings; the chart shows the effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from engine.experiment.domains import Choice
from engine.experiment.experiment import Experiment
from engine.experiment.sections import DOMAINS
from tui.state.state import State
from tui.words.settings import SETTING_HELP


@dataclass
class Previewed(Message):
    """A setting's value is looked at, not yet taken."""

    setting: str
    value: str


@dataclass
class Picked(Message):
    """A setting's value is taken."""

    setting: str
    value: str


@dataclass
class Stepped(Message):
    """A setting goes one notch up or down."""

    setting: str
    step: int


class Panel(Vertical):
    """A titled list at the right of the chart."""

    DEFAULT_CSS = """
    Panel { width: 36; height: 1fr; background: $surface; padding: 0 1; }
    Panel Static { height: auto; color: $text-muted; }
    Panel #panel-title { text-style: bold; color: $text; }
    Panel OptionList { height: 1fr; border: none; padding: 0; background: $surface;
                       scrollbar-size-vertical: 1; }
    Panel OptionList:focus { border: none; background-tint: transparent 0%; }
    Panel Input { border: none; height: 1; padding: 0; background: $boost; }
    """

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._hint = hint

    def options(self) -> Sequence[Option]:
        """The list's entries."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, list and a line about keys."""
        yield Static(self._title, id="panel-title")
        yield OptionList(*self.options())
        yield Static(self._hint, id="panel-hint")

    def on_mount(self) -> None:
        """Keys go to the list."""
        self.start_at("")

    def start_at(self, entry: str) -> None:
        """Keys go to the list, the one of that name lit."""
        # there is no list in a panel that was closed before it was up
        for options in self.query(OptionList):
            if any(option.id == entry for option in options.options):
                options.highlighted = options.get_option_index(entry)
            options.focus()

    def show(self, state: State) -> None:
        """Another state is current."""

    def give_up(self) -> None:
        """Closed without a choice: undo what was only looked at."""


class Picker(Panel):
    """All values of one setting, each with its formula."""

    def __init__(self, setting: str, entries: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__(setting, "↑↓ look  enter take  esc back")
        self._setting = setting
        self._entries = entries
        self._current = current

    def options(self) -> Sequence[Option]:
        """Name and formula of each entry."""
        return [
            Option(
                Text.assemble(
                    (name, "bold"), "\n", (f"  {formula}", "dim"), no_wrap=True, overflow="ellipsis"
                ),
                id=name,
            )
            for name, formula in self._entries
        ]

    def on_mount(self) -> None:
        """Start at the value that holds now."""
        self.start_at(self._current)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the effect of what the choice is on."""
        if event.option_id is not None:
            self.post_message(Previewed(self._setting, event.option_id))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take it."""
        if event.option_id is not None:
            self.post_message(Picked(self._setting, event.option_id))


class SettingsList(Panel):
    """Every setting with its value; left and right change it, enter types it."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__("settings", "←→ change  enter type  esc close")
        self._experiment = experiment

    def options(self) -> Sequence[Option]:
        """A line for each setting."""
        settings = self._experiment.settings()
        defaults = Experiment().settings()
        return [
            Option(_setting_line(name, settings[name], defaults[name]), id=name) for name in DOMAINS
        ]

    def compose(self) -> ComposeResult:
        """The list, what the setting is, and a line to type in."""
        yield Static(self._title, id="panel-title")
        yield OptionList(*self.options())
        yield Static("", id="panel-about")
        yield Input(compact=True, disabled=True)
        yield Static(self._hint, id="panel-hint")

    @property
    def _current(self) -> str:
        options = self.query_one(OptionList)
        return list(DOMAINS)[options.highlighted or 0]

    def show(self, state: State) -> None:
        """Another state's values."""
        if state.experiment == self._experiment:
            return
        self._experiment = state.experiment
        # there is no list as long as the panel is not up
        for options in self.query(OptionList):
            for option in self.options():
                options.replace_option_prompt(str(option.id), option.prompt)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the setting is and what it may be."""
        self.query_one("#panel-about", Static).update(about(self._current))

    def on_key(self, event: Key) -> None:
        """Left and right change the value."""
        if event.key in ("left", "right") and self.query_one(OptionList).has_focus:
            event.stop()
            event.prevent_default()
            self.post_message(Stepped(self._current, 1 if event.key == "right" else -1))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Type the value in the line below."""
        line = self.query_one(Input)
        line.disabled = False
        line.value = str(self._experiment.settings()[self._current])
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the effect of what is typed, once it is a value."""
        if not event.input.disabled:
            self.post_message(Previewed(self._current, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        self.post_message(Picked(self._current, event.value))

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Leaving the line by other ways than enter and escape gives up what was typed."""
        event.input.disabled = True

    @property
    def typing(self) -> bool:
        """Whether the line is open."""
        return not self.query_one(Input).disabled

    def stop_typing(self) -> None:
        """Back to the list."""
        line = self.query_one(Input)
        line.disabled = True
        line.value = ""
        self.query_one(OptionList).focus()


def _setting_line(name: str, value: object, default: object) -> Text:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return Text.assemble(
        f"{name:<16} ",
        (text, "bold" if value != default else "dim"),
        no_wrap=True,
        overflow="ellipsis",
    )


def about(setting: str) -> str:
    """What a setting is, and what it may be."""
    domain = DOMAINS[setting]
    if isinstance(domain, Choice):
        return f"{SETTING_HELP[setting]}"
    low, high = getattr(domain, "low", ""), getattr(domain, "high", "")
    return f"{SETTING_HELP[setting]} ({low:g} to {high:g})"
