"""What is drawn over the bars as fine strokes: another run, a line, a band; as pure data.

Each is given in values a layer and kept as a height in sixteenths of a row. A stroke is drawn on a
row's lower edge, in its middle or on its upper edge.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.charts.columns import Column, gap_of
from tui.charts.scale import Scale
from tui.state.scene import Band
from tui.words.views import CLOSE, OFF_AXIS, SEEN

Values = NDArray[np.float64]

FINENESS = 16
"""Heights a row that are told apart."""

PLACES = (1 / 16, 1 / 2, 15 / 16)
"""Where in a row the strokes are, as parts of it."""

EDGE = 0.22
"""What is nearer than that to a row's edge has its stroke on the edge.

A stroke is then within a third of a row of its value even on the other side of the edge.
"""

AGREES = 0.5
"""A stroke that is nearer to a bar's top, in rows, says nothing that the bar does not."""


class Whisker(NamedTuple):
    """A vertical stroke between two heights in half rows."""

    low: int
    high: int

    def glyphs(self, kinds: str) -> Iterator[tuple[int, str]]:
        """The levels of its rows with their glyphs, for no, the lower, the upper, both halves."""
        for level in range(self.low // 2, (self.high + 1) // 2):
            lower, upper = self.low <= 2 * level, 2 * level + 1 < self.high
            yield level, kinds[lower + 2 * upper]


class Stroke(NamedTuple):
    """Where one is drawn: the level of its row, and which of PLACES."""

    level: int
    third: int


@dataclass(frozen=True)
class Overlays:
    """Of each column; None, or a tuple that ends early, where there is nothing.

    A band is `whiskers` in the gaps between columns, and without gaps the lines at its `edges`.
    """

    ghost: tuple[int | None, ...] = ()
    line: tuple[int | None, ...] = ()
    whiskers: tuple[Whisker | None, ...] = ()
    edges: tuple[tuple[int | None, ...], ...] = ()


NO_OVERLAYS = Overlays()


def overlays_of(
    columns: tuple[Column, ...],
    scale: Scale,
    ghost: Values | None = None,
    line: Values | None = None,
    band: Band | None = None,
) -> Overlays:
    """The overlays of values a layer; arrays may be shorter than the network is deep."""
    made = Overlays(heights(ghost, columns, scale), heights(line, columns, scale))
    if band is None:
        return made
    low, _, high = band
    if not gap_of(columns):
        return replace(made, edges=tuple(heights(end, columns, scale) for end in (low, high)))
    whiskers: list[Whisker | None] = []
    for found in zip(*(_heights(values, columns, scale) for values in band), strict=True):
        known = [height for height in found if height is not None]
        whiskers.append(whisker_of(known, scale.rows) if len(known) == len(found) else None)
    return replace(made, whiskers=tuple(whiskers))


def whisker_of(ends: Sequence[float], rows: int) -> Whisker | None:
    """Over all three heights in rows, cut at the axis' ends; half a row at least."""
    low, middle, high = ends
    if high < 0 or low >= rows:
        return None
    first, last = math.floor(2 * middle), math.ceil(2 * middle)
    start = min(max(min(round(2 * low), first), 0), 2 * rows - 1)
    return Whisker(start, min(max(round(2 * high), last, start + 1), 2 * rows))


def heights(
    values: Values | None, columns: tuple[Column, ...], scale: Scale
) -> tuple[int | None, ...]:
    """Each column's median value; None for none, 0, what is not finite or off the axis.

    A value that is the axis' end counts as on it.
    """
    if values is None:
        return ()
    result: list[int | None] = []
    for height in _heights(values, columns, scale):
        on_axis = height is not None and 0 <= height <= scale.rows
        result.append(round(height * FINENESS) if height is not None and on_axis else None)
    return tuple(result) if any(height is not None for height in result) else ()


def how_seen(drawn: tuple[int | None, ...], bars: Sequence[float], rows: int) -> str:
    """How strokes at those heights are seen beside bars so high."""
    pairs = [(at, bar) for at, bar in zip(drawn, bars, strict=False) if at is not None]
    if any(stroke_of(at, bar, rows) for at, bar in pairs):
        return SEEN
    return CLOSE if pairs else OFF_AXIS


def _heights(values: Values, columns: tuple[Column, ...], scale: Scale) -> Iterator[float | None]:
    """Of each column's median, in rows."""
    # a few values a column at most: numpy would take longer
    several = values.tolist()
    for column in columns:
        usable = [value for value in several[column.layers] if 0 < value < math.inf]
        yield scale.height(median(usable)) if usable else None


def stroke_of(height: int, bar: float, rows: int) -> Stroke | None:
    """A height's stroke beside a bar so high; None where the bar's top says the same.

    The row of a bar's top is the bar's own, unless the top is the row's edge: what is near that
    row's edge is drawn on the other side of it.
    """
    exact = height / FINENESS
    level = min(math.floor(exact), rows - 1)
    part = exact - level
    third = (part >= EDGE) + (part > 1 - EDGE)
    if bar and abs(exact - bar) <= AGREES:
        return None
    if not level < bar < level + 1:
        return Stroke(level, third)
    beyond = Stroke(level + third - 1, 2 - third)
    return beyond if third != 1 and 0 <= beyond.level < rows else None
