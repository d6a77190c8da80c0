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
from tui.words.layers import percent
from tui.words.numbers import number

Values = NDArray[np.float64]

HIGHEST = 2.0
"""Losses above so many times the first leave the picture: one peak would flatten the rest."""

ROUND = (1.0, 2.0, 4.0, 6.0, 8.0, 10.0)
"""What an axis may end at, times a power of ten: half of it is short, too."""


def loss_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's loss and the test set's from step 0 to `end`, in (cells, rows)."""
    finite = curves.loss[np.isfinite(curves.loss)]
    largest = float(finite.max(initial=0.0))
    top = round_top(min(largest, HIGHEST * float(finite[0])) if len(finite) else 1.0)
    tested = [e.loss for e in tests]
    return _plot(painter, (curves.steps, curves.loss), (tests, tested), size, end, top, _short)


def accuracy_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's accuracy and the test set's from step 0 to `end`, in (cells, rows)."""
    tested = [e.accuracy for e in tests]
    return _plot(painter, (curves.steps, curves.accuracy), (tests, tested), size, end, 1.0, percent)


def _plot(
    painter: Painter,
    batch: tuple[NDArray[np.int64], Values],
    test: tuple[Sequence[Evaluation], list[float | None]],
    size: tuple[int, int],
    end: int,
    top: float,
    spell: Callable[[float], str],
) -> list[Strip]:
    style, rows = painter.palette.style, size[1]
    tested = np.array([e.step for e in test[0]], np.float64), np.array(test[1], np.float64)
    lines = [
        Curve(*tested, style(SLOPE, bold=True), "o"),
        Curve(batch[0].astype(np.float64), batch[1], style(CURVE), "*"),
    ]
    drawn = plot_rows(lines, size, (0.0, float(end)), (0.0, top), painter.glyphs)
    labels = {0: spell(top), rows - 1: spell(0.0)}
    if rows % 2 and rows > 1:
        labels[rows // 2] = spell(top / 2)
    return [
        painter.row(labels.get(row, ""), STEPS_MARGIN, cells) for row, cells in enumerate(drawn)
    ]


def round_top(value: float) -> float:
    """The least round number that is no less; 1 for 0."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * r for r in ROUND if power * r >= value * (1 - 1e-9))


def _short(value: float) -> str:
    """In at most four characters wherever people would write it in so many."""
    text = number(float(f"{value:.3g}"))
    return text if len(text) < STEPS_MARGIN - 1 else f"{value:.0e}".replace("e-0", "e-")
