"""Pictures of square pixels, two to a cell, one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.segment import Segment

from tui.charts.painter import Painter
from tui.style.glyphs import ASCII

UPPER_HALF = "▀"

Row = Sequence[str]
"""A colour #rrggbb a pixel."""


def has_pixels(painter: Painter) -> bool:
    """Whether the terminal can show them; else characters must tell."""
    return painter.palette.coloured and painter.glyphs is not ASCII


def pixel_row(painter: Painter, upper: Row, lower: Row) -> list[Segment]:
    """One row of cells; neighbours of the same colours are one segment."""
    result = []
    for (top, bottom), cells in groupby(zip(upper, lower, strict=True)):
        count = sum(1 for _ in cells)
        # a blank on its ground is less to send than a block
        text = " " if top == bottom else UPPER_HALF
        result.append(Segment(text * count, painter.pixel(top, bottom)))
    return result


def pixel_rows(painter: Painter, rows: Sequence[Row]) -> list[list[Segment]]:
    """A picture of an even number of pixel rows."""
    return [
        pixel_row(painter, upper, lower) for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
