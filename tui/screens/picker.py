"""All values of one setting; the chart shows the effect of the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.screens.panel import Panel, Picked, Previewed
from tui.words.panels import LOOK_HINT


class Picker(Panel):
    """All values of one setting, each with its formula."""

    def __init__(self, setting: str, entries: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__(setting, LOOK_HINT)
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
