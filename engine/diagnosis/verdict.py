"""The verdict: what a Trace says about the gradient's way from the output to the input."""

import math
from dataclasses import dataclass

import numpy as np

from engine.diagnosis.causes import Confirmation, cause
from engine.measure.trace import Trace

HEALTHY_DECADES = 2.0
"""Within so many decades over the whole depth, in either direction, a network is healthy."""

OUTSIDE = 1.0
"""An inner layer so many decades outside both ends is named."""


@dataclass(frozen=True)
class Inner:
    """The inner layer whose gradient is farthest outside both ends, in decades from the last."""

    layer: int
    decades: float


@dataclass(frozen=True)
class Verdict:
    """healthy, vanishing, exploding, dead or overflow, with the numbers behind it.

    `decades` is log10 |g_1| / |g_L| as measured (negative vanishes) and `factor_per_layer` the
    geometric mean of the L - 1 factors that make it; None for one layer, and where a gradient is
    0 or not finite. `layer` is where death, overflow or underflow begins. `bound` is set where the
    gradient underflows: its decades at the last layer where it is still above 0. `cause` is the
    factor family (scale, activation, norm, weight, skip) with the largest share in it, or the one
    that removals have shown where there is a `confirmation`; None if there is none.
    """

    kind: str
    decades: float | None
    factor_per_layer: float | None
    cause: str | None
    layer: int | None
    inner: Inner | None = None
    bound: float | None = None
    confirmation: Confirmation | None = None


def verdict(trace: Trace) -> Verdict:
    """The verdict on a Trace; overflow goes before dead, dead before the decades."""
    has_loss = "loss" in trace.absent or math.isfinite(trace.loss)
    if trace.first_nonfinite_layer is not None or not has_loss:
        return Verdict("overflow", None, None, None, trace.first_nonfinite_layer)
    g = trace.output_grad_norm
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.log10(g) - np.log10(g[-1])
    steps = trace.depth - 1
    decades = float(relative[0]) if steps and np.isfinite(relative[0]) else None
    factor = None if decades is None else 10 ** (decades / steps)
    if trace.dead.any():
        return Verdict("dead", decades, factor, None, _nearest_output(trace.dead))
    if not g.all():
        return _underflow(trace, relative)
    inner = None if decades is None else _inner(relative)
    if decades is None or abs(decades) <= HEALTHY_DECADES:
        return Verdict("healthy", decades, factor, None, None, inner)
    kind = "vanishing" if decades < 0 else "exploding"
    return Verdict(kind, decades, factor, cause(trace, math.copysign(1.0, decades)), None, inner)


def _underflow(trace: Trace, relative: np.ndarray) -> Verdict:
    """The verdict where the format made a gradient 0: forward from the input, or on the way back.

    `relative` is log10 |g_l| / |g_L|.
    """
    zero = _nearest_output(trace.output_grad_norm == 0)
    if trace.lost_signal.any():
        layer = int(np.argmax(trace.lost_signal)) + 1
    else:
        layer = _nearest_output(trace.lost_gradient) if trace.lost_gradient.any() else zero
    bound = float(relative[zero]) if zero < trace.depth else None
    return Verdict("vanishing", None, None, None, layer, bound=bound)


def _nearest_output(marked: np.ndarray) -> int:
    """The last layer that is marked, which the backward wave meets first."""
    return int(np.flatnonzero(marked)[-1]) + 1


def _inner(relative: np.ndarray) -> Inner | None:
    """Of the layers more than a decade outside both ends, the farthest; None where there is none.

    `relative` is log10 |g_l| / |g_L|.
    """
    low, high = min(relative[0], 0.0), max(relative[0], 0.0)
    outside = np.maximum(low - relative, relative - high)
    farthest = int(np.argmax(outside))
    if not outside[farthest] > OUTSIDE:
        return None
    return Inner(farthest + 1, float(relative[farthest]))
