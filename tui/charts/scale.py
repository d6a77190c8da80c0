"""The rows of a logarithmic axis: how high values stand in them, and which are labelled."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tui.state.axis import Axis

ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
"""Decades a row, times a power of ten: so close that little of the axis stays empty."""


@dataclass(frozen=True)
class Scale:
    """Rows on which whole decades stand in the middle, 10^`low` in that of the bottom row.

    A decade takes `per_decade` rows, or a row `per_row` decades; the other one is 1.
    """

    rows: int
    low: int
    per_decade: int = 1
    per_row: int = 1

    def height(self, value: float) -> float:
        """Rows from the bottom edge up to a positive finite value."""
        return (math.log10(value) - self.low) * self.per_decade / self.per_row + 0.5

    def row_beside_ticks(self, value: float) -> int | None:
        """The level of a value, or the nearer one beside it where a tick's label has its place.

        None off the axis, and where that one has a label, too.
        """
        height = self.height(value)
        level = math.floor(height)
        beside = level + 1 if height - level >= 0.5 else level - 1
        home = beside if level in self.ticks() else level
        on_axis = 0 <= height < self.rows and 0 <= home < self.rows
        return home if on_axis and home not in self.ticks() else None

    def ticks(self) -> dict[int, int]:
        """Which level (0 at the bottom) is labelled with which power of ten: few, evenly."""
        for spacing in (max(self.rows // 6, 3), 3, 2, 1):
            step = self.per_row * -(-spacing // self.per_decade)
            first = math.ceil(self.low / step) * step
            exponents = range(first, self.low + self.rows * self.per_row, step)
            levels = ((e - self.low) * self.per_decade // self.per_row for e in exponents)
            found = {a: e for a, e in zip(levels, exponents, strict=True) if a < self.rows}
            if len(found) > 1:
                break
        return found


def scale_of(axis: Axis, rows: int) -> Scale:
    """The finest scale on which the axis fits: whole rows a decade, or round decades a row."""
    # in a single row nothing can be told
    room = max(rows, 2)
    for per_decade in range(room, 0, -1):
        low = math.floor(axis.low + 0.5 / per_decade)
        if (axis.high - low) * per_decade + 0.5 <= room:
            return Scale(rows, low, per_decade)
    for per_row in _round_numbers():
        low = per_row * math.floor(axis.low / per_row + 0.5)
        if (axis.high - low) / per_row + 0.5 <= room:
            break
    return Scale(rows, low, 1, per_row)


def _round_numbers() -> Iterator[int]:
    scale = 1
    while True:
        yield from (round(part * scale) for part in ROUND if part * scale % 1 == 0)
        scale *= 10
