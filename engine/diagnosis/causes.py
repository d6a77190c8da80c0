"""Which of a layer's factors make the gradient grow or shrink, from a Trace alone."""

import math
from dataclasses import dataclass

import numpy as np

from engine.experiment.domains import Value
from engine.measure.product import step_logs
from engine.measure.trace import Trace

Share = tuple[str, float]
"""A factor family and the decades that it adds."""


@dataclass(frozen=True)
class Confirmation:
    """What taking out each factor family in turn has shown of the cause.

    The cause is taken out by `setting` = `value`, which leaves `left` decades. Where no family is
    the cause, they are None, and `opposing` are those that do most for and against it, if any.
    `untried` is the code of why none was taken out: trained, too_large.
    """

    setting: str | None = None
    value: Value | None = None
    left: float | None = None
    opposing: tuple[Share, Share] | None = None
    untried: str | None = None


def cause(trace: Trace, direction: float) -> str | None:
    """The factor family with the largest share in that direction (1 grows, -1 shrinks)."""
    found = shares(trace)
    return max(found, key=lambda family: direction * found[family], default=None)


def opposing(trace: Trace, direction: float) -> tuple[Share, Share] | None:
    """The families that pull hardest in that direction and against it, where two do."""
    found = sorted(shares(trace).items(), key=lambda share: -direction * share[1])
    if not found or direction * found[-1][1] >= 0:
        return None
    return found[0], found[-1]


def shares(trace: Trace) -> dict[str, float]:
    """The decades that each factor family adds to the gradient on its way from layer L to 1.

    The sum over layers 2 to L of log10 of the exact factors: together |g_1| / |g_L|. A layer with
    a skip counts as a whole, as "skip": a sum is no product. Empty where there is nothing to
    take apart: below two layers, or where a gradient is 0 or not finite.
    """
    found = {family: float(logs[1:].sum()) for family, logs in step_logs(trace).items()}
    return found if trace.depth > 1 and all(map(math.isfinite, found.values())) else {}


def per_layer(trace: Trace, family: str) -> float:
    """A family's factor of one step, the geometric mean over layers 2 to L; "skip" is the whole."""
    factors = trace.factors.total if family == "skip" else getattr(trace.factors, family)
    with np.errstate(all="ignore"):
        return float(10 ** np.log10(factors[1:]).mean())
