"""What keys do in a step of the tour: which answer, which go on, and which have to wait."""

from collections.abc import Iterable
from dataclasses import replace

from tui.state.actions import BY_ID, Action
from tui.state.keys import ANSWERING_KEYS
from tui.state.lessons import Step
from tui.state.state import State
from tui.state.tour import Stage, Told, Tour

REVEALING = {"play", "step_forward", "step_back", "train", "race"}
"""What would show a network at work before it is said what is expected of it."""

CHANGING = {"network", "experiment", "wave", "training"}
"""Groups of actions that make another network of it, or show it at work."""


TOWARDS = {"left": -1, "down": -1, "right": 1, "up": 1}
"""Where arrows move the cursor that picks a layer, by their keys."""


def is_over(tour: Tour) -> bool:
    """Whether enter goes on: what a step waits for has happened, or there is nothing."""
    is_read = tour.stage is Stage.READING and not (tour.step.until and tour.step.keys)
    return is_read or tour.stage in (Stage.DONE, Stage.COMPARED)


def takes(tour: Tour, key: str, has_table: bool) -> bool:
    """Whether a key answers the question, goes through the table, or goes on."""
    asked = tour.step.question
    if tour.question is not None:
        return not key.isdigit() or 1 <= int(key) <= len(tour.question.choices)
    if key == "enter":
        return is_over(tour) or "train" not in {action.id for action in tour.asks_for}
    if key in ("up", "down"):
        # whoever goes through a table that was asked for does not ask for fewer layers
        return has_table and "table" in {action.id for action in tour.asks_for}
    return key.isdigit() and tour.stage is Stage.ANSWERED and bool(asked and asked.choices)


def left_over(told: Told, actions: Iterable[Action], has_table: bool) -> tuple[Action, ...]:
    """The actions whose first key does just now what it does without the tour."""
    if not isinstance(told, Tour):
        return tuple(actions)
    taken = {key for key in ANSWERING_KEYS if takes(told, key, has_table)}
    return tuple(action for action in actions if action.keys[0] not in taken)


def rethought(tour: Tour, answer: int, state: State) -> Tour:
    """With another answer, if there is that one and nothing of the measurement is seen yet."""
    asked = tour.step.question
    is_choice = asked is not None and 1 <= answer <= len(asked.choices)
    is_open = tour.step.keys and state.run == tour.since.state.run
    return replace(tour, expected=answer) if is_choice and is_open else tour


def trained_to(step: Step) -> int:
    """Where a training ends that a step waits for; 0 where it waits for none."""
    return next((int(c.arguments[0]) for c in step.until if c.name == "trained"), 0)


def held(tour: Tour, action: str, state: State) -> str | None:
    """The code of what to say instead of that action, if it has to wait."""
    if BY_ID[action].group in CHANGING and not tour.is_prepared:
        return "step_prepares"
    asked = [wanted.id for wanted in tour.asks_for]
    if tour.question is not None and (action in REVEALING or action in asked):
        return "answer_first"
    is_as_begun = state.experiment == tour.since.state.experiment
    others = [id for id in asked if id != "train"]
    if action == "train" and others and is_as_begun and tour.stage is Stage.ANSWERED:
        # trained on, the network that was there before would answer in place of the other
        return "press_first"
    return None
