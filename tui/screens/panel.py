"""A list beside the chart."""

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.state.state import State


def list_option(id: str, *parts: str | tuple[str, str]) -> Option:
    """An entry of a list, cut off where there is no room."""
    return Option(Text.assemble(*parts, no_wrap=True, overflow="ellipsis"), id=id)


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
        return ()

    def below(self) -> ComposeResult:
        """What is said of the entry that is lit."""
        yield Static("", id="panel-about")

    def compose(self) -> ComposeResult:
        """Title, list, what belongs below it, and a line about keys."""
        yield Static(self._title, id="panel-title")
        yield OptionList(*self.options())
        yield from self.below()
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
