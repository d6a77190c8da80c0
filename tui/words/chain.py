"""The chain's factors and their product, in words."""

from engine.measure.product import Product
from tui.words.numbers import factor

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

FAMILY_LETTERS: dict[str, str] = {
    "scale": "s",
    "activation": "φ",
    "norm": "N",
    "weight": "W",
    "skip": "+",
}
"""One character each, for a cell of a chart."""

ASCII_LETTERS: dict[str, str] = {**FAMILY_LETTERS, "activation": "p"}

BRANCH, BRANCH_SHORT = "1 + branch(", "1 + ("
"""How the step through a layer with a skip begins."""

CHAIN_STARTS = "move the cursor left: each layer multiplies its factors in"


def step_start(layer: int) -> str:
    """What the step through a layer is."""
    return f"|g{layer - 1}|/|g{layer}| = "


def chain_trouble(product: Product) -> str:
    """Why a product has no factors to show, in words; empty where it has."""
    if product.zero_at is not None:
        return f"layer {product.zero_at}'s step makes it exactly 0, and so it stays"
    if product.not_finite_at is not None:
        return f"no number is left at layer {product.not_finite_at}: it overflowed"
    if product.skipped:
        which = "every branch" if product.skipped == product.steps else "a branch"
        return f"{which} is 0 here: 1 + 0, the skip alone carries it"
    if product.steps and not product.decades and product.total:
        return "a factor has no number here: the norms give the product"
    return ""


def chain_average(product: Product, has_skip: bool) -> tuple[str, ...]:
    """What one layer's step does on average, as geometric means; the longest wording first."""
    average = {family: 10 ** (log / product.steps) for family, log in product.decades.items()}
    whole = factor(10 ** (product.total / product.steps))
    if has_skip:
        average.pop("skip", None)
    parts = " × ".join(f"{FAMILY_SIGNS[family]} {factor(f)}" for family, f in average.items())
    if has_skip:
        short = f"a layer on average: 1 + branch = ×{whole}"
        return (
            f"{short}, branch = {parts or '1'}",
            f"1 + branch = ×{whole}, branch = {parts}",
            short,
        )
    short = f"a layer on average: ×{whole}"
    return (f"a layer on average: {parts} = ×{whole}" if parts else short), short
