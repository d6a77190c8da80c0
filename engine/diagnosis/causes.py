"""Which of a layer's factors make the gradient grow or shrink."""

import numpy as np

from engine.measure.trace import BRANCH_FAMILIES, Trace


def cause(trace: Trace, direction: float) -> str:
    """The factor family with the largest share of the change over layers 2 to L.

    A norm divides by the spread that the weights made, so with one the two count together, as the
    norm.
    """
    gathered = {family: direction * share for family, share in shares(trace).items()}
    if trace.experiment.network.norm != "none":
        gathered["norm"] += gathered.pop("weight")
    return max(gathered, key=gathered.__getitem__)


def shares(trace: Trace) -> dict[str, float]:
    """The decades that each factor family adds to the gradient on its way from layer L to 1.

    The sum over layers 2 to L of log10 of the exact factors: together |g_1| / |g_L|. A layer with
    a skip counts as a whole, as "skip": its factor is 1 + branch, no product. Empty where there
    is nothing to take apart: below two layers, or where a gradient is 0 or not finite.
    """
    with np.errstate(all="ignore"):
        total = np.log10(trace.factors.total[1:])
        logs = {family: np.log10(getattr(trace.factors, family)[1:]) for family in BRANCH_FAMILIES}
    if not len(total) or not np.isfinite(total).all():
        return {}
    skips = trace.has_skip[1:]
    found = {name: float(np.where(skips, 0.0, values).sum()) for name, values in logs.items()}
    return {**found, "skip": float(total[skips].sum())}
