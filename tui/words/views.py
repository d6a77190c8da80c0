"""The views of the screen's middle, what the bars show, and the training view's pictures."""

import math
from collections.abc import Mapping

from tui.words.labels import label
from tui.words.language import Translated, _, later
from tui.words.numbers import amount

VIEW_WORDS: dict[str, tuple[str, str]] = {
    "gradients": (later("gradients"), later("how much gradient each layer gets")),
    "chain": (later("chain"), later("which factors the gradient is a product of")),
    "activation": (later("activation"), later("where on φ's curve a layer lives")),
    "training": (later("training"), later("who learns and who stands still")),
}
"""A view's title, and the question that it answers."""

METRIC_WORDS: dict[str, tuple[str, str]] = {
    "g": ("g = ∂L/∂h", later("the gradient that arrives at each layer")),
    "delta": ("δ = ∂L/∂z", later("the gradient at each layer's linear output")),
    "weight_grad": ("|∂L/∂W|", later("the gradient of each layer's weights")),
    "weight_grad_rms": (
        later("rms of ∂L/∂W"),
        later("the gradient of each layer's weights, by element"),
    ),
    "update": ("|η ∂L/∂W| / |W|", later("a step relative to W; aim near 10⁻³")),
    "activation": (later("rms of h"), later("each layer's output")),
    "preactivation": (later("rms of z"), later("each layer's linear output")),
}
"""What the bars show, for each of METRICS: its formula, and what that is."""

THEORY_MARK, PINNED_MARK, BAND_MARK = later("theory"), later("pinned"), later("16 seeds")

SEEN, CLOSE, OFF_AXIS = "seen", "close", "off_axis"
_MARKS = Translated(
    {SEEN: "{name}", CLOSE: later("{name} matches"), OFF_AXIS: later("{name} off the axis")}
)
"""How what lies over the bars is named: drawn, too near to them to be drawn, or beyond the axis."""


def mark_text(name: str, how: str) -> str:
    """A mark's name, with a reason where it is not drawn."""
    return _MARKS[how].format(name=_(name))


PICTURE_WORDS: dict[str, tuple[str, str]] = {
    "displacement": (later("displacement"), later("how far training has moved each layer's W")),
    "boundary": (
        later("boundary"),
        later("what the network answers all over the plane, and the test samples"),
    ),
    "samples": (later("samples"), later("test digits and what the network takes them for")),
    "probe": (
        later("probe"),
        later("how well a linear read-out of each layer alone tells the classes"),
    ),
}
"""A picture's title, and what it shows."""

OWN_AXIS = later(", on an axis of its own")
"""Of what the wave shows on its way forward."""

DEAD, CLOSED = "dead", "closed"
STUCK_WORDS = Translated({DEAD: later("dead"), CLOSED: later("closed")})
"""What a layer is whose parameters get no gradient, or whose branch is multiplied by 0 yet."""

REFIT = later("= fits")
"""At the axis, when the key would spare much of it."""

FLAT_WEIGHT_GRADIENT = later("|∂L/∂W| is flat, δ is not: small δ times large h cancel in δ × h")


def limit_texts(number_format: str, smallest: float) -> tuple[str, ...]:
    """What a number format makes of an element so small as it is here in the mean square."""
    element = amount(math.log10(smallest), 1)
    long = _("an element of {element}: {format} makes it 0")
    short = _("an element that {format} makes 0")
    return long.format(element=element, format=number_format), short.format(format=number_format)


def view_words(id: str) -> tuple[str, str]:
    """A view's title and its question."""
    return _pair(VIEW_WORDS, id)


def metric_words(id: str) -> tuple[str, str]:
    """A metric's formula, and what it is."""
    return _pair(METRIC_WORDS, id)


def metric_text(id: str) -> str:
    """A metric in one line."""
    sign, meaning = metric_words(id)
    return _("{sign}, {meaning}").format(sign=sign, meaning=meaning)


def picture_words(id: str) -> tuple[str, str]:
    """A picture's title, and what it shows."""
    return _pair(PICTURE_WORDS, id)


def _pair(words: Mapping[str, tuple[str, str]], id: str) -> tuple[str, str]:
    title, about = words.get(id, (label(id).lower(), ""))
    return _(title), _(about)
