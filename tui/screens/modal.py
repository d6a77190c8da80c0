"""A screen over the main one."""

from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.screens.bindings import ANYWHERE
from tui.state.scene import Scene, Waiting

LONGEST_SEARCH = 60
"""Characters of what is searched: Textual takes minutes over a long line of wide ones."""


class Over:
    """What every screen over the main one does; of the table's actions it `takes` those."""

    takes: frozenset[str] = ANYWHERE

    def show(self, scene: Scene | Waiting) -> None:
        """Something is shown below it, or will be."""

    def relabel(self) -> None:
        """Say all in the language that is current now."""


class Modal(Over, ModalScreen[None]):
    """Goes once, however often it is told to, and never takes another screen with it."""

    # the app's own keys do not come through a modal screen; this one goes before no line's letters
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("Z", "app.apply('next_language')", show=False, id="next_language")
    ]

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go, if it is still there; keys that were pressed in one breath come later, too."""
        # Textual pops the screen on top, whichever that is
        return super().dismiss() if self.app.screen is self else AwaitComplete()
