"""Pictures of square pixels, two to a cell, one over the other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from tui.charts.canvas import Canvas
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.style.glyphs import ASCII

UPPER_HALF = "▀"


def has_pixels(painter: Painter) -> bool:
    """Whether the terminal can show them; else characters must tell."""
    palette = painter.palette
    return palette.coloured and not palette.look.few and painter.glyphs is not ASCII


def pixel_rows(painter: Painter, pixels: NDArray[np.intp], colours: Sequence[str]) -> list[Strip]:
    """A picture of an even number of rows of pixels, each the index of a colour #rrggbb."""
    top, bottom = pixels[::2], pixels[1::2]
    rows, cells = top.shape
    canvas = Canvas(rows, cells, painter.paints)
    pairs, which = np.unique(top * len(colours) + bottom, return_inverse=True)
    paints = [Paint(colours[pair // len(colours)], colours[pair % len(colours)]) for pair in pairs]
    numbers = np.array([canvas.paints.number(paint) for paint in paints], np.int32)
    canvas.numbers[:] = numbers[which.reshape(rows, cells)]
    # a blank on its ground is less to send than a block
    canvas.characters[top != bottom] = ord(UPPER_HALF)
    return canvas.strips(np.arange(rows))
