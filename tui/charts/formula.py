"""The running product written as a formula with its numbers, in the families' colours."""

from rich.style import Style
from textual.strip import Strip

from engine.measure.product import Product
from tui.charts.painter import Painter
from tui.style.looks import FAMILY_COLOURS
from tui.words.chain import CHAIN_STARTS, FAMILY_SIGNS, chain_average, chain_trouble
from tui.words.numbers import power, rounded_to_sum

TIMES, EQUALS = " × ", " = "
"""What stands between factors, and before their product."""


def formula_strips(
    painter: Painter, product: Product | None, has_skip: bool, width: int
) -> list[Strip]:
    """Two rows: the product by family, and what a layer does on average."""
    if product is None:
        return [Strip.blank(width, painter.blank)] * 2
    start = f"|g{product.layer}|/|g{product.depth}| = "
    parts: list[tuple[str, Style]] = [(start, painter.quiet)]
    below: tuple[str, ...] = (chain_trouble(product),)
    if not product.steps:
        parts.append(("1", painter.strong))
        below = (CHAIN_STARTS,)
    elif product.zero_at is not None:
        parts.append(("0", painter.strong))
    elif product.not_finite_at is not None:
        parts.append(("–", painter.strong))
    elif below[0]:
        parts.append((power(product.total), painter.strong))
    else:
        ways = [_factors(painter, product, way) for way in ("∏{} ({})", "∏{} {}", "{} {}")]
        fitting = next((way for way in ways[:2] if _length(painter, parts + way) <= width), None)
        if fitting is None:
            broken = [_on_two_rows(painter, parts + way, width) for way in ways[1:]]
            return next((b for b in broken if b[1].cell_length <= width), broken[-1])
        parts += fitting
        below = chain_average(product, has_skip)
    words = next((w for w in below if painter.length(w) <= width), below[-1])
    return [painter.text(*parts), painter.text((words, painter.quiet))]


def _factors(painter: Painter, product: Product, way: str) -> list[tuple[str, Style]]:
    """Each family's product, written as the template `way` says, and the total."""
    if not product.decades:
        return [("1", painter.strong)]
    shown, total = rounded_to_sum(list(product.decades.values()), product.total)
    parts: list[tuple[str, Style]] = []
    for family, decades in zip(product.decades, shown, strict=True):
        colour = painter.palette.style(painter.palette.lit(FAMILY_COLOURS[family]), bold=True)
        name, number = way.split(" ")
        parts += [
            (TIMES if parts else "", painter.quiet),
            (name.format(FAMILY_SIGNS[family]), colour),
            (" " + number.format(power(decades)), painter.ink),
        ]
    return [*parts, (EQUALS, painter.quiet), (power(total), painter.strong)]


def _length(painter: Painter, parts: list[tuple[str, Style]]) -> int:
    return painter.length("".join(text for text, _ in parts))


def _on_two_rows(painter: Painter, parts: list[tuple[str, Style]], width: int) -> list[Strip]:
    """The formula broken before a factor, where the first row is full; the average has to go."""
    breaks = [n for n, (text, _) in enumerate(parts) if text in (TIMES, EQUALS)]
    at = max((n for n in breaks if _length(painter, parts[:n]) <= width), default=len(parts))
    indent = [("   ", painter.quiet)]
    return [painter.text(*parts[:at]), painter.text(*indent, *parts[at:])]
