"""Loss and accuracy over the steps of a run, on axes of their own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

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
Strips = Callable[[Painter, Curves, Sequence[Evaluation], tuple[int, int], int], list[Strip]]

LOGARITHMIC_FROM = 20.0
"""A loss that has grown to so many times the first one is drawn in decades: all of it is seen."""

ROUND = (1.0, 2.0, 4.0, 6.0, 8.0, 10.0)
"""What an axis may end at, times a power of ten: half of it is short, too."""


class Axis(NamedTuple):
    """An axis: its ends, what stands on it for a value, and how its labels are spelled."""

    ends: tuple[float, float]
    of: Callable[[Values], Values]
    spell: Spelling


def loss_axis(losses: Values) -> Axis:
    """The axis for those losses, the first one first: from 0, or in decades."""
    known = losses[np.isfinite(losses)]
    largest = float(known.max(initial=0.0))
    if largest <= LOGARITHMIC_FROM * known[:1].sum():
        return Axis((0.0, round_top(largest)), lambda values: values, _short)
    return Axis(decades_around(float(known[known > 0].min()), largest), _log10, _power)


def _log10(values: Values) -> Values:
    with np.errstate(all="ignore"):
        return np.log10(values)


SHARES = Axis((0.0, 1.0), lambda values: values, percent)
"""That of accuracies."""


def loss_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's loss and the test set's from step 0 to `end`, in (cells, rows)."""
    tested = np.array([e.loss for e in tests], np.float64)
    axis = loss_axis(np.concatenate((curves.loss, tested)))
    lines = _batch_and_test(painter, curves, axis.of(curves.loss), tests, axis.of(tested))
    return plot_strips(painter, lines, size, end, axis)


def strips_of(name: str) -> Strips:
    """Draws another of the curves as the loss is drawn."""
    return lambda painter, curves, tests, size, end: loss_strips(
        painter, replace(curves, loss=getattr(curves, name)), tests, size, end
    )


def accuracy_strips(
    painter: Painter, curves: Curves, tests: Sequence[Evaluation], size: tuple[int, int], end: int
) -> list[Strip]:
    """The batch's accuracy and the test set's from step 0 to `end`, in (cells, rows)."""
    tested = np.array([e.accuracy for e in tests], np.float64)
    lines = _batch_and_test(painter, curves, curves.accuracy, tests, tested)
    return plot_strips(painter, lines, size, end, SHARES)


def _batch_and_test(
    painter: Painter, curves: Curves, batch: Values, tests: Sequence[Evaluation], tested: Values
) -> list[Curve]:
    style, steps = painter.palette.style, np.array([e.step for e in tests], np.float64)
    return [
        Curve(steps, tested, style(SLOPE, bold=True), "o", sampled=True),
        Curve(curves.steps.astype(np.float64), batch, style(CURVE), "*"),
    ]


def plot_strips(
    painter: Painter, lines: Sequence[Curve], size: tuple[int, int], end: int, axis: Axis
) -> list[Strip]:
    """Curves from step 0 to `end`, in (cells, rows), beside the labels of their axis."""
    rows = size[1]
    drawn = plot_rows(lines, size, (0.0, float(end)), axis.ends, painter.glyphs)
    labels = {0: axis.spell(axis.ends[1]), rows - 1: axis.spell(axis.ends[0])}
    if rows % 2 and rows > 1:
        labels[rows // 2] = axis.spell(sum(axis.ends) / 2)
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
