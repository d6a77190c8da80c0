"""When a step of the tour is done: conditions on what is shown, in one table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from engine.experiment.sections import DOMAINS
from tui.state.animations import Phase
from tui.state.lessons import Condition
from tui.state.scene import Scene
from tui.state.state import SHARED, State


@dataclass(frozen=True)
class Since:
    """What a step began with, and whether a wave has been under way since."""

    state: State
    waved: bool = False


class Rule(NamedTuple):
    """How many words follow a condition's name, and whether it holds."""

    holds: Callable[..., bool]
    arguments: int = 0


def value_of(state: State, name: str) -> str:
    """A setting or a field of the screen as flags spell it."""
    if name in DOMAINS:
        return str(state.experiment.settings()[name])
    value = getattr(state, name)
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def _ended(scene: Scene, since: Since) -> bool:
    return since.waved and scene.wave.phase is Phase.DONE


def _reached(scene: Scene, since: Since, layer: str) -> bool:
    wave = scene.wave
    comes_back = wave.phase is Phase.BACKWARD and wave.reached <= int(layer)
    return comes_back or _ended(scene, since)


def _is(scene: Scene, since: Since, name: str, value: str) -> bool:
    return value_of(scene.state, name) == value


def _changed(scene: Scene, since: Since, name: str) -> bool:
    if name == "experiment":
        return scene.state.experiment != since.state.experiment
    return value_of(scene.state, name) != value_of(since.state, name)


CONDITIONS: dict[str, Rule] = {
    "wave_ended": Rule(_ended),
    "wave_reached": Rule(_reached, 1),
    "is": Rule(_is, 2),
    "changed": Rule(_changed, 1),
    "trained": Rule(lambda scene, since, steps: scene.trace.step >= int(steps), 1),
    "verdict": Rule(lambda scene, since, kind: scene.verdict.kind == kind, 1),
    "pinned": Rule(lambda scene, since: scene.state.pinned is not None),
    "diagnosed": Rule(lambda scene, since: scene.diagnosis is not None),
}
"""By name; `tui/words/lessons/README.md` says what each is for."""

NAMES = (*DOMAINS, *SHARED)
"""What `is` and `changed` can be about."""


def are_met(conditions: Iterable[Condition], scene: Scene, since: Since) -> bool:
    """Whether all of them hold, of what is asked for and not of what is still computed."""
    return not scene.computing and all(
        CONDITIONS[c.name].holds(scene, since, *c.arguments) for c in conditions
    )
