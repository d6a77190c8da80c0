"""What is drawn over and behind the bars, as pure data: another run, a line, a band.

Each is given in values a layer and kept in levels, whole cells from the bottom, a column each.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from tui.charts.columns import Column
from tui.state.axis import Axis
from tui.state.scene import Band

Values = NDArray[np.float64]


class Mark(Enum):
    """What an overlay draws in one cell."""

    LINE = "line"
    GHOST = "ghost"
    MEDIAN = "median"
    BAND = "band"


@dataclass(frozen=True)
class Overlays:
    """Levels of each column; None, or a tuple that ends early, where there is nothing."""

    ghost: tuple[int | None, ...] = ()
    line: tuple[int | None, ...] = ()
    band: tuple[tuple[int, int, int] | None, ...] = ()

    def at(self, index: int, level: int, reached: bool) -> Mark | None:
        """The mark of a column at a level; before the wave has `reached` it only the ghost."""
        if reached and index < len(self.line) and self.line[index] == level:
            return Mark.LINE
        if index < len(self.ghost) and self.ghost[index] == level:
            return Mark.GHOST
        span = self.band[index] if reached and index < len(self.band) else None
        if span is None or not span[0] <= level <= span[2]:
            return None
        return Mark.MEDIAN if level == span[1] else Mark.BAND


NO_OVERLAYS = Overlays()


def overlays_of(
    columns: tuple[Column, ...],
    axis: Axis,
    rows: int,
    ghost: Values | None = None,
    line: Values | None = None,
    band: Band | None = None,
) -> Overlays:
    """The overlays of values a layer; arrays may be shorter than the network is deep."""
    ends = 10.0**axis.low, 10.0**axis.high
    low, middle, high = (
        # a band that leaves the axis is cut there, not lost
        levels(None if values is None else np.clip(values, *ends), columns, axis, rows)
        for values in band or (None,) * 3
    )
    spans = zip(low, middle, high, strict=True)
    return Overlays(
        levels(ghost, columns, axis, rows),
        levels(line, columns, axis, rows),
        tuple(
            (a, b, c) if a is not None and b is not None and c is not None else None
            for a, b, c in spans
        ),
    )


def levels(
    values: Values | None, columns: tuple[Column, ...], axis: Axis, rows: int
) -> tuple[int | None, ...]:
    """Each column's median value as a level; None for none, 0, what is not finite or off the axis.

    A value that is the axis' end counts as on it.
    """
    if values is None:
        return ()
    result: list[int | None] = []
    for column in columns:
        shared = values[column.layers]
        usable = shared[np.isfinite(shared) & (shared > 0)]
        place = axis.fraction(float(np.median(usable))) if len(usable) else math.nan
        on_axis = 0 <= place <= 1
        result.append(min(math.floor(place * rows), rows - 1) if on_axis else None)
    return tuple(result) if any(level is not None for level in result) else ()
