"""The command line that reproduces the screen, where it is too long for one line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.words.screens import CLOSES, COPIED


class ShareScreen(ModalScreen[None]):
    """The whole command, to be read or selected."""

    DEFAULT_CSS = """
    ShareScreen { align: center middle; }
    ShareScreen Vertical { width: 90%; max-width: 100; height: auto; padding: 1 2;
                           background: $surface; }
    ShareScreen Static { height: auto; margin-bottom: 1; }
    ShareScreen #command { color: $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space,q,y", "dismiss", show=False)
    ]

    def __init__(self, command: str) -> None:
        super().__init__()
        self._command = command

    def compose(self) -> ComposeResult:
        """What was copied."""
        with Vertical():
            yield Static(COPIED)
            yield Static(Content(self._command), id="command")
            yield Static(CLOSES)
