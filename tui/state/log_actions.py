"""Every action on a log, in one table as that of `tui.state.actions`, and what is none there.

Where both tables have an action it has one id, and so the same words and a user's keys.
"""

from dataclasses import replace
from functools import partial

from tui.state.actions import ACTIONS, BY_ID, Action
from tui.state.log_state import LogState

_PLAYER: tuple[Action, ...] = (
    replace(BY_ID["play"], apply=LogState.played, rank=2),
    replace(BY_ID["step_forward"], apply=partial(LogState.stepped, steps=1), rank=3),
    replace(BY_ID["step_back"], apply=partial(LogState.stepped, steps=-1)),
    Action("jump_forward", ("right_curly_bracket",), "", partial(LogState.jumped, direction=1), 4),
    Action("jump_back", ("left_curly_bracket",), "", partial(LogState.jumped, direction=-1)),
    Action("log_start", ("backspace",), "", LogState.at_start, 9),
    Action("log_end", ("enter",), "", LogState.at_end, 5),
    BY_ID["slower"],
    replace(BY_ID["faster"], rank=6),
)

_OF_NETWORKS = {"toggle_seeds", "pin", "swap_pinned"}
_SHOWN = (action for action in ACTIONS if action.group == "view" and action.id not in _OF_NETWORKS)
_APP = (action for action in ACTIONS if action.group == "app")
_RANKS = {"next_metric": 1, "cursor_left": 7, "table": 8}

LOG_ACTIONS: tuple[Action, ...] = (
    *(replace(action, group="log") for action in _PLAYER),
    *(replace(a, rank=_RANKS.get(a.id, a.rank)) for a in _SHOWN),
    *_APP,
)

LOG_BY_ID: dict[str, Action] = {action.id: action for action in LOG_ACTIONS}

_TAKEN = {key for action in LOG_ACTIONS for key in action.keys}

ELSEWHERE: tuple[Action, ...] = tuple(
    action for action in ACTIONS if action.id not in LOG_BY_ID and _TAKEN.isdisjoint(action.keys)
)
"""What changes a network, or compares two: of a log that is played they say that it is one."""
