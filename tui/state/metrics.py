"""What the bars can show: one entry a metric; the key, the axis and the words are made from it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine import Trace

PerLayer = NDArray[np.float64]


@dataclass(frozen=True)
class Metric:
    """One positive number a layer, shown on a logarithmic axis.

    The bars are the Trace's `array`; `forward` is the metric that the wave shows going forward.
    Colours are decades from `reference`; None takes the last layer's.
    `guide` is the value to aim for, where there is one; `predicted(trace)` is theory's word.
    `is_gradient_of_units` says that it is the norm of a gradient with an element a sample and unit.
    """

    id: str
    array: str
    forward: str = "activation"
    reference: float | None = None
    guide: float | None = None
    predicted: Callable[[Trace], PerLayer] | None = None
    is_gradient_of_units: bool = False

    def values(self, trace: Trace) -> PerLayer:
        """Its numbers in a Trace."""
        return trace.array(self.array)

    def known(self, trace: Trace) -> PerLayer | None:
        """The same, None where nobody wrote them down: that is not nan."""
        return None if self.array in trace.absent else self.values(trace)

    def reference_decades(self, trace: Trace) -> float:
        """The power of ten at which colours are neutral."""
        if self.reference is not None:
            return math.log10(self.reference)
        usable = [v for v in self.values(trace)[::-1] if v > 0 and math.isfinite(v)]
        return math.log10(usable[0]) if usable else 0.0


METRICS: dict[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric(
            "g",
            "output_grad_norm",
            predicted=lambda t: t.predicted_output_grad_norm,
            is_gradient_of_units=True,
        ),
        Metric(
            "delta",
            "delta_norm",
            predicted=lambda t: t.predicted_delta_norm,
            is_gradient_of_units=True,
        ),
        Metric("weight_grad", "weight_grad_norm"),
        # 1e-3 is the rule of thumb for a step that is neither idle nor reckless
        Metric("update", "update_ratio", reference=1e-3, guide=1e-3),
        Metric(
            "activation",
            "activation_rms",
            reference=1.0,
            predicted=lambda t: t.prediction.activation_rms,
        ),
        Metric(
            "preactivation",
            "preactivation_rms",
            forward="preactivation",
            reference=1.0,
            predicted=lambda t: t.prediction.preactivation_rms,
        ),
    )
}

EVERY_METRIC: dict[str, Metric] = {
    **METRICS,
    "weight_grad_rms": Metric("weight_grad_rms", "weight_grad_rms"),
}
"""With what only a log shows: a layer's weight gradient where g is not known."""

FLAT_DECADES = 1.0
SLOPING_DECADES = 2.0


def is_flat_by_cancelling(trace: Trace) -> bool:
    """Whether |dL/dW| hides what delta shows: hardly any spread beside a large one.

    Layer 1 is left out, as in the verdict: it sees data of another width and scale.
    """
    delta, weight = _spread(trace.delta_norm), _spread(trace.weight_grad_norm)
    return delta > SLOPING_DECADES and weight < FLAT_DECADES and weight < delta / 3


def _spread(values: PerLayer) -> float:
    inner = values[1:]
    if not len(inner) or not np.isfinite(inner).all() or (inner <= 0).any():
        return math.nan
    return float(np.ptp(np.log10(inner)))
