"""A list beside the chart: one entry is taken, and the chart shows the one that is lit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.screens.panel import Panel, list_option
from tui.screens.sentence import Sentence
from tui.words.language import _
from tui.words.screens import LOOK_HINT, panel_title


def _nothing(entry: str = "") -> None:
    """For lists without a preview."""


@dataclass(frozen=True)
class Entry:
    """One line of the list, and what is said about it below."""

    id: str
    title: str
    about: str = ""


class Choices(Panel):
    """Entries under a title of `panel_title`.

    `preview` shows one, `take` takes it, `back` undoes the previews.
    """

    def __init__(
        self,
        title: str,
        entries: Callable[[], Sequence[Entry]],
        take: Callable[[str], None],
        preview: Callable[[str], None] = _nothing,
        back: Callable[[], None] = _nothing,
        current: str = "",
    ) -> None:
        super().__init__()
        self._title, self._entries = title, entries
        self._take, self._preview, self._back = take, preview, back
        self._current = current

    def heads(self) -> tuple[str, str]:
        """The title, and what keys do."""
        return panel_title(self._title), _(LOOK_HINT)

    def options(self) -> Sequence[Option]:
        """The titles."""
        return [list_option(entry.id, entry.title) for entry in self._entries()]

    def tell(self, entry: str) -> None:
        """What the entry is."""
        self.about.update(Sentence(next(e.about for e in self._entries() if e.id == entry)))

    def on_mount(self) -> None:
        """Start at the entry that holds now."""
        self.relabel()
        self.start_at(self._current)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the entry would do."""
        if event.option_id is not None and self.is_open:
            self.tell(event.option_id)
            self._preview(event.option_id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do it."""
        if event.option_id is not None and self.is_open:
            self._take(event.option_id)

    def give_up(self) -> None:
        """Undo what was only looked at."""
        self._back()


class Picker(Choices):
    """A list whose entries show what they mean."""

    def options(self) -> Sequence[Option]:
        """Name and formula of each entry."""
        return [
            list_option(entry.id, (entry.title, "bold"), "\n", (f"  {entry.about}", "dim"))
            for entry in self._entries()
        ]

    def below(self) -> ComposeResult:
        """Nothing: the formulas stand in the list."""
        yield from ()
