"""Which keys lead from an experiment to another value of a setting."""

from collections.abc import Callable
from typing import NamedTuple

from engine import Experiment
from engine.diagnosis.remedies import Candidate
from tui.state.actions import BY_ID
from tui.state.changes import RINGS
from tui.state.keys import key_label

MOST_PRESSES = 3

Keys = Callable[[str], str]
"""The label of an action's first key."""


class Way(NamedTuple):
    """An action's id, and how often its key is pressed."""

    action: str
    presses: int = 1


def default_keys(action: str) -> str:
    """The key that an action has unless somebody remapped it."""
    return key_label(BY_ID[action].keys[0])


def way_of(experiment: Experiment, candidate: Candidate) -> Way:
    """The action that makes a candidate's change."""
    setting, value = candidate.setting, candidate.value
    if (setting, value) == ("norm", "batch"):
        return Way("toggle_batch_norm")
    ring, pick = RINGS.get(setting, ()), f"pick_{setting}"
    other = pick if pick in BY_ID else "settings"
    if value not in ring:
        return Way(other)
    now = experiment.settings()[setting]
    start = ring.index(str(now)) if now in ring else -1
    # from outside the ring to its end it is once round
    presses = (ring.index(str(value)) - start) % len(ring) or len(ring)
    return Way(f"next_{setting}", presses) if presses <= MOST_PRESSES else Way(other)


def keys_to(experiment: Experiment, candidate: Candidate, keys: Keys = default_keys) -> str:
    """The labels of the keys that make a candidate's change."""
    way = way_of(experiment, candidate)
    return " ".join([keys(way.action)] * way.presses)
