"""Changing settings as a person expects: one at a time, and never into nonsense."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine import Experiment, SettingError
from engine.experiment.domains import Choice, Real, Value, Whole
from engine.experiment.experiment import DEFAULTS, adapted
from engine.experiment.sections import DOMAINS
from tui.state.notices import Notice, error_notice, notice

T = TypeVar("T")

SMALLEST = 0.001
"""A step up from 0 lands here, and a step down from below it on 0."""


@dataclass(frozen=True)
class Edit:
    """The experiment after a change, and what there is to say about it."""

    experiment: Experiment
    notices: tuple[Notice, ...] = ()


def change(experiment: Experiment, **settings: Value) -> Edit:
    """Those settings changed; others that only go with what was switched off return to default.

    Raises SettingError where the new values are themselves the trouble.
    """
    changed, reset = adapted(experiment, **settings)
    defaults = tuple((name, DEFAULTS[name]) for name in reset)
    return Edit(changed, (notice("reset", settings=defaults),) if reset else ())


def next_of(ring: Sequence[T], value: T) -> T:
    """What comes after a value in a ring; its start for a value outside."""
    return ring[(ring.index(value) + 1) % len(ring) if value in ring else 0]


def next_in_ring(experiment: Experiment, setting: str, ring: Sequence[str], step: int = 1) -> Edit:
    """The setting's next value in a ring; values that make no sense are skipped, with the reason.

    A value outside the ring goes to its start.
    """
    current = experiment.settings()[setting]
    start = ring.index(str(current)) if current in ring else -1 if step > 0 else 0
    reasons: list[Notice] = []
    for offset in range(1, len(ring) + 1):
        value = ring[(start + step * offset) % len(ring)]
        try:
            edit = change(experiment, **{setting: value})
        except SettingError as error:
            reasons.append(error_notice(error, "skipped", value=value))
            continue
        return Edit(edit.experiment, (*reasons, *edit.notices))
    return Edit(experiment, tuple(reasons))


def stepped(experiment: Experiment, setting: str, step: int) -> Edit:
    """The setting one notch up (+1) or down (-1): next choice, whole number or 10 %."""
    domain, value = DOMAINS[setting], experiment.settings()[setting]
    if isinstance(domain, Choice):
        return next_in_ring(experiment, setting, domain.names, step)
    if isinstance(domain, Whole):
        return moved(experiment, setting, int(value) + step)
    return multiplied(experiment, setting, 1.1**step)


def moved(experiment: Experiment, setting: str, value: float) -> Edit:
    """A number set to `value`, or to the bound on its way there, with a word at the bound."""
    domain, current = DOMAINS[setting], experiment.settings()[setting]
    assert isinstance(domain, Whole | Real)
    within = min(max(value, domain.low), domain.high)
    if within == current:
        return Edit(experiment, (notice("at_bound", setting=setting, value=within),))
    return attempt(experiment, **{setting: within})


def attempt(experiment: Experiment, **settings: Value) -> Edit:
    """Those settings changed, or the same experiment with the reason why not."""
    try:
        return change(experiment, **settings)
    except SettingError as error:
        return Edit(experiment, (error_notice(error),))


def multiplied(experiment: Experiment, setting: str, by: float) -> Edit:
    """A number times `by`, within its bounds."""
    value = float(experiment.settings()[setting])
    if isinstance(DOMAINS[setting], Whole):
        return moved(experiment, setting, int(value * by))
    # three figures: 1.1 up and down again is where one started, and reads well
    scaled = float(f"{value * by:.3g}")
    if by > 1:
        return moved(experiment, setting, max(scaled, SMALLEST))
    return moved(experiment, setting, scaled if value > SMALLEST else 0.0)
