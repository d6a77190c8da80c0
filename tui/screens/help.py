"""All keys, from the action table, and a line to search in them."""

from collections.abc import Iterable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from tui.screens.field import Field
from tui.screens.laid_out import LaidOut
from tui.screens.modal import LONGEST_SEARCH, Modal
from tui.screens.sentence import Sentence
from tui.state.actions import ACTIONS, Action
from tui.state.keys import ascii_twins, key_label
from tui.words.actions import action_words, group_title
from tui.words.language import _
from tui.words.screens import HELP_FOOT, NOTHING_MATCHES, SEARCH

LEAST_FOR_COLUMNS = 76
"""Columns of a terminal on which explanations have room for a column of their own."""


def matches(action: Action, words: str) -> bool:
    """Whether every one of the words is in the action's key, name, group or explanation."""
    about = action_words(action.id)
    keys, group = map(key_label, action.keys), group_title(action.group)
    text = " ".join((*keys, action.id, about.label, about.tooltip, group)).lower()
    return all(word in ascii_twins(text) for word in ascii_twins(words).lower().split())


def help_table(
    actions: Iterable[Action] = ACTIONS, words: str = "", is_narrow: bool = False
) -> Table:
    """The actions that match, with their keys, group by group.

    Where it `is_narrow` an explanation follows its label instead of standing in a column.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True, style="bold", min_width=9)
    if is_narrow:
        table.add_column(overflow="fold")
    else:
        table.add_column(no_wrap=True, min_width=24)
        table.add_column(style="dim", overflow="fold")
    found = [action for action in actions if matches(action, words)]
    for group in dict.fromkeys(action.group for action in found):
        rows = [action for action in found if action.group == group]
        if rows:
            table.add_row("", Text(group_title(group), style="bold underline"))
            for action in rows:
                keys = " ".join(map(key_label, action.keys))
                title, about = action_words(action.id)[:2]
                one = Text.assemble(title, "  ", (about, "dim"))
                table.add_row(keys, *((one,) if is_narrow else (title, Sentence(about))))
            table.add_row("")
    if not found:
        table.add_row("", _(NOTHING_MATCHES))
    return table


class HelpScreen(Modal):
    """The keys, over the chart; / filters them."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 96%; max-width: 100; height: 90%; padding: 0 2;
                            background: $surface; }
    HelpScreen VerticalScroll { height: 1fr; margin: 1 0; scrollbar-size-vertical: 1; }
    HelpScreen Input { border: none; height: 1; padding: 0 1; background: $boost; }
    HelpScreen .quiet { color: $text-muted; height: 1; text-wrap: nowrap; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", show=False),
        Binding("slash", "search", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("home,g", "to_top", show=False),
        Binding("end,G", "to_end", show=False),
    ]

    def __init__(self, actions: tuple[Action, ...] = ACTIONS) -> None:
        super().__init__()
        self._actions = actions
        # not open yet: keys typed ahead are for the app, not for the search
        self._line = Field(placeholder=_(SEARCH), disabled=True, max_length=LONGEST_SEARCH)
        self._list, self._table = VerticalScroll(can_focus=False), Static(id="table")
        self._foot = Static(_(HELP_FOOT), classes="quiet")
        # the key that opened it closes it
        opener = next(action for action in actions if action.id == "help")
        for key in opener.keys:
            self._bindings.bind(key, "dismiss", show=False)

    def compose(self) -> ComposeResult:
        """A line to type in over a scrolling list of keys."""
        with Vertical():
            yield self._line
            with self._list:
                yield self._table
            yield self._foot

    def relabel(self) -> None:
        """All words anew."""
        self._line.placeholder = _(SEARCH)
        self._foot.update(_(HELP_FOOT))
        self._write()

    def action_search(self) -> None:
        """Open the line to type in."""
        self._line.disabled = False
        self._line.focus()

    def on_input_changed(self) -> None:
        """Show what matches."""
        self._write()

    def on_resize(self) -> None:
        """Lay the list out for the room that there is."""
        self._write()

    def _write(self) -> None:
        is_narrow = self.app.size.width < LEAST_FOR_COLUMNS
        self._table.update(LaidOut(help_table(self._actions, self._line.value, is_narrow)))

    def action_scroll(self, rows: int) -> None:
        """Up or down the list."""
        self._list.scroll_relative(y=rows, animate=False)

    def action_to_top(self) -> None:
        """To the first key."""
        self._list.scroll_home(animate=False)

    def action_to_end(self) -> None:
        """To the last key."""
        self._list.scroll_end(animate=False)
