"""The action table's keys as Textual's bindings, and which of them count when."""

from collections.abc import Iterable

from textual.binding import Binding

from tui.state.actions import Action
from tui.state.keys import ANSWERING_KEYS
from tui.words.actions import action_words

ANYWHERE = frozenset({"quit", "quit_now", "suspend", "next_language"})
WITHOUT_ROOM = {*ANYWHERE, "close"}
BESIDE_PANEL = {*WITHOUT_ROOM, "help", "command_palette"}
"""The actions that work under another screen, on too small a screen, and beside a panel."""


def counts(
    action: str, covering: frozenset[str] | None, is_too_small: bool, has_panel: bool
) -> bool:
    """Whether an action counts now: under a screen those that it takes, beside a panel few do."""
    if covering is not None:
        return action in covering
    if is_too_small:
        return action in WITHOUT_ROOM
    return not has_panel or action in BESIDE_PANEL


BEFORE_OTHERS = {"quit_now", "suspend", "settings", "close"}
"""These win over a screen's or an input's own use of the key."""


ANSWERING: tuple[Binding, ...] = tuple(
    Binding(key, f"app.answer('{key}')", show=False)
    for key in (*ANSWERING_KEYS, "pagedown", "pageup")
)
"""While the tour asks something: the main screen's, which go before those of actions."""


def bindings(actions: Iterable[Action]) -> Iterable[Binding]:
    """A binding for each action: all of its keys."""
    for action in actions:
        words = action_words(action.id)
        yield Binding(
            ",".join(action.keys),
            f"apply('{action.id}')",
            words.label,
            show=False,
            priority=action.id in BEFORE_OTHERS,
            tooltip=words.tooltip,
            id=action.id,
        )
