"""All that there is to say of a Trace, in numbers and codes."""

from dataclasses import dataclass

from engine.diagnosis.causes import shares
from engine.diagnosis.depth_scale import DepthScale, depth_scale
from engine.diagnosis.folklore import Folklore, folklore
from engine.diagnosis.format_limits import Limit, limits
from engine.diagnosis.stretches import Stretch, stretches
from engine.diagnosis.theory_gap import Gap, gap
from engine.diagnosis.verdict import Verdict, verdict
from engine.measure.trace import Trace


@dataclass(frozen=True)
class Diagnosis:
    """All that a Trace and theory say of an experiment, in numbers and codes.

    `limits` is None where no format was tried: of a trained, a very large or an unknown network.
    """

    verdict: Verdict
    shares: dict[str, float]
    saturated: tuple[Stretch, ...]
    dead: tuple[Stretch, ...]
    scale: DepthScale | None
    limits: tuple[Limit, ...] | None
    gap: Gap | None
    folklore: tuple[Folklore, ...]


SATURATED_ABOVE = 0.7
"""Layers with more than this share of saturated units are named."""

DEAD_NAMED_ABOVE = 0.05
"""Layers with more than this share of dead units are named."""


def diagnose(trace: Trace) -> Diagnosis:
    """Everything there is to say of a Trace; takes a pass of its own for the number formats."""
    judged = verdict(trace)
    fresh = trace.experiment if trace.step == 0 else None
    return Diagnosis(
        verdict=judged,
        shares=shares(trace),
        saturated=stretches(trace.saturated_fraction, SATURATED_ABOVE),
        dead=stretches(trace.dead_fraction, DEAD_NAMED_ABOVE),
        scale=depth_scale(fresh) if fresh is not None and judged.layer is None else None,
        limits=limits(fresh) if fresh is not None else None,
        gap=gap(trace),
        folklore=folklore(trace),
    )
