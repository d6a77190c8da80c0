"""All keys, from the action table, and a line to search in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.actions import ACTIONS, GROUPS, Action, bound_keys, key_label

MOUSE = "mouse: click bars and hints, wheel: cursor"


def matches(action: Action, words: str) -> bool:
    """Whether every one of the words is in the action's key, name, group or explanation."""
    keys = " ".join(map(key_label, action.keys))
    text = f"{keys} {action.id} {action.label} {action.tooltip} {GROUPS[action.group]}".lower()
    return all(word in text for word in words.lower().split())


def help_table(actions: Iterable[Action] = ACTIONS, words: str = "") -> Table:
    """The actions that match, with their keys, group by group."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True, style="bold", min_width=9)
    table.add_column(no_wrap=True, min_width=24)
    table.add_column(style="dim", overflow="fold")
    found = [action for action in actions if matches(action, words)]
    for group, title in GROUPS.items():
        rows = [action for action in found if action.group == group]
        if rows:
            table.add_row("", Text(title, style="bold underline"), "")
            for action in rows:
                keys = " ".join(map(key_label, action.keys))
                table.add_row(keys, action.label, action.tooltip)
            table.add_row("", "", "")
    if not found:
        table.add_row("", "nothing matches", "")
    return table


class Search(Input):
    """A line to type in, but not the keys that close the screen."""

    def __init__(self, closing: frozenset[str]) -> None:
        super().__init__(placeholder="type to search the keys", compact=True)
        self._closers = closing

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether the line takes a key that a binding would like too."""
        return key not in self._closers and super().check_consume_key(key, character)


class HelpScreen(ModalScreen[None]):
    """The keys, over the chart; typing filters them."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 96%; max-width: 100; height: 90%; padding: 1 2;
                            background: $surface; }
    HelpScreen VerticalScroll { height: 1fr; margin: 1 0; scrollbar-size-vertical: 1; }
    HelpScreen Input { border: none; height: 1; padding: 0 1; background: $boost; }
    HelpScreen .quiet { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", show=False),
        Binding("up", "scroll(-1)", "Up", show=False, priority=True),
        Binding("down", "scroll(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll(-10)", "Page up", show=False, priority=True),
        Binding("pagedown", "scroll(10)", "Page down", show=False, priority=True),
    ]

    def __init__(self, actions: tuple[Action, ...] = ACTIONS) -> None:
        super().__init__()
        self._actions = actions
        # the key that opened it closes it, unless it is a letter to search with
        opener = next(action for action in actions if action.id == "help")
        self._closers = frozenset(key for key in bound_keys(opener) if len(key) > 1)
        for key in self._closers:
            self._bindings.bind(key, "dismiss", "Close", show=False, priority=True)

    def compose(self) -> ComposeResult:
        """A line to type in over a scrolling list of keys."""
        with Vertical():
            yield Search(self._closers)
            with VerticalScroll(can_focus=False):
                yield Static(help_table(self._actions), id="table")
            yield Static(f"↑↓ scroll, esc closes   {MOUSE}", classes="quiet")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what matches."""
        self.query_one("#table", Static).update(help_table(self._actions, event.value))

    def action_scroll(self, rows: int) -> None:
        """Up or down the list."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
