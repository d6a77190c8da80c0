"""The cause by removal: the factor family without which the fewest decades are left."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.diagnosis.causes import Confirmation, opposing, shares
from engine.diagnosis.remedies import WORTH
from engine.diagnosis.verdict import Verdict, verdict
from engine.experiment.domains import Value
from engine.experiment.experiment import Experiment, adapted
from engine.measure.trace import Trace
from engine.network.cost import expected_seconds
from engine.numerics.errors import SettingError
from engine.training.trainer import run

_PLAIN: dict[str, Value] = {"gain": 1.0, "bias_std": 0.0}

REMOVALS: dict[str, tuple[dict[str, Value], ...]] = {
    "activation": ({"activation": "linear"}, {"activation": "tanh"}),
    "weight": ({"init": "lsuv", **_PLAIN}, {"init": "orthogonal", **_PLAIN}),
    "norm": ({"norm": "none"},),
    "skip": ({"residual": "none"}, {"residual_scale": "sqrt_depth"}),
    "scale": ({"residual_scale": "one"},),
}
"""How each factor family is taken out of a network; the setting that does it comes first."""

REMOVAL_SECONDS = 1.0
"""How long all removals together may be expected to take; beyond it none is run."""


@dataclass(frozen=True)
class Removal:
    """A family, the setting whose value takes it out, and the experiment without it."""

    family: str
    setting: str
    value: Value
    experiment: Experiment


def removals(experiment: Experiment) -> tuple[Removal, ...]:
    """Every family that is there taken out, in each way; () where that would take too long."""
    found = []
    for family, ways in REMOVALS.items():
        if family == "activation" and experiment.network.activation == "linear":
            continue
        for way in ways:
            try:
                changed, _ = adapted(experiment, **way)
            except SettingError:
                continue
            if changed != experiment:
                setting, value = next(iter(way.items()))
                found.append(Removal(family, setting, value, changed))
    seconds = sum(expected_seconds(removal.experiment) for removal in found)
    return tuple(found) if seconds <= REMOVAL_SECONDS else ()


def removals_for(trace: Trace) -> tuple[Removal, ...]:
    """What to run to confirm the cause of a verdict; () where nothing can be confirmed."""
    if trace.experiment is None or trace.step > 0 or verdict(trace).cause is None:
        return ()
    return removals(trace.experiment)


def confirmed(trace: Trace, outcomes: Sequence[tuple[Removal, Trace]]) -> Verdict:
    """The verdict on a Trace with the cause that those removals show.

    Without any the shares decide, and the confirmation says why nothing was taken out.

    Of the families whose removal leaves at most half of the decades, that with the largest share in
    their direction is the cause; where none has one, that whose removal leaves the fewest.
    """
    before = verdict(trace)
    if before.decades is None or before.cause is None:
        return before
    if not outcomes:
        untried = "trained" if trace.step > 0 else "too_large"
        return replace(before, confirmation=Confirmation(untried=untried))
    left = []
    for removal, without in outcomes:
        after = verdict(without)
        if after.decades is not None and after.kind not in ("dead", "overflow"):
            left.append((removal, after.decades))
    left.sort(key=lambda outcome: abs(outcome[1]))
    halved = [outcome for outcome in left if abs(outcome[1]) <= WORTH * abs(before.decades)]
    direction, shared = math.copysign(1.0, before.decades), shares(trace)
    halved.sort(key=lambda outcome: min(-direction * shared[outcome[0].family], 0.0))
    best = next(iter(halved), None)
    if best is None:
        pair = opposing(trace, math.copysign(1.0, before.decades))
        return replace(before, cause=None, confirmation=Confirmation(opposing=pair))
    removal, decades = best
    found = Confirmation(removal.setting, removal.value, decades)
    return replace(before, cause=removal.family, confirmation=found)


def confirm(trace: Trace, measure: Callable[[Experiment], Trace] = run) -> Verdict:
    """The verdict on a Trace, its cause confirmed by removals where that can be done."""
    outcomes = []
    for removal in removals_for(trace):
        try:
            outcomes.append((removal, measure(removal.experiment)))
        except (SettingError, MemoryError):
            continue
    return confirmed(trace, outcomes)
