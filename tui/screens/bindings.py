"""The action table's keys as Textual's bindings, and which of them count when."""

from collections.abc import Iterable

from textual.binding import Binding

from tui.state.actions import ACTIONS
from tui.state.keys import bound_keys
from tui.words.actions import action_words

ANYWHERE = {"quit", "quit_now", "suspend"}
WITHOUT_ROOM = {*ANYWHERE, "close"}
BESIDE_PANEL = {*WITHOUT_ROOM, "help", "command_palette"}
"""The actions that work under another screen, on too small a screen, and beside a panel."""

BEFORE_OTHERS = {"quit_now", "suspend", "settings", "close"}
"""These win over a screen's or an input's own use of the key."""


def bindings() -> Iterable[Binding]:
    """A binding for each action: all of its keys."""
    for action in ACTIONS:
        words = action_words(action.id)
        yield Binding(
            ",".join(bound_keys(action.keys)),
            f"apply('{action.id}')",
            words.label,
            show=False,
            priority=action.id in BEFORE_OTHERS,
            tooltip=words.tooltip,
            id=action.id,
        )
