"""Where theory and measurement part, and why."""

from dataclasses import dataclass

import numpy as np

from engine.measure.trace import Trace


@dataclass(frozen=True)
class Gap:
    """Where theory and measurement part most: `decades` is measured minus predicted.

    `reason` is a code where one is known: narrow (small width), large_batch (not small against
    the width, with BatchNorm), first_layer (data of another width or scale), or None.
    """

    layer: int
    decades: float
    reason: str | None


NOTABLE_GAP = 0.15
"""Decades between theory and measurement from which on a reason is looked for."""

NARROW = 100
"""Below this width single draws differ from the average by more than a tenth per few layers."""


def gap(trace: Trace) -> Gap | None:
    """The largest gap between theory and measurement; None where theory is silent."""
    with np.errstate(all="ignore"):
        apart = np.log10(trace.delta_norm) - np.log10(trace.predicted_delta_norm)
    if not np.isfinite(apart).any():
        return None
    i = int(np.nanargmax(np.where(np.isfinite(apart), np.abs(apart), np.nan)))
    return Gap(i + 1, float(apart[i]), _reason(trace, i, apart))


def _reason(trace: Trace, i: int, apart: np.ndarray) -> str | None:
    network, data = trace.experiment.network, trace.experiment.data
    if abs(apart[i]) < NOTABLE_GAP:
        return None
    if network.norm == "batch" and 4 * data.batch_size > network.width:
        return "large_batch"
    if network.width < NARROW:
        return "narrow"
    inner = apart[1:][np.isfinite(apart[1:])]
    if i == 0 and len(inner) and np.abs(inner).max() < NOTABLE_GAP:
        return "first_layer"
    return None
