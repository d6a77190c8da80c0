"""Pictures of square pixels, two to a cell, one over the other."""

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
    palette = painter.palette
    return palette.coloured and not palette.look.few and painter.glyphs is not ASCII


def pixel_rows(painter: Painter, rows: Sequence[Row]) -> list[list[Segment]]:
    """A picture of an even number of pixel rows; neighbours of the same colours are one segment."""
    return [
        [_cells(painter, *colours, sum(1 for _ in run)) for colours, run in groupby(pairs)]
        for pairs in map(zip, rows[::2], rows[1::2])
    ]


def _cells(painter: Painter, top: str, bottom: str, count: int) -> Segment:
    # a blank on its ground is less to send than a block
    return Segment((" " if top == bottom else UPPER_HALF) * count, painter.pixel(top, bottom))
