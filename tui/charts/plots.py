"""Curves in dots, several to a cell: braille, strokes of three heights, or a character a cell."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style

from tui.charts.canvas import letters
from tui.style.glyphs import Dots, Glyphs

Values = NDArray[np.float64]
Range = tuple[float, float]


class Curve(NamedTuple):
    """y over ascending x; where y is not finite nothing is drawn, and nothing is joined across it.

    `mark` is its character where a cell has no more than one dot; a `sampled` curve is known at its
    points only.
    """

    x: Values
    y: Values
    style: Style
    mark: str
    sampled: bool = False


def plot_rows(
    curves: Sequence[Curve], size: tuple[int, int], x_range: Range, y_range: Range, glyphs: Glyphs
) -> list[list[Segment]]:
    """The rows of a plot in (cells, rows); a cell shows the first of the curves that go through it.

    Both ends of a range are on the outermost dots; what is beyond them is off the picture.
    """
    cells, rows = size
    codes = np.empty((len(curves), rows, cells), np.int64)
    sets = [glyphs.samples if curve.sampled else glyphs.dots for curve in curves]
    for i, (curve, dots) in enumerate(zip(curves, sets, strict=True)):
        drawn = _drawn(curve, size, dots, x_range, y_range)
        by_cell = drawn.reshape(rows, dots.down, cells, dots.across).swapaxes(1, 2)
        codes[i] = by_cell.reshape(rows, cells, -1) @ (1 << np.arange(dots.down * dots.across))
    first = np.argmax(codes > 0, axis=0)
    shown = np.zeros((rows, cells), np.uint32)
    for i, (curve, dots) in enumerate(zip(curves, sets, strict=True)):
        characters = letters(dots.characters.replace("*", curve.mark))
        np.copyto(shown, characters[codes[i]], where=first == i)

    def row(text: str, owners: NDArray[np.int64], changes: NDArray[np.bool_]) -> Iterator[Segment]:
        edges = [0, *(np.flatnonzero(changes) + 1).tolist(), cells]
        for start, end in pairwise(edges):
            yield Segment(text[start:end], curves[owners[start]].style)

    texts = (str(line.tobytes(), "utf-32-le") for line in shown)
    changes = first[:, 1:] != first[:, :-1]
    return [list(row(*each)) for each in zip(texts, first, changes, strict=True)]


def dot_row(value: float, rows: int, y_range: Range, glyphs: Glyphs) -> int:
    """The row of cells, 0 at the top, in which that value is drawn."""
    down = glyphs.dots.down
    part = (y_range[1] - value) / (y_range[1] - y_range[0])
    return int(np.rint(part * (rows * down - 1))) // down


def _drawn(
    curve: Curve, size: tuple[int, int], dots: Dots, x_range: Range, y_range: Range
) -> NDArray[np.bool_]:
    """Which dots of (down, across) a curve goes through in (cells, rows)."""
    across, down = size[0] * dots.across, size[1] * dots.down
    x = (curve.x - x_range[0]) / (x_range[1] - x_range[0]) * (across - 1)
    y = (y_range[1] - curve.y) / (y_range[1] - y_range[0]) * (down - 1)
    drawn, rows = np.zeros((down, across), np.bool_), np.arange(down)[:, np.newaxis]
    inside = np.isfinite(y) & (x >= 0) & (x <= across - 1)
    if not dots.joined:
        # of several in a column the last one
        at = np.full(across + 1, -1.0)
        at[np.rint(x[inside]).astype(np.int64)] = np.rint(y[inside])
        for column in reversed(range(across)):
            # none beside another: what is under a row of them shows between
            if at[column + 1] >= 0:
                at[column] = -1
        return np.asarray(rows == at[:-1])
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    for start, end in pairwise(edges.tolist()):
        if inside[start]:
            columns, low, high = _spans(x[start:end], y[start:end], dots.stroke)
            drawn[:, columns] |= (np.rint(low) <= rows) & (rows <= np.rint(high))
    return drawn


def _spans(x: Values, y: Values, stroke: int) -> tuple[NDArray[np.int64], Values, Values]:
    """Columns of dots, and from where to where an unbroken curve goes in each of them.

    Where that is no further than half a `stroke` from its own value, that stands for all.
    """
    columns = np.arange(round(float(x[0])), round(float(x[-1])) + 1)
    # half-way to its neighbours a column joins them; points between two columns count as well
    half = np.interp(columns[:-1] + 0.5, x, y)
    at = np.concatenate((np.rint(x).astype(np.int64), columns, columns[:-1], columns[1:]))
    own = np.interp(columns, x, y)
    values = np.concatenate((y, own, half, half))
    low, high = np.full(len(columns), np.inf), np.full(len(columns), -np.inf)
    np.minimum.at(low, at - columns[0], values)
    np.maximum.at(high, at - columns[0], values)
    is_flat = np.maximum(high - own, own - low) <= stroke / 2
    return columns, np.where(is_flat, own, low), np.where(is_flat, own, high)
