"""The running product of the chain rule: from the output's gradient down to one layer's."""

from dataclasses import dataclass

import numpy as np

from engine.measure.trace import FAMILIES, Trace


@dataclass(frozen=True)
class Product:
    """|g_layer| / |g_depth| as the product of the factors of the layers above `layer`.

    `decades` holds each family's log10, only those that do something; `total` is their sum, and
    is taken from the norms themselves, so that it holds where a family has no number. `zero_at` is
    the layer whose step makes the gradient 0, `not_finite_at` the one that loses it, and `skipped`
    counts layers whose branch is 0, so that the skip alone carries the gradient.
    """

    layer: int
    depth: int
    decades: dict[str, float]
    total: float
    zero_at: int | None = None
    not_finite_at: int | None = None
    skipped: int = 0

    @property
    def steps(self) -> int:
        """How many layers are multiplied."""
        return self.depth - self.layer


def product_down_to(trace: Trace, layer: int) -> Product:
    """The product over layers `layer` + 1 to L; `layer` 0 is the input."""
    above = slice(layer, trace.depth)
    totals = trace.factors.total[above]
    with np.errstate(all="ignore"):
        logs = {family: np.log10(getattr(trace.factors, family)[above]) for family in FAMILIES}
        total = float(np.log10(totals).sum())
    # nearest the output: there the gradient met it first
    layers = np.arange(layer + 1, trace.depth + 1)
    zero = max(layers[totals == 0].tolist(), default=None)
    lost = max(layers[~np.isfinite(totals)].tolist(), default=None)
    skipped = int((trace.has_skip[above] & (trace.factors.branch[above] == 0)).sum())
    finite = all(np.isfinite(log).all() for log in logs.values())
    return Product(
        layer,
        trace.depth,
        {f: float(log.sum()) for f, log in logs.items() if (log != 0).any()} if finite else {},
        total,
        zero_at=zero,
        not_finite_at=lost if zero is None else None,
        skipped=skipped,
    )
