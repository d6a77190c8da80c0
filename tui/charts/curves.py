"""Loss and accuracy over the steps of a run."""

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from tui.charts.heat_map import STEPS_MARGIN
from tui.charts.painter import Painter
from tui.charts.plots import curve_rows, merged
from tui.state.scene import Curves
from tui.style.looks import CURVE, SLOPE
from tui.words.numbers import factor

Values = NDArray[np.float64]

HIGHEST = 2.0
"""Losses above so many times the first are not drawn: one peak would flatten the rest."""


def curve_strips(painter: Painter, curves: Curves, cells: int, rows: int, end: int) -> list[Strip]:
    """Both curves from step 0 to `end`, the loss from 0 to its largest, accuracy from 0 to 1."""
    steps = curves.steps.astype(np.float64)
    finite = curves.loss[np.isfinite(curves.loss)]
    top = min(float(finite.max(initial=0.0)), HIGHEST * float(finite[0]) if len(finite) else 1.0)
    top = top or 1.0
    known = np.isfinite(curves.test_accuracy)
    style, texts = painter.palette.style, []
    for x, y, high, colour in (
        (steps[known], curves.test_accuracy[known], 1.0, SLOPE),
        (steps, curves.loss, top, CURVE),
    ):
        x, y = thinned(x, y, 2 * cells)
        curve = curve_rows(x, y, (cells, rows), (0.0, float(end)), (0.0, high), painter.glyphs)
        texts.append((curve, style(colour, bold=True)))
    strips = []
    for row in range(rows):
        label = {0: factor(top), rows - 1: "0"}.get(row, "")[: STEPS_MARGIN - 2]
        drawn = merged([(curve[row], curve_style) for curve, curve_style in texts])
        strips.append(painter.row(label, STEPS_MARGIN, drawn))
    return strips


def thinned(x: Values, y: Values, most: int) -> tuple[Values, Values]:
    """At most so many of the points, the first and the last among them."""
    if len(x) <= most:
        return x, y
    at = np.unique(np.linspace(0, len(x) - 1, most).round().astype(int))
    return x[at], y[at]
