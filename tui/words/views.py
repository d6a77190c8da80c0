"""The views of the screen's middle, what the bars show, and the training view's pictures."""

import math

from tui.words.labels import label
from tui.words.numbers import amount

VIEW_WORDS: dict[str, tuple[str, str]] = {
    "gradients": ("gradients", "how much gradient each layer gets"),
    "chain": ("chain", "which factors the gradient is a product of"),
    "activation": ("activation", "where on φ's curve a layer lives"),
    "training": ("training", "who learns and who stands still"),
}
"""A view's title, and the question that it answers."""

METRIC_WORDS: dict[str, tuple[str, str]] = {
    "g": ("g = ∂L/∂h", "the gradient that arrives at each layer"),
    "delta": ("δ = ∂L/∂z", "the gradient at each layer's linear output"),
    "weight_grad": ("|∂L/∂W|", "the gradient of each layer's weights"),
    "update": ("|η ∂L/∂W| / |W|", "a step relative to W; aim near 10⁻³"),
    "activation": ("rms of h", "each layer's output"),
    "preactivation": ("rms of z", "each layer's linear output"),
}
"""What the bars show, for each of METRICS: its formula, and what that is."""

THEORY_MARK, PINNED_MARK, BAND_MARK = "theory", "pinned", "16 seeds"

SEEN, CLOSE, OFF_AXIS = "seen", "close", "off_axis"
_MARKS: dict[str, str] = {
    SEEN: "{}",
    CLOSE: "{} matches",
    OFF_AXIS: "{} off the axis",
}
"""How what lies over the bars is named: drawn, too near to them to be drawn, or beyond the axis."""


def mark_text(name: str, how: str) -> str:
    """A mark's name, with a reason where it is not drawn."""
    return _MARKS[how].format(name)


PICTURE_WORDS: dict[str, str] = {
    "displacement": "how far training has moved each layer's W",
    "boundary": "what the network answers all over the plane, and the test samples",
    "samples": "test digits and what the network takes them for",
    "probe": "how well a linear read-out of each layer alone tells the classes",
}
"""What a picture shows."""

OWN_AXIS = ", on an axis of its own"
"""Of what the wave shows on its way forward."""

DEAD, CLOSED = "dead", "closed"
STUCK_WORDS: dict[str, str] = {DEAD: "dead", CLOSED: "closed"}
"""What a layer is whose parameters get no gradient, or whose branch is multiplied by 0 yet."""

REFIT = "= fits"
"""At the axis, when the key would spare much of it."""

FLAT_WEIGHT_GRADIENT = "|∂L/∂W| is flat, δ is not: small δ times large h cancel in δ × h"


def limit_texts(number_format: str, smallest: float) -> tuple[str, ...]:
    """What a number format makes of an element so small as it is here in the mean square."""
    element = amount(math.log10(smallest), 1)
    long = f"an element of {element}: {number_format} makes it 0"
    return long, f"an element that {number_format} makes 0"


def view_words(id: str) -> tuple[str, str]:
    """A view's title and its question."""
    return VIEW_WORDS.get(id, (label(id).lower(), ""))


def metric_words(id: str) -> tuple[str, str]:
    """A metric's formula, and what it is."""
    return METRIC_WORDS.get(id, (label(id).lower(), ""))


def picture_words(id: str) -> str:
    """What a picture shows."""
    return PICTURE_WORDS.get(id, "")
