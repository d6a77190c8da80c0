"""Where theory and measurement part, and why."""

import math
from dataclasses import dataclass

import numpy as np

from engine.measure.trace import Trace
from engine.theory.spread import free_outputs


@dataclass(frozen=True)
class Gap:
    """Where theory and measurement of |g| part most: `decades` is measured minus predicted.

    `spread` is one standard deviation over draws there, in decades. `reason` is a code where one is
    known: underflow (of the number format), narrow (within what draws spread by at this width and
    depth), few_outputs (to read the stream by), large_batch (BatchNorm over a batch that is not
    small against the width), unknown_scatter (`spread` is nan), or None.
    """

    layer: int
    decades: float
    spread: float
    reason: str | None


NOTABLE_GAP = 0.15
"""Decades between theory and measurement from which on a reason is looked for."""

DRAWS = 3.0
"""Standard deviations within which a single draw explains itself."""

RARE = 0.00135
"""The share of normal numbers beyond three standard deviations on one side."""

SMALL_BATCH = 1 / 8
"""Batch over width from which on BatchNorm's rate, that of an infinite width, is measurably off."""

PER_LAYER = 0.01
"""Decades a layer that it is off by at most, at widths from 64 on."""


def gap(trace: Trace) -> Gap | None:
    """The largest gap between theory and measurement; None where theory is silent."""
    with np.errstate(all="ignore"):
        apart = np.log10(trace.output_grad_norm) - np.log10(trace.predicted_output_grad_norm)
    if not np.isfinite(apart).any():
        return None
    i = int(np.nanargmax(np.where(np.isfinite(apart), np.abs(apart), np.nan)))
    decades, spread = float(apart[i]), float(trace.predicted_spread[i])
    reason = _reason(trace, i, decades, spread) if abs(decades) >= NOTABLE_GAP else None
    return Gap(i + 1, decades, spread, reason)


def _reason(trace: Trace, i: int, decades: float, spread: float) -> str | None:
    network, data = trace.ours.network, trace.ours.data
    elements = data.batch_size * network.width
    if trace.output_grad_norm[i] / math.sqrt(elements) < np.finfo(network.dtype).tiny:
        return "underflow"
    if _is_by_few_outputs(trace, decades, spread):
        return "few_outputs"
    # the typical draw of a log-normal number lies below the mean that theory predicts
    below = math.log(10) * spread**2
    if -DRAWS * spread - below <= decades <= DRAWS * spread:
        return "narrow"
    if math.isnan(spread):
        return "unknown_scatter"
    is_large = data.batch_size >= SMALL_BATCH * network.width
    is_plain_batch = network.norm == "batch" and network.residual == "none"
    if is_plain_batch and is_large and abs(decades) <= PER_LAYER * trace.depth + DRAWS * spread:
        return "large_batch"
    return None


def _is_by_few_outputs(trace: Trace, decades: float, spread: float) -> bool:
    """Whether a gap below is one that f.dL/df, a sum of few terms, has in one of 740 draws.

    (f.dL/df)^2 is about chi-squared of as many degrees of freedom as dL/df has, and far from
    log-normal: it may be next to nothing.
    """
    if trace.ours.network.residual != "post_activation":
        return False
    free = free_outputs(trace.ours)
    by_outputs = math.sqrt(2 / free + 2 / free**2) / (2 * math.log(10))
    quantile = 2 / free * (RARE * math.gamma(free / 2 + 1)) ** (2 / free)
    return spread > 0.8 * by_outputs and math.log10(quantile) / 2 < decades < -DRAWS * spread
