"""Loss and accuracy over the steps of a run, on axes of their own."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from engine.measure.evaluation import Evaluation
from tui.charts.heat_map import STEPS_MARGIN
from tui.charts.painter import Painter
from tui.charts.plots import Curve, plot_rows
from tui.state.scene import Curves
from tui.style.looks import CURVE, SLOPE
from tui.words.numbers import number, percent, power_of_ten

Values = NDArray[np.float64]
Spelling = Callable[[float], str]

LOGARITHMIC_FROM = 20.0
"""A loss that has grown to so many times the first one is drawn in decades: all of it is seen."""

ROUND = (1.0, 2.0, 4.0, 6.0, 8.0, 10.0)
"""What an axis may end at, times a power of ten: half of it is short, too."""


def loss_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's loss and the test set's from step 0 to `end`, in (cells, rows)."""
    tested = np.array([e.loss for e in tests], np.float64)
    known = np.concatenate((curves.loss, tested))
    known = known[np.isfinite(known)]
    largest = float(known.max(initial=0.0))
    if largest <= LOGARITHMIC_FROM * known[:1].sum():
        axis = 0.0, round_top(largest)
        return _plot(painter, (curves.steps, curves.loss), (tests, tested), size, end, axis, _short)
    with np.errstate(all="ignore"):
        batch, tested = np.log10(curves.loss), np.log10(tested)
    axis = decades_around(float(known[known > 0].min()), largest)
    return _plot(painter, (curves.steps, batch), (tests, tested), size, end, axis, _power)


def accuracy_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's accuracy and the test set's from step 0 to `end`, in (cells, rows)."""
    batch, tested = (curves.steps, curves.accuracy), np.array([e.accuracy for e in tests], float)
    return _plot(painter, batch, (tests, tested), size, end, (0.0, 1.0), percent)


def _plot(
    painter: Painter,
    batch: tuple[NDArray[np.int64], Values],
    test: tuple[Sequence[Evaluation], Values],
    size: tuple[int, int],
    end: int,
    axis: tuple[float, float],
    spell: Spelling,
) -> list[Strip]:
    style, rows = painter.palette.style, size[1]
    steps = np.array([e.step for e in test[0]], np.float64)
    lines = [
        Curve(steps, test[1], style(SLOPE, bold=True), "o", sampled=True),
        Curve(batch[0].astype(np.float64), batch[1], style(CURVE), "*"),
    ]
    drawn = plot_rows(lines, size, (0.0, float(end)), axis, painter.glyphs)
    labels = {0: spell(axis[1]), rows - 1: spell(axis[0])}
    if rows % 2 and rows > 1:
        labels[rows // 2] = spell(sum(axis) / 2)
    return [
        painter.row(painter.glyphs.spell(labels.get(row, "")), STEPS_MARGIN, cells)
        for row, cells in enumerate(drawn)
    ]


def round_top(value: float) -> float:
    """The least round number that is no less; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    # no power of ten is as small as the least numbers that there are
    return next((power * r for r in ROUND if power * r >= value * (1 - 1e-9)), value)


def decades_around(low: float, high: float) -> tuple[float, float]:
    """Powers of ten no nearer than both, an even number apart: the one between them is whole."""
    bottom, top = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return float(bottom), float(max(top + (top - bottom) % 2, bottom + 2))


def _power(decades: float) -> str:
    return power_of_ten(round(decades))


def _short(value: float) -> str:
    """In no more characters than its place has."""
    text = number(float(f"{value:.3g}"))
    return (
        text
        if len(text) < STEPS_MARGIN - 1
        else f"{value:.0e}".replace("e-0", "e-").replace("e+", "e")
    )
