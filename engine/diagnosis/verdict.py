"""The verdict: what a Trace says about the gradient's way from the output to the input."""

import math
from dataclasses import dataclass

import numpy as np

from engine.diagnosis.causes import cause
from engine.measure.trace import Trace

HEALTHY_DECADES = 2.0
"""Within so many decades over the whole depth, in either direction, a network is healthy."""

DEAD_ABOVE = 0.9
"""A layer is dead when more than this share of its units has phi' = 0 on the whole batch."""


@dataclass(frozen=True)
class Verdict:
    """healthy, vanishing, exploding, dead or overflow, with the numbers behind it.

    `decades` is the gradient's change in powers of ten from the last layer to the first (negative
    vanishes) and `factor_per_layer` that of one step towards the input; None below three layers
    or without a slope. `layer` is where death or overflow begins. `cause` is the factor family
    that does most of it (scale, activation, norm, weight, skip), or None.
    """

    kind: str
    decades: float | None
    factor_per_layer: float | None
    cause: str | None
    layer: int | None


def theil_sen_slope(values: np.ndarray) -> float:
    """The median slope over all pairs of points (i, values[i])."""
    count = len(values)
    first, second = np.triu_indices(count, k=1)
    return float(np.median((values[second] - values[first]) / (second - first)))


def verdict(trace: Trace) -> Verdict:
    """The verdict on a Trace; overflow goes before dead, dead before the slope."""
    decades = factor = None
    usable = np.isfinite(trace.delta_rms).all() and (trace.delta_rms > 0).all()
    if trace.depth >= 3 and usable:
        slope = theil_sen_slope(np.log10(trace.delta_rms[1:]))
        decades, factor = -(trace.depth - 1) * slope, 10.0**-slope
    if trace.first_nonfinite_layer is not None or not math.isfinite(trace.loss):
        return Verdict("overflow", None, None, None, trace.first_nonfinite_layer)
    dead = (trace.delta_norm == 0) | (trace.dead_fraction > DEAD_ABOVE)
    if dead.any():
        # nearest the output: the backward wave meets it first
        layer = trace.depth - int(np.argmax(dead[::-1]))
        return Verdict("dead", decades, factor, None, layer)
    if decades is None or abs(decades) <= HEALTHY_DECADES:
        return Verdict("healthy", decades, factor, None, None)
    kind = "vanishing" if decades < 0 else "exploding"
    return Verdict(kind, decades, factor, cause(trace, math.copysign(1.0, decades)), None)
