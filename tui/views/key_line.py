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
    "race": (
        *("play", "step_forward", "rewind", "close", "cursor_left", "slower", "next_metric"),
        *("copy_command", "help"),
    ),
}
"""By view, the actions that go before all others there."""

ALWAYS = "help"

_PAIRS = {"up": "↑↓", "left": "← →", "full_stop": ". ,", "less_than_sign": "< >"}
"""Keys that stand for themselves and for the one that undoes them."""

_BRIEF = {**_PAIRS, "enter": "↵"}

MOST_WANTED = 9
"""If not all actions up to this rank fit, the line is written in brief."""


def key_line(painter: Painter, actions: tuple[Action, ...], width: int, view: str) -> Text:
    """As many keys as fit, in the order of the table; a click on one does the same."""
    places = {name: place for place, name in enumerate(FIRST.get(view, ()))}
    first = {action.id: places.get(action.id, len(places)) for action in actions}
    listed = [action for action in actions if action.rank is not None or action.id in places]
    wanted = sorted(listed, key=lambda a: (a.id != ALWAYS, first[a.id], a.rank or 0))
    in_full = {action.id: _hint(action, False) for action in wanted}
    most = [" ".join(in_full[a.id]) for a in wanted if (a.rank or 0) <= MOST_WANTED]
    has_room = painter.length("  ".join(most)) <= width
    hints = in_full if has_room else {action.id: _hint(action, True) for action in wanted}
    left, shown = width + 2, []
    for action in wanted:
        cost = painter.length(" ".join(hints[action.id]).rstrip()) + 2
        if cost <= left:
            shown.append(action.id)
            left -= cost
    line = empty_line()
    for action in sorted(listed, key=lambda a: first[a.id]):
        if action.id not in shown:
            continue
        click = Style(meta={"action": action.id})
        line.append("  " if line else "")
        label, hint = hints[action.id]
        label = painter.glyphs.spell(label)
        line.append(label, painter.palette.style(KEY, bold=True) + click)
        if hint:
            hint = painter.glyphs.spell(f" {hint}")
            line.append(hint, painter.palette.style(QUIET) + click)
    return line


def _hint(action: Action, is_brief: bool) -> tuple[str, str]:
    """A key, and what it does in a word."""
    key, words = action.keys[0], action_words(action.id)
    label = (_BRIEF if is_brief else _PAIRS).get(key, key_label(key))
    return label, words.brief if is_brief and words.brief is not None else words.hint
