"""The running product and the layers' average as formulas, in the families' colours."""

from collections.abc import Callable

from rich.style import Style
from textual.strip import Strip

from engine.measure.product import Product
from tui.charts.painter import Painter
from tui.style.looks import FAMILY_COLOURS
from tui.words.chain import (
    FAMILY_SIGNS,
    ONE_LAYER,
    TO_HERE,
    TO_INPUT,
    average_labels,
    average_text,
    chain_trouble,
    gradient_ratio,
    steps_text,
)
from tui.words.language import each
from tui.words.numbers import amount

TIMES, EQUALS = " × ", " = "
"""What stands between factors, and before their product."""

Styled = list[tuple[str, Style]]


def formula_strips(
    painter: Painter, product: Product, whole: Product | None, width: int
) -> list[Strip]:
    """Two rows: the product down to one layer, and the average of the `whole` one's layers."""
    above, trouble = _product_strip(painter, product, width), chain_trouble(product)
    if trouble:
        return [above, painter.text((trouble, painter.ink))]
    return [above, _average_strip(painter, whole, width)]


def _product_strip(painter: Painter, product: Product, width: int) -> Strip:
    wide, narrow = each(TO_HERE if product.layer else TO_INPUT)
    start = gradient_ratio(product.layer, product.depth)
    total = amount(product.total), painter.strong
    steps = steps_text(product), painter.quiet
    factors = _factors(painter, product, "∏ ", lambda log: amount(log))
    ways: list[Styled] = [
        [(wide + start, painter.quiet), *factors, total, steps],
        [(wide + start, painter.quiet), *factors, total],
        [(narrow + start, painter.quiet), *factors, total],
        [(start, painter.quiet), *_factors(painter, product, "", lambda log: amount(log)), total],
        [(narrow + start, painter.quiet), total, steps],
    ]
    return _fitting(painter, ways, width)


def _average_strip(painter: Painter, whole: Product | None, width: int) -> Strip:
    """Geometric means, so that as many of them as there are layers make the product."""
    if whole is None:
        return _fitting(painter, [[(words, painter.quiet)] for words in each(ONE_LAYER)], width)
    labels, trouble, steps = average_labels(whole), chain_trouble(whole), whole.steps
    if trouble:
        return _fitting(painter, [_said(painter, label, trouble) for label in labels], width)
    factors = _factors(painter, whole, "", lambda log: amount(log / steps, 3))
    total = average_text(whole), painter.strong
    ways: list[Styled] = [[(label, painter.quiet), *factors, total] for label in labels]
    return _fitting(painter, [*ways, [(labels[1], painter.quiet), total]], width)


def _factors(
    painter: Painter, product: Product, sign: str, spelled: Callable[[float], str]
) -> Styled:
    """Each family's part of it and an equals sign; nothing where there is only one."""
    parts: Styled = []
    for family, log in product.decades.items() if len(product.decades) > 1 else ():
        colour = painter.palette.style(painter.palette.word(FAMILY_COLOURS[family]), bold=True)
        parts += [
            (TIMES if parts else "", painter.quiet),
            (sign + FAMILY_SIGNS[family], colour),
            (" " + spelled(log), painter.ink),
        ]
    return [*parts, (EQUALS, painter.quiet)] if parts else []


def _said(painter: Painter, label: str, words: str) -> Styled:
    return [(label, painter.quiet), (words, painter.ink)]


def _fitting(painter: Painter, ways: list[Styled], width: int) -> Strip:
    """The first that there is room for, else the last."""
    strips = [painter.text(*way) for way in ways]
    return next((strip for strip in strips if strip.cell_length <= width), strips[-1])
