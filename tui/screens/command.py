"""What is too long for one line: a command that was copied, the place of a file."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.screens.modal import Modal
from tui.words.foreign import visible
from tui.words.language import _
from tui.words.screens import CLOSES


class ShareScreen(Modal):
    """A text in full, to be read or selected, under a line that says what it is."""

    DEFAULT_CSS = """
    ShareScreen { align: center middle; }
    ShareScreen Vertical { width: 90%; max-width: 100; height: auto; padding: 1 2;
                           background: $surface; }
    ShareScreen Static { height: auto; margin-bottom: 1; }
    ShareScreen #shared { color: $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q,y,e", "dismiss", show=False)
    ]

    def __init__(self, title: Callable[[], str], text: str) -> None:
        super().__init__()
        self._title, self._text = title, text
        self._head, self._foot = Static(), Static()

    def compose(self) -> ComposeResult:
        """The title, the text, and how to close it."""
        with Vertical():
            yield self._head
            yield Static(Content(visible(self._text)), id="shared")
            yield self._foot

    def on_mount(self) -> None:
        """Say what it is."""
        self.relabel()

    def relabel(self) -> None:
        """All words anew."""
        self._head.update(self._title())
        self._foot.update(_(CLOSES))
