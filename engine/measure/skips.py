"""A skip and its branch each send back a gradient, and the two add up as vectors."""

import math

from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.measure.trace import Trace

LEAST_SHARE = {"float32": 1e-5, "float64": 1e-10}
"""Below this share of the other one, rounding hides the angle of a gradient."""


def skip_share(trace: Trace) -> float:
    """What a skip sends back of the gradient that arrives at its layer; nan if nobody knows."""
    if trace.experiment is None:
        return math.nan
    network = trace.experiment.network
    return RESIDUAL_SCALES[network.residual_scale].skip(network.depth)


def skip_angle(trace: Trace, layer: int) -> float | None:
    """Degrees between the gradients that a layer's skip and its branch send back.

    From the measured norms: |a + b|^2 = |a|^2 + |b|^2 + 2 |a| |b| cos. None without a skip, where
    a norm is no number, or none is known, and where one side is too small beside the other.
    """
    i, one = layer - 1, skip_share(trace)
    other, total = float(trace.factors.branch[i]), float(trace.factors.total[i])
    if not trace.has_skip[i] or not math.isfinite(one + other + total):
        return None
    least = LEAST_SHARE[trace.ours.network.dtype]
    if min(one, other) < least * max(one, other):
        return None
    # divided by the larger side first, so that no square overflows
    scale = max(one, other)
    a, b, whole = one / scale, other / scale, total / scale
    cosine = (whole**2 - a**2 - b**2) / (2 * a * b)
    return math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))
