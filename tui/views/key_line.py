"""The line of keys under everything else."""

from rich.style import Style
from rich.text import Text

from tui.charts.painter import Painter, empty_line
from tui.state.actions import Action
from tui.state.keys import key_label
from tui.style.looks import KEY, QUIET
from tui.words.actions import action_words

ALWAYS = ("help", "quit")
UP_AND_DOWN = "↑↓"


def key_line(painter: Painter, actions: tuple[Action, ...], width: int, first: str = "") -> Text:
    """As many keys as fit, the most important first; a click on one does the same.

    `first` is a group of actions that goes before the others.
    """
    ranked = sorted(
        (a for a in actions if a.rank is not None), key=lambda a: (a.group != first, a.rank or 0)
    )
    left = width + 2 - sum(_cost(key_label(a.keys[0]), a) for a in ranked if a.id in ALWAYS)
    line = empty_line()
    for action in ranked:
        label = UP_AND_DOWN if action.keys[0] == "up" else key_label(action.keys[0])
        key = painter.glyphs.spell(label)
        if action.id not in ALWAYS:
            if _cost(key, action) > left:
                continue
            left -= _cost(key, action)
        click = Style(meta={"action": action.id})
        line.append("  " if line else "")
        line.append(key, painter.palette.style(KEY, bold=True) + click)
        line.append(f" {action_words(action.id).hint}", painter.palette.style(QUIET) + click)
    return line


def _cost(key: str, action: Action) -> int:
    return len(key) + len(action_words(action.id).hint) + 3
