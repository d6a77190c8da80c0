"""The line of keys under everything else."""

from rich.style import Style
from rich.text import Text

from tui.charts.painter import Painter, empty_line
from tui.state.actions import Action
from tui.state.keys import key_label
from tui.style.looks import KEY, QUIET
from tui.words.actions import action_words

FIRST: dict[str, tuple[str, ...]] = {
    "chain": (
        *("play", "cursor_left", "next_activation", "next_init", "next_residual", "next_norm"),
        "legend",
    ),
    "activation": ("cursor_left", "next_activation", "next_init", "next_norm", "next_residual"),
    "training": (
        *("train", "faster_learning", "next_optimizer", "next_picture", "next_clipping"),
        "rewind",
    ),
}
"""By view, the actions that go before all others there."""

ALWAYS = "help"

_PAIRS = {"up": "↑↓", "left": "← →"}
"""Keys that stand for themselves and for the one that undoes them."""


def key_line(painter: Painter, actions: tuple[Action, ...], width: int, view: str) -> Text:
    """As many keys as fit, in the order of the table; a click on one does the same."""
    places = {name: place for place, name in enumerate(FIRST.get(view, ()))}
    first = {action.id: places.get(action.id, len(places)) for action in actions}
    listed = [action for action in actions if action.rank is not None or action.id in places]
    left, shown = width + 2, []
    for action in sorted(listed, key=lambda a: (a.id != ALWAYS, first[a.id], a.rank or 0)):
        cost = painter.length(f"{_label(action)} {action_words(action.id).hint}") + 2
        if cost <= left:
            shown.append(action.id)
            left -= cost
    line = empty_line()
    for action in sorted(listed, key=lambda a: first[a.id]):
        if action.id not in shown:
            continue
        click = Style(meta={"action": action.id})
        line.append("  " if line else "")
        label = painter.glyphs.spell(_label(action))
        line.append(label, painter.palette.style(KEY, bold=True) + click)
        line.append(f" {action_words(action.id).hint}", painter.palette.style(QUIET) + click)
    return line


def _label(action: Action) -> str:
    return _PAIRS.get(action.keys[0], key_label(action.keys[0]))
