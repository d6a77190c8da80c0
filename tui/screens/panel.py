"""A list beside the chart."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.screens.lists import Entries
from tui.state.screen_state import ScreenState


def list_option(id: str, *parts: str | tuple[str, str]) -> Option:
    """An entry of a list, cut off where there is no room."""
    return Option(Text.assemble(*parts, no_wrap=True, overflow="ellipsis"), id=id)


class Panel(Vertical):
    """A titled list at the right of the chart; keys may come before it is up and once it is closed.

    What its widgets still have to say then counts no more: `is_open` is false.
    """

    DEFAULT_CSS = """
    Panel { width: 36; height: 1fr; background: $surface; padding: 0 1; }
    Panel Static { height: auto; color: $text-muted; }
    Panel #panel-title { text-style: bold; color: $text; }
    Panel Entries { height: 1fr; border: none; padding: 0; background: $surface;
                       scrollbar-size-vertical: 1; }
    Panel Entries:focus { border: none; background-tint: transparent 0%; }
    Panel Input { border: none; height: 1; padding: 0; background: $boost; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries, self.about = Entries(), Static(id="panel-about")
        self._head, self._hint = Static(id="panel-title"), Static(id="panel-hint")
        self.is_open = True

    def heads(self) -> tuple[str, str]:
        """What stands over the list, and what keys do."""
        return "", ""

    def options(self) -> Sequence[Option]:
        """The list's entries."""
        return ()

    def tell(self, entry: str) -> None:
        """Say something of the entry that is lit."""

    def relabel(self) -> None:
        """Say all in the language that is current now."""
        head, hint = self.heads()
        self._head.update(head)
        self._hint.update(hint)
        # the list is empty as long as the panel is not up
        for index, option in enumerate(self.options()[: self.entries.option_count]):
            self.entries.replace_option_prompt_at_index(index, option.prompt)
        lit = self.entries.highlighted_option
        if lit is not None and lit.id is not None:
            self.tell(lit.id)

    def below(self) -> ComposeResult:
        """What is said of the entry that is lit."""
        yield self.about

    def compose(self) -> ComposeResult:
        """Title, list, what belongs below it, and a line about keys."""
        yield self._head
        yield self.entries.set_options(self.options())
        yield from self.below()
        yield self._hint

    def on_mount(self) -> None:
        """Keys go to the list."""
        self.relabel()
        self.start_at("")

    def start_at(self, entry: str) -> None:
        """Keys go to the list, the one of that name lit."""
        ids = [option.id for option in self.entries.options]
        self.entries.highlighted = ids.index(entry) if entry in ids else 0
        self.entries.focus()

    def close(self) -> None:
        """Go, and say nothing more."""
        self.is_open = False
        self.remove()

    def show(self, state: ScreenState) -> None:
        """Another state is current."""

    def give_up(self) -> None:
        """Closed without a choice: undo what was only looked at."""
