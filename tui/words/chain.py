"""The chain's factors and their product, in words."""

from engine.measure.product import Product
from tui.words.numbers import ratio

FAMILY_SIGNS: dict[str, str] = {
    "scale": "scale",
    "activation": "φ'",
    "norm": "N",
    "weight": "W",
    "skip": "skip",
}
"""How each family of factors is written in a formula."""

FAMILY_WORDS: dict[str, str] = {
    "scale": "residual scale",
    "activation": "φ'",
    "norm": "norm",
    "weight": "weights",
    "skip": "skips",
}
"""How a sentence calls each family."""

FAMILY_LEGENDS: dict[str, str] = {
    "activation": "φ' slope",
    "norm": "N norm",
    "weight": "W weights",
    "skip": "skip and branch together",
}
"""How the line over the chart names each family's colour."""

FAMILY_LETTERS: dict[str, str] = {
    "scale": "s",
    "activation": "φ",
    "norm": "N",
    "weight": "W",
    "skip": "+",
}
"""One character each, for cells of a chart without hues."""

ASCII_LETTERS: dict[str, str] = {**FAMILY_LETTERS, "activation": "p"}

LEGEND_STARTS = (
    "each layer multiplies the gradient by  ",
    "each layer multiplies by  ",
    "each layer: ",
    "",
)
"""What the chart shows; the longest wording that there is room for."""

EACH_IS_ONE = "×1"
NO_FACTORS = "no layer has factors to show"
"""What stands there where there is nothing to draw."""

TOGETHER = "together"

TO_HERE = ("output to here  ", "to here  ")
TO_INPUT = ("output to input ", "to input ")
"""How the line of the product begins, wide and narrow."""

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def gradient_name(layer: int) -> str:
    """g₆, the gradient by a layer's output; g₀ is that by the input."""
    return f"g{layer}".translate(_SUBSCRIPTS)


def gradient_ratio(layer: int, above: int) -> str:
    """How a formula for the gradient's change from one layer to another begins."""
    return f"{gradient_name(layer)}/{gradient_name(above)} = "


def bound_text(bound: float) -> str:
    """What a slope never exceeds."""
    return f"φ' ≤ {bound:.3g}"


def steps_text(product: Product) -> str:
    """How many layers a product is of."""
    return f"  {product.steps} layer{'s' if product.steps > 1 else ''}"


def average_labels(product: Product) -> tuple[str, str]:
    """Which layers are averaged, wide and narrow: the first one's step leads to the input."""
    if product.steps == 1:
        return f"layer {product.depth} alone   ", f"layer {product.depth}  "
    layers = f"{product.layer + 1}-{product.depth}"
    return f"layers {layers} on average  ", f"average {layers}  "


def average_text(product: Product) -> str:
    """What a layer does on average, as the verdict says it."""
    return ratio(10 ** (product.total / product.steps))


def stream_text(share: float) -> str:
    """What a skip sends back of the gradient."""
    return f"skip {share:.3g} "


def stream_short(share: float) -> str:
    """The same where there is little room, with the branch to follow."""
    return f"{share:.3g} and "


NO_GRADIENT = "no gradient arrives here"
BRANCH, MAKE, ALONE = "and branch ", "make ", "alone, the branch is 0: "


def angle_text(degrees: float | None) -> str:
    """At which angle skip and branch meet; empty where none is known."""
    return "" if degrees is None else f"at {degrees:.0f}° "


ONE_LAYER = (
    "one layer has no average: its step leads to the input",
    "no average of one layer",
)
"""Why there is no average, wide and narrow."""


def chain_trouble(product: Product) -> str:
    """Why a product is no number, in words; empty where it is one."""
    if product.zero_at is not None and product.zero_at > product.depth:
        return f"the gradient is exactly 0 already where it arrives at layer {product.depth}"
    if product.zero_at is not None:
        return f"layer {product.zero_at}'s step makes it exactly 0, and so it stays"
    if product.not_finite_at is not None:
        return f"values stop being finite at layer {product.not_finite_at}: no gradient is left"
    return ""
