"""The running product written as a formula with its numbers, in the families' colours."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.glyphs import ASCII, plain
from tui.messages import CHAIN_STARTS, FAMILY_SIGNS, chain_average, chain_trouble, power
from tui.painter import Painter
from tui.palette import FAMILY_COLOURS, lightened
from tui.product import Product, rounded_to_sum


def formula_strips(
    painter: Painter, product: Product | None, has_skip: bool, width: int
) -> list[Strip]:
    """Two rows: the product by family, and what a layer does on average."""
    if product is None:
        return [Strip.blank(width, painter.blank)] * 2
    start = f"|g{product.layer}|/|g{product.depth}| = "
    parts: list[tuple[str, Style]] = [(start, painter.quiet)]
    below = ""
    trouble = chain_trouble(product)
    if not product.steps:
        parts += [("1", painter.strong), (f"   {CHAIN_STARTS}", painter.quiet)]
    elif product.zero_at is not None:
        parts += [("0", painter.strong), (f"   {trouble}", painter.quiet)]
    elif product.not_finite_at is not None:
        parts += [(trouble, painter.quiet)]
    elif trouble:
        parts += [(power(product.total), painter.strong), (f"   {trouble}", painter.quiet)]
    else:
        ways = [_factors(painter, product, bracket) for bracket in (" ({})", " {}")]
        fitting = next((way for way in ways if _length(painter, parts + way) <= width), None)
        if fitting is None:
            return _on_two_rows(painter, parts + ways[-1], width)
        parts += fitting
        below = chain_average(product, has_skip)
    return [_strip(painter, parts), _strip(painter, [(below, painter.quiet)])]


def _factors(painter: Painter, product: Product, bracket: str) -> list[tuple[str, Style]]:
    if not product.decades:
        return [("1", painter.strong)]
    shown, total = rounded_to_sum(list(product.decades.values()), product.total)
    parts: list[tuple[str, Style]] = []
    for family, decades in zip(product.decades, shown, strict=True):
        colour = painter.palette.style(lightened(FAMILY_COLOURS[family]), bold=True)
        parts += [
            (" × " if parts else "", painter.quiet),
            (f"∏{FAMILY_SIGNS[family]}", colour),
            (bracket.format(power(decades)), painter.ink),
        ]
    return [*parts, (" = ", painter.quiet), (power(total), painter.strong)]


def _spelled(painter: Painter, text: str) -> str:
    return plain(text) if painter.glyphs is ASCII else text


def _length(painter: Painter, parts: list[tuple[str, Style]]) -> int:
    return len(_spelled(painter, "".join(text for text, _ in parts)))


def _on_two_rows(painter: Painter, parts: list[tuple[str, Style]], width: int) -> list[Strip]:
    """The formula broken before a factor, where the first row is full; the average has to go."""
    breaks = [n for n, (text, _) in enumerate(parts) if text in (" × ", " = ")]
    at = max((n for n in breaks if _length(painter, parts[:n]) <= width), default=len(parts))
    indent = [("   ", painter.quiet)]
    return [_strip(painter, parts[:at]), _strip(painter, indent + parts[at:])]


def _strip(painter: Painter, parts: list[tuple[str, Style]]) -> Strip:
    return Strip([Segment(_spelled(painter, text), style) for text, style in parts])
