"""The running product of the chain rule: from the output's gradient down to one layer's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    zero = _last(totals == 0)
    lost = _last(~np.isfinite(totals))
    skipped = int((trace.has_skip[above] & (trace.factors.branch[above] == 0)).sum())
    finite = all(np.isfinite(log).all() for log in logs.values())
    return Product(
        layer,
        trace.depth,
        {f: float(log.sum()) for f, log in logs.items() if (log != 0).any()} if finite else {},
        total,
        zero_at=None if zero is None else layer + zero + 1,
        not_finite_at=None if lost is None or zero is not None else layer + lost + 1,
        skipped=skipped,
    )


def _last(found: NDArray[np.bool_]) -> int | None:
    return len(found) - 1 - int(np.argmax(found[::-1])) if found.any() else None
