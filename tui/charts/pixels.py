"""Pictures of square pixels, two to a cell, one over the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.painter import Painter
from tui.style.glyphs import ASCII

UPPER_HALF = "▀"

Row = Sequence[str]
"""A colour #rrggbb a pixel."""


def has_pixels(painter: Painter) -> bool:
    """Whether the terminal can show them; else characters must tell."""
    return painter.palette.coloured and painter.glyphs is not ASCII


class Pixels:
    """Draws rows of pixels in the styles of one painter."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._styles: dict[tuple[str, str], Style] = {}

    def segments(self, upper: Row, lower: Row) -> list[Segment]:
        """One row of cells; neighbours of the same colours are one segment."""
        result = []
        for (top, bottom), cells in groupby(zip(upper, lower, strict=True)):
            count = sum(1 for _ in cells)
            # a blank on its ground is less to send than a block
            text = " " if top == bottom else UPPER_HALF
            result.append(Segment(text * count, self._style(top, bottom)))
        return result

    def strips(self, rows: Sequence[Row]) -> list[Strip]:
        """A picture of an even number of pixel rows."""
        return [
            Strip(self.segments(upper, lower))
            for upper, lower in zip(rows[::2], rows[1::2], strict=True)
        ]

    def _style(self, top: str, bottom: str) -> Style:
        key = top, bottom
        if key not in self._styles:
            self._styles[key] = self._painter.palette.style(top, bottom)
        return self._styles[key]
