"""All keys, from the action table."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.actions import ACTIONS, GROUPS, key_label


def help_table() -> Table:
    """Every action with its keys, group by group."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True, style="bold")
    table.add_column(no_wrap=True, min_width=24)
    table.add_column(style="dim", overflow="fold")
    for group, title in GROUPS.items():
        table.add_row("", Text(title, style="bold underline"), "")
        for action in ACTIONS:
            if action.group == group:
                keys = " ".join(key_label(key) for key in action.keys)
                table.add_row(keys, action.label, action.tooltip)
        table.add_row("", "", "")
    return table


class HelpScreen(ModalScreen[None]):
    """The keys, over the chart."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 76; max-width: 100%; height: 90%; padding: 1 2;
                                background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,fullwidth_question_mark", "dismiss", "Close", show=False)
    ]

    def compose(self) -> ComposeResult:
        """A scrolling list of keys."""
        with VerticalScroll():
            yield Static("Keys   (↑↓ scroll, esc closes)\n")
            yield Static(help_table())
