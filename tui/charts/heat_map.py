"""The gradients of a run: layers over steps, the colour as that of the bars."""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.strip import Strip

from tui.charts.painter import Painter
from tui.charts.pixels import has_pixels, pixel_rows
from tui.state.scene import Heat
from tui.style.palette import decade_colour
from tui.words.training import steps_text

RAMP = ((0.5, "@"), (-0.5, "#"), (-2.0, "+"), (-4.0, "-"), (-8.0, ":"), (-math.inf, "."))
"""Characters for decades above the last layer's gradient, where there is no colour."""

FINENESS = 4
"""Colours a decade."""

STEPS_MARGIN = 5
"""Cells left of it, for layers' numbers."""


def heat_strips(painter: Painter, heat: Heat, depth: int, cells: int, rows: int) -> list[Strip]:
    """The output's layer on top, the newest step at the right, and the layers' numbers."""
    if has_pixels(painter):
        values = shared(heat.decades, 2 * rows)
        colours = [[_colour(painter, float(value)) for value in row] for row in values.T]
        pictures = pixel_rows(painter, colours)
    else:
        values = shared(heat.decades, rows)
        texts = ("".join(map(_character, row)) for row in values.T)
        pictures = [[Segment(text, painter.ink)] for text in texts]
    names = {0: str(depth), rows - 1: "1"}
    rest = Segment(" " * (cells - len(values)), painter.blank)
    return [
        painter.row(names.get(row, ""), STEPS_MARGIN, [*picture, rest])
        for row, picture in enumerate(pictures)
    ]


def shared(decades: NDArray[np.float32], rows: int) -> NDArray[np.float32]:
    """(columns, layers) as (columns, rows), the last layer first; the median where layers share."""
    depth = decades.shape[1]
    top_down = decades[:, ::-1]
    edges = np.arange(rows + 1) * depth // rows
    parts = [top_down[:, a : max(b, a + 1)] for a, b in pairwise(edges)]
    with np.errstate(all="ignore"):
        return np.stack([np.median(part, axis=1) for part in parts], axis=1)


def _colour(painter: Painter, decades: float) -> str:
    look = painter.palette.look
    if math.isnan(decades):
        return look.kinds["overflow"][1]
    if decades == -math.inf:
        # no gradient at all: nothing is drawn
        return painter.palette.ground
    return decade_colour(look.stops, round(decades * FINENESS) / FINENESS)


def _character(decades: float) -> str:
    if math.isnan(decades):
        return "!"
    if decades == -math.inf:
        return " "
    return next(character for least, character in RAMP if decades >= least)


def step_axis(heat: Heat, cells: int) -> str:
    """The steps under it: where it starts and where it ends."""
    end = heat.start + heat.stride * cells
    left, right = str(heat.start), str(end)
    middle = steps_text(heat.stride)
    room = cells - len(left) - len(right)
    return left + (middle.center(room) if room > len(middle) + 1 else " " * room) + right
