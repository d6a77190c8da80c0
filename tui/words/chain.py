"""The chain's factors and their product, in words."""

from engine.measure.product import Product
from tui.words.language import Translated, _, each, later, n_
from tui.words.numbers import ratio

FAMILY_SIGNS = Translated(
    {
        "scale": later("scale"),
        "activation": "φ'",
        "norm": "N",
        "weight": "W",
        "skip": later("skip"),
    }
)
"""How each family of factors is written in a formula."""

FAMILY_WORDS = Translated(
    {
        "scale": later("residual scale"),
        "activation": "φ'",
        "norm": later("norm"),
        "weight": later("weights"),
        "skip": later("skips"),
    }
)
"""How a sentence calls each family."""

FAMILY_LEGENDS = Translated(
    {
        "activation": later("φ' slope"),
        "norm": later("N norm"),
        "weight": later("W weights"),
        "skip": later("skip and branch together"),
    }
)
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
    later("each layer multiplies the gradient by  "),
    later("each layer multiplies by  "),
    later("each layer: "),
    "",
)
"""What the chart shows; the longest wording that there is room for."""

EACH_IS_ONE = "×1"
NO_FACTORS = later("no layer has factors to show")
"""What stands there where there is nothing to draw."""

TOGETHER = later("together")

TO_HERE = (later("output to here  "), later("to here  "))
TO_INPUT = (later("output to input "), later("to input "))
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
    return n_("  {count} layer", "  {count} layers", product.steps).format(count=product.steps)


_ONE_STEP = later("layer {layers} alone   "), later("layer {layers}  ")
_AVERAGE = later("layers {layers} on average  "), later("average {layers}  ")


def average_labels(product: Product) -> tuple[str, str]:
    """Which layers are averaged, wide and narrow: the first one's step leads to the input."""
    if product.steps == 1:
        texts, layers = each(_ONE_STEP), str(product.depth)
    else:
        texts, layers = each(_AVERAGE), f"{product.layer + 1}-{product.depth}"
    return texts[0].format(layers=layers), texts[1].format(layers=layers)


def average_text(product: Product) -> str:
    """What a layer does on average, as the verdict says it."""
    return ratio(10 ** (product.total / product.steps))


def stream_text(share: float) -> str:
    """What a skip sends back of the gradient."""
    return _("skip {share} ").format(share=f"{share:.3g}")


def stream_short(share: float) -> str:
    """The same where there is little room, with the branch to follow."""
    return _("{share} and ").format(share=f"{share:.3g}")


NO_FACTORS_LOGGED = later('the log has no "factors"')
NO_GRADIENT = later("no gradient arrives here")
BRANCH, MAKE, ALONE = later("and branch "), later("make "), later("alone, the branch is 0: ")


def angle_text(degrees: float | None) -> str:
    """At which angle skip and branch meet; empty where none is known."""
    return "" if degrees is None else _("at {degrees}° ").format(degrees=f"{degrees:.0f}")


ONE_LAYER = (
    later("one layer has no average: its step leads to the input"),
    later("no average of one layer"),
)
"""Why there is no average, wide and narrow."""


def chain_trouble(product: Product) -> str:
    """Why a product is no number, in words; empty where it is one."""
    if product.zero_at is not None and product.zero_at > product.depth:
        text = _("the gradient is exactly 0 already where it arrives at layer {layer}")
        return text.format(layer=product.depth)
    if product.zero_at is not None:
        text = _("layer {layer}'s step makes it exactly 0, and so it stays")
        return text.format(layer=product.zero_at)
    if product.not_finite_at is not None:
        text = _("values stop being finite at layer {layer}: no gradient is left")
        return text.format(layer=product.not_finite_at)
    return ""
