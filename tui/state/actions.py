"""Every action: its keys and what it does to the state, in one table.

Bindings, key line, help and command palette are made from it, with the words by id of
`tui.words.actions`. What has no `apply` is no pure change of the state: it stands by its id in the
session's controller, in an opener of `tui.screens` or, where Textual does it, in the app.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tui.state import changes
from tui.state.layer_columns import WORST_FIRST
from tui.state.state import State
from tui.state.views import VIEWS


@dataclass(frozen=True)
class Action:
    """One thing a key does.

    `apply` goes from state to state, one of a log in that table.
    `keys` are Textual's key names, the first one shown; where `rank` is set the action may stand on
    the key line, and the lowest are the last to be left out.
    """

    id: str
    keys: tuple[str, ...]
    group: str
    apply: Callable[[Any], Any] | None = None
    rank: int | None = None


def _action(
    group: str, keys: str, id: str, apply: changes.Change | None = None, rank: int | None = None
) -> Action:
    return Action(id, tuple(keys.split()), group, apply, rank)


ACTIONS: tuple[Action, ...] = (
    _action("network", "a", "next_activation", changes.ring("activation"), 1),
    _action("network", "A", "pick_activation"),
    _action("network", "i", "next_init", changes.ring("init"), 2),
    _action("network", "I", "pick_init"),
    _action("network", "r", "next_residual", changes.ring("residual"), 3),
    _action("network", "n", "next_norm", changes.ring("norm"), 6),
    _action("network", "b", "toggle_batch_norm", changes.batch_norm),
    _action("network", "up", "deeper", changes.add_depth(1), 10),
    _action("network", "down", "shallower", changes.add_depth(-1)),
    _action("network", "right_curly_bracket", "much_deeper", changes.add_depth(10)),
    _action("network", "left_curly_bracket", "much_shallower", changes.add_depth(-10)),
    _action("network", "w", "wider", changes.times("width", 2)),
    _action("network", "W", "narrower", changes.times("width", 0.5)),
    _action("network", "g", "more_gain", changes.times("gain", 1.1)),
    _action("network", "G", "less_gain", changes.times("gain", 1 / 1.1)),
    _action("experiment", "x", "next_dataset", changes.ring("dataset"), 18),
    _action("experiment", "s", "new_seed", changes.new_seed, 19),
    _action("experiment", "0", "default_experiment", changes.default_experiment),
    _action("experiment", "X", "presets", None, 5),
    _action("experiment", "R", "next_remedy", None, 7),
    _action("experiment", "f", "apply_remedy", None, 13),
    _action("experiment", "tab", "settings", None, 16),
    _action("experiment", "u", "undo", State.undone, 17),
    _action("experiment", "ctrl+r", "redo", State.redone),
    _action("wave", "space", "play", None, 11),
    _action("wave", "full_stop", "step_forward"),
    _action("wave", "comma", "step_back"),
    _action("training", "enter", "train", None, 9),
    _action("training", "backspace", "rewind", State.rewound),
    _action("training", "V", "race"),
    _action("training", "o", "next_optimizer", changes.next_optimizer),
    _action("training", "l", "faster_learning", changes.learning_rate(1)),
    _action("training", "L", "slower_learning", changes.learning_rate(-1)),
    _action("training", "c", "next_clipping", changes.next_clipping),
    _action("training", "k", "next_picture", changes.next_picture),
    _action("wave", "less_than_sign", "slower", partial(State.faster, step=-1)),
    _action("wave", "greater_than_sign", "faster", partial(State.faster, step=1)),
    *(
        _action("view", key, f"view_{name}", partial(State.viewing, view=name))
        for name, key in VIEWS.items()
    ),
    _action("view", "m", "next_metric", State.with_next_metric, 14),
    _action("view", "t", "toggle_theory", State.with_theory_toggled),
    _action("view", "B", "toggle_seeds"),
    _action("view", "d", "report", None, 4),
    _action("view", "h", "legend", changes.toggled("legend"), 12),
    _action("view", "p", "pin", None, 15),
    _action("view", "v", "table", changes.toggled("table")),
    _action("view", "S", "sort_table", State.sorted_by_next),
    _action("view", "D", "worst_first", partial(State.sorted_by, sort=WORST_FIRST)),
    _action("view", "P", "swap_pinned"),
    _action("view", "left", "cursor_left", lambda state: state.moved(state.cursor - 1)),
    _action("view", "right", "cursor_right", lambda state: state.moved(state.cursor + 1)),
    _action("view", "home", "cursor_first", lambda state: state.moved(1)),
    _action("view", "end", "cursor_last", lambda state: state.moved(state.depth)),
    _action("view", "pageup", "cursor_page_left", lambda state: state.moved(state.cursor - 10)),
    _action("view", "pagedown", "cursor_page_right", lambda state: state.moved(state.cursor + 10)),
    _action("view", "equals_sign", "refit"),
    _action("view", "z", "present"),
    _action("view", "T", "pick_theme"),
    _action("view", "Z", "next_language"),
    _action("view", "escape", "close"),
    _action("tour", "6", "tour", None, 8),
    _action("tour", "right_square_bracket", "next_step"),
    _action("tour", "left_square_bracket", "previous_step"),
    _action("tour", "Q", "quiz"),
    _action("share", "y", "copy_command"),
    _action("share", "e", "export"),
    _action("app", "colon ctrl+p", "command_palette"),
    _action("app", "question_mark", "help", None, 1),
    _action("app", "number_sign", "show_link"),
    _action("app", "q", "quit"),
    _action("app", "ctrl+c", "quit_now"),
    _action("app", "ctrl+z", "suspend"),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
