"""One layer and its measurements."""

from __future__ import annotations

from tui.words.numbers import decades_between, reading

MEASUREMENT_NAMES: dict[str, str] = {
    "delta": "δ",
    "weight_grad": "dL/dW",
    "activation": "h",
    "saturated": "saturated",
    "dead": "dead",
    "update": "update",
    "preactivation": "z",
}


COLUMN_TITLES: dict[str, str] = {
    "delta": "δ",
    "weight_grad": "dL/dW",
    "update": "update",
    "activation_rms": "h",
    "preactivation": "z",
    "saturated": "sat",
    "dead": "dead",
    "total": "×total",
    "activation": "φ'",
    "norm": "N",
    "weight": "W",
    "scale": "scale",
    "skip": "skip",
}
"""Of the table of layers, measurements and then factors."""

LAYER = "layer"
INPUT, OUTPUT = "input", "output"


def layer_name(layer: int) -> str:
    """A layer by its number."""
    return f"layer {layer}"


def layer_ranges(layers: list[int]) -> str:
    """Layers as ranges: 1-13, 15."""
    ranges: list[list[int]] = []
    for layer in layers:
        if ranges and layer == ranges[-1][1] + 1:
            ranges[-1][1] = layer
        else:
            ranges.append([layer, layer])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{share:.0%}"


def apart(value: float, other: float, with_unit: bool = True) -> str:
    """By how many decades two values differ, in brackets; empty where that is no number."""
    difference = decades_between(value, other)
    return f" ({difference}{' decades' if with_unit else ''})" if difference else ""


def theory_text(measured: float, predicted: float) -> str:
    """What theory expects, and how far above it the measured value is."""
    return f"theory {reading(predicted)}{apart(measured, predicted)}"
