"""All values of one setting, each with its formula under it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets.option_list import Option

from tui.screens.choices import Choices


class Picker(Choices):
    """A list whose entries show what they mean."""

    def options(self) -> Sequence[Option]:
        """Name and formula of each entry."""
        return [
            Option(
                Text.assemble(
                    (entry.title, "bold"),
                    "\n",
                    (f"  {entry.about}", "dim"),
                    no_wrap=True,
                    overflow="ellipsis",
                ),
                id=entry.id,
            )
            for entry in self._entries.values()
        ]

    def below(self) -> ComposeResult:
        """Nothing: the formulas stand in the list."""
        yield from ()
