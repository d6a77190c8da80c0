"""All settings with their values; the chart shows the effect of every change."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.events import Key
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from engine.experiment.domains import Real, Whole
from engine.experiment.experiment import Experiment
from engine.experiment.sections import DOMAINS
from tui.screens.field import Field
from tui.screens.panel import Panel, list_option
from tui.screens.sentence import Sentence
from tui.state.screen_state import ScreenState
from tui.state.state import State
from tui.words.foreign import named
from tui.words.language import _
from tui.words.numbers import number
from tui.words.screens import SETTINGS_HINT, SETTINGS_TITLE
from tui.words.settings import SETTING_HELP, with_range

LONGEST = 4096
"""Characters of a value that is typed: as many as a path may have."""


class SettingsList(Panel):
    """Every setting with its value; left and right change it, enter types it.

    `preview` and `take` are given a setting and what is typed, `step` a setting and +1 or -1.
    """

    def __init__(
        self,
        experiment: Experiment,
        preview: Callable[[str, str], None],
        take: Callable[[str, str], None],
        step: Callable[[str, int], None],
    ) -> None:
        super().__init__()
        self._experiment = experiment
        self._preview, self._take, self._step = preview, take, step
        self.line = Field(disabled=True, max_length=LONGEST)

    def heads(self) -> tuple[str, str]:
        """The title, and what keys do."""
        return _(SETTINGS_TITLE), _(SETTINGS_HINT)

    def options(self) -> Sequence[Option]:
        """A line for each setting."""
        settings = self._experiment.settings()
        defaults = Experiment().settings()
        return [_setting_option(name, settings[name], defaults[name]) for name in DOMAINS]

    def below(self) -> ComposeResult:
        """What the setting is, and a line to type in."""
        yield from super().below()
        yield self.line

    @property
    def _current(self) -> str:
        return list(DOMAINS)[self.entries.highlighted or 0]

    def show(self, state: ScreenState) -> None:
        """Another state's values."""
        if not isinstance(state, State) or state.experiment == self._experiment:
            return
        self._experiment = state.experiment
        self.relabel()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the setting is and what it may be."""
        self.tell(self._current)

    def tell(self, entry: str) -> None:
        """What the setting is, and what it may be."""
        self.about.update(Sentence(about(entry)))

    def on_key(self, event: Key) -> None:
        """Left and right change the value."""
        if event.key in ("left", "right") and self.entries.has_focus and self.is_open:
            event.stop()
            event.prevent_default()
            self._step(self._current, 1 if event.key == "right" else -1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Type the value in the line below."""
        self.line.disabled = False
        self.line.value = str(self._experiment.settings()[self._current])
        self.line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the effect of what is typed, once it is a value."""
        if self.typing and self.is_open:
            self._preview(self._current, event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed."""
        if self.typing and self.is_open:
            self._take(self._current, event.value)

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Leaving the line by other ways than enter and escape gives up what was typed."""
        event.input.disabled = True

    @property
    def typing(self) -> bool:
        """Whether the line is open."""
        return not self.line.disabled

    def stop_typing(self) -> None:
        """Back to the list."""
        self.line.disabled = True
        self.line.value = ""
        self.entries.focus()


def _setting_option(name: str, value: object, default: object) -> Option:
    return list_option(
        name, f"{name:<16} ", (named(number(value)), "bold" if value != default else "dim")
    )


def about(setting: str) -> str:
    """What a setting is, and what it may be."""
    domain = DOMAINS[setting]
    if isinstance(domain, Whole | Real):
        return with_range(SETTING_HELP[setting], domain.low, domain.high)
    return SETTING_HELP[setting]
