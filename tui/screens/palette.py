"""The command palette: a line to type in over all that can be done, the best match lit.

It is our own because Textual's (8.2) ends the app when keys come before it is up or after it has
gone: it fills its list bit by bit, and goes as often as it is told to.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.screens.field import Field
from tui.screens.lists import Entries
from tui.screens.modal import LONGEST_SEARCH, Modal
from tui.state.keys import ascii_twins
from tui.words.language import ENGLISH, _, speaking
from tui.words.screens import FIND_COMMAND, NOTHING_MATCHES


class PaletteScreen(Modal):
    """Commands by name; enter or a click does one, once the palette has gone."""

    DEFAULT_CSS = """
    PaletteScreen { align: center top; }
    PaletteScreen > Vertical { width: 96%; max-width: 100; height: auto; max-height: 90%;
                               margin-top: 2; padding: 1 2; background: $surface; }
    PaletteScreen Input { border: none; height: 1; padding: 0 1; background: $boost; }
    PaletteScreen Entries { height: auto; max-height: 70vh; border: none; padding: 0;
                            background: $surface; text-wrap: nowrap; text-overflow: ellipsis;
                            scrollbar-size-vertical: 1; }
    PaletteScreen Entries > .option-list--option-highlighted {
        color: $block-cursor-foreground; background: $block-cursor-background;
        text-style: $block-cursor-text-style; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        *(
            Binding(key, f"move('{way}')", show=False)
            for key, way in {
                "up": "cursor_up",
                "down": "cursor_down",
                "pageup": "page_up",
                "pagedown": "page_down",
                "ctrl+home": "first",
                "ctrl+end": "last",
            }.items()
        ),
    ]

    def __init__(self, commands: Callable[[], Iterable[SystemCommand]]) -> None:
        super().__init__()
        self._made_by = commands
        self._make()
        self._entries = Entries(compact=True)
        self._entries.can_focus = False

    def compose(self) -> ComposeResult:
        """The line over the list."""
        with Vertical():
            yield Field(placeholder=_(FIND_COMMAND), max_length=LONGEST_SEARCH)
            yield self._entries

    def _make(self) -> None:
        """The commands in this language, and their English names, which are found in any."""
        self._words: str | None = None
        self._commands = tuple(self._made_by())
        with speaking(ENGLISH):
            self._english = tuple(command.title for command in self._made_by())

    def relabel(self) -> None:
        """All words anew."""
        line = self.query_one(Field)
        line.placeholder = _(FIND_COMMAND)
        self._make()
        self._list(line.value)

    def on_mount(self) -> None:
        """Everything, to begin with."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """What matches."""
        self._list(event.value)

    def _list(self, value: str) -> None:
        words = ascii_twins(value).strip()
        if words == self._words:
            return
        self._words = words
        # an empty search fits everything, which the matcher does not know
        fits = [self._fit(words, i) if words else (1.0, ()) for i in range(len(self._commands))]
        found = sorted((i for i, fit in enumerate(fits) if fit[0]), key=lambda i: -fits[i][0])
        options = [_option(i, fits[i][1], self._commands[i]) for i in found]
        self._entries.set_options(options or [Option(_(NOTHING_MATCHES), disabled=True)])
        self._entries.highlighted = 0 if options else None

    def _fit(self, words: str, index: int) -> tuple[float, Sequence[int]]:
        """How well words fit a command's name or its English one, and where in the name."""
        match = FuzzySearch().match
        fit = match(words, ascii_twins(self._commands[index].title))
        return fit if fit[0] else (match(words, self._english[index])[0], ())

    def action_move(self, way: str) -> None:
        """Up or down the list."""
        getattr(self._entries, f"action_{way}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is lit, of all that was typed in the same breath."""
        self._list(event.value)
        self._take(self._entries.highlighted_option)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self._take(event.option)

    def _take(self, option: Option | None) -> None:
        """Go, and do it; a second enter in one breath finds that it is gone."""
        if self.app.screen is self and option is not None and option.id is not None:
            self.dismiss()
            self.app.call_later(self._commands[int(option.id)].callback)


def _option(index: int, places: Sequence[int], command: SystemCommand) -> Option:
    """A command with the letters that match underlined."""
    title = Content(command.title)
    for place in places:
        title = title.stylize("underline", place, place + 1)
    return Option(Content.assemble(title, "\n  ", (command.help, "dim")), id=str(index))
