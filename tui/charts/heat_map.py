"""The gradients of a run: layers over steps, the colour as that of the bars."""

import math
import re
from collections.abc import Iterable
from itertools import count, groupby, pairwise

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from tui.charts.painter import Painter
from tui.charts.pixels import has_pixels, pixel_rows
from tui.state.scene import Heat
from tui.style.looks import INK
from tui.style.palette import decade_colour
from tui.words.language import _
from tui.words.training import STEP

RAMP = ((0.5, "@"), (-0.5, "#"), (-2.0, "+"), (-4.0, "-"), (-8.0, ":"), (-math.inf, "."))
"""Characters for decades above the last layer's gradient, where there are few colours or none."""

FINENESS = 4
"""Colours a decade."""

STEPS_MARGIN = 7
"""Cells left of whatever is drawn over steps, for what stands at its axis."""

LABEL_GAP = 3
"""Least cells between two steps that are named."""


def heat_strips(painter: Painter, heat: Heat, cells: int, rows: int) -> list[Strip]:
    """The output's layer on top, the newest step at the right, and the layers' numbers."""
    if has_pixels(painter):
        values = shared(heat.decades, 2 * rows)
        pictures: list[Iterable[Segment]] = [*pixel_rows(painter, *_pixels(painter, values.T))]
    else:
        values = shared(heat.decades, rows)
        pictures = [_characters(painter, row.tolist()) for row in values.T]
    names = {0: str(heat.decades.shape[1]), rows - 1: "1"}
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


def _pixels(painter: Painter, values: NDArray[np.float32]) -> tuple[NDArray[np.intp], list[str]]:
    """The index of every value's colour, and the colours: one for all that are alike."""
    fine = np.rint(values * FINENESS) / FINENESS
    # nothing else is infinite upwards
    shades, which = np.unique(np.where(np.isnan(fine), np.inf, fine), return_inverse=True)
    return which.reshape(values.shape), [_colour(painter, shade) for shade in shades.tolist()]


def _colour(painter: Painter, decades: float) -> str:
    look = painter.palette.look
    if decades == math.inf:
        return look.kinds["overflow"][1]
    if decades == -math.inf:
        # no gradient at all: nothing is drawn
        return painter.palette.ground
    return decade_colour(look.stops, decades)


def _characters(painter: Painter, row: list[float]) -> list[Segment]:
    """A row in characters, in the bars' colours where there are any."""
    palette = painter.palette
    runs = groupby(row, lambda decades: palette.bar(decades) if math.isfinite(decades) else INK)
    return [Segment("".join(map(_character, run)), palette.style(colour)) for colour, run in runs]


def _character(decades: float) -> str:
    if math.isnan(decades):
        return "!"
    if decades == -math.inf:
        return " "
    return next(character for least, character in RAMP if decades >= least)


def step_axis(stride: int, cells: int, horizontal: str) -> str:
    """A line with round steps at their places, and what they are."""
    name = _(STEP)
    line = [" "] * (cells - cell_len(name))
    last = stride * (cells - 1)
    room = (len(str(last)) + LABEL_GAP) * stride
    each = next(s * 10**k for k in count() for s in (1, 2, 5) if s * 10**k >= room)
    for step in range(0, last + 1, each):
        at, text = step // stride, str(step)
        if at + len(text) < len(line):
            line[at : at + len(text)] = text
    # a blank on either side of a number
    drawn = re.sub(" {3,}", lambda gap: f" {horizontal * (len(gap[0]) - 2)} ", "".join(line))
    return drawn + name
