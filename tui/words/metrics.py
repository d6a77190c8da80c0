"""What the bars show, in words and as formulas."""

from __future__ import annotations

from tui.words.labels import label

METRIC_LABELS: dict[str, str] = {
    "delta": "|δ|  gradient at each layer's linear output",
    "weight_grad": "|dL/dW|  gradient of each layer's weights",
    "update": "|η dL/dW| / |W|  update relative to the weights; aim near 1e-3",
    "activation": "rms of h  each layer's output",
    "preactivation": "rms of z  each layer's linear output",
}
"""What the bars show, for each of METRICS."""

VIEW_FORMULAS: dict[str, str] = {"chain": "|g| = |∂L/∂h|", "activation": "", "training": ""}
"""What the header says of a view that does not show the metric."""

METRIC_FORMULAS: dict[str, str] = {
    "delta": "|δ| = |∂L/∂z|",
    "weight_grad": "|∂L/∂W|",
    "update": "|η ∂L/∂W| / |W|",
    "activation": "rms of h",
    "preactivation": "rms of z",
}

FLAT_WEIGHT_GRADIENT = "|dL/dW| is flat, δ is not: small δ times large h cancel in δ × h"


def metric_label(id: str) -> str:
    """What the bars show."""
    return METRIC_LABELS.get(id, label(id))


def metric_formula(id: str) -> str:
    """A metric as a formula."""
    return METRIC_FORMULAS.get(id, label(id).lower())
