"""The running product of the chain rule: from the output's gradient down to one layer's."""

import math
from dataclasses import dataclass

import numpy as np

from engine.measure.trace import BRANCH_FAMILIES, Trace
from engine.numerics.arrays import PerLayer


@dataclass(frozen=True)
class Product:
    """|g_layer| / |g_depth| as the product of the factors of the layers above `layer`.

    `decades` holds each family's log10, only those that do something. A layer with a skip counts
    as a whole, as "skip": a sum of two vectors is no product. `total` is the sum of the steps'
    log10, so that it holds where a family has no number. `zero_at` is the layer whose step makes
    the gradient 0 (`depth` + 1 where it arrives as 0), `not_finite_at` where the pass was first
    not finite.
    """

    layer: int
    depth: int
    decades: dict[str, float]
    total: float
    zero_at: int | None = None
    not_finite_at: int | None = None

    @property
    def steps(self) -> int:
        """How many layers are multiplied."""
        return self.depth - self.layer


def step_logs(trace: Trace) -> dict[str, PerLayer]:
    """log10 of what each family does in each layer, one entry a layer.

    0 for the families inside the branch of a layer with a skip, which is one step, "skip".
    """
    with np.errstate(all="ignore"):
        logs = {family: np.log10(getattr(trace.factors, family)) for family in BRANCH_FAMILIES}
        total = np.log10(trace.factors.total)
    inside = {family: np.where(trace.has_skip, 0.0, log) for family, log in logs.items()}
    return {**inside, "skip": np.where(trace.has_skip, total, 0.0)}


def product_down_to(trace: Trace, layer: int) -> Product:
    """The product over layers `layer` + 1 to L; `layer` 0 is the input."""
    above = slice(layer, trace.depth)
    totals = trace.factors.total[above]
    logs = {family: log[above] for family, log in step_logs(trace).items()}
    with np.errstate(all="ignore"):
        total = float(np.log10(totals).sum())
    # nearest the output: there the gradient met it first
    layers = np.arange(layer + 1, trace.depth + 1)
    zero = max(layers[totals == 0].tolist(), default=None)
    if trace.output_grad_norm[-1] == 0:
        zero = trace.depth + 1
    lost = max(layers[~np.isfinite(totals)].tolist(), default=None)
    finite = all(np.isfinite(log).all() for log in logs.values())
    return Product(
        layer,
        trace.depth,
        {f: float(log.sum()) for f, log in logs.items() if (log != 0).any()} if finite else {},
        total if zero is None else -math.inf,
        zero_at=zero,
        not_finite_at=None if zero or not lost else trace.first_nonfinite_layer or lost,
    )
