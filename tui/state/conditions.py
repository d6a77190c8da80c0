"""When a step of the tour is done: conditions on what is shown, in one table."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from engine.experiment.domains import Choice, Domain, Value, Whole
from engine.experiment.sections import DOMAINS
from tui.state.animations import Phase
from tui.state.lessons import Condition
from tui.state.scene import Scene
from tui.state.state import SHARED, State
from tui.words.verdict import KIND_WORDS


@dataclass(frozen=True)
class Since:
    """What a step began with, and whether a wave has been under way since."""

    state: State
    waved: bool = False


class Rule(NamedTuple):
    """Whether a condition holds, what the word after its name may be, and whether one follows it.

    That one is a value of what the word before names.
    """

    holds: Callable[..., bool]
    argument: Domain | None = None
    has_value: bool = False


def spelled(value: Value) -> str:
    """As flags spell it."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def value_of(state: State, name: str) -> str:
    """A setting or a field of the screen as flags spell it."""
    if name in DOMAINS:
        return spelled(state.experiment.settings()[name])
    return spelled(getattr(state, name))


def _ended(scene: Scene, since: Since) -> bool:
    return since.waved and scene.wave.phase is Phase.DONE


def _reached(scene: Scene, since: Since, layer: str) -> bool:
    wave = scene.wave
    comes_back = wave.phase is Phase.BACKWARD and wave.reached <= int(layer)
    return comes_back or _ended(scene, since)


def _is(scene: Scene, since: Since, name: str, value: str) -> bool:
    return value_of(scene.ours, name) == value


def _changed(scene: Scene, since: Since, name: str) -> bool:
    if name == "experiment":
        return scene.ours.experiment != since.state.experiment
    return value_of(scene.ours, name) != value_of(since.state, name)


NAMES = (*DOMAINS, *SHARED)
"""What `is` and `changed` can be about."""

_COUNT, _KIND = Whole(1, sys.maxsize), Choice(tuple(KIND_WORDS))

CONDITIONS: dict[str, Rule] = {
    "wave_ended": Rule(_ended),
    "wave_reached": Rule(_reached, _COUNT),
    "is": Rule(_is, Choice(NAMES), has_value=True),
    "changed": Rule(_changed, Choice((*NAMES, "experiment"))),
    "trained": Rule(lambda scene, since, step: scene.trace.step >= int(step), _COUNT),
    "verdict": Rule(lambda scene, since, kind: scene.verdict.kind == kind, _KIND),
    "pinned": Rule(lambda scene, since: scene.state.pinned is not None),
    "diagnosed": Rule(lambda scene, since: scene.diagnosis is not None),
}
"""By name; `tui/words/lessons/README.md` says what each is for."""


def are_met(conditions: Iterable[Condition], scene: Scene, since: Since) -> bool:
    """Whether all of them hold, of what is asked for and not of what is still computed."""
    return not scene.computing and all(
        CONDITIONS[c.name].holds(scene, since, *c.arguments) for c in conditions
    )
