"""The chart's logarithmic axis and its ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MIN_DECADES = 6


@dataclass(frozen=True)
class Axis:
    """Powers of ten from `low` to `high`, shared by all columns."""

    low: int
    high: int

    def fraction(self, value: float) -> float:
        """Where a positive finite value stands: 0 at the bottom, 1 at the top."""
        return (math.log10(value) - self.low) / (self.high - self.low)

    def joined(self, other: Axis) -> Axis:
        """The smallest axis that holds both."""
        return Axis(min(self.low, other.low), max(self.high, other.high))


def fitted(values: Iterable[float]) -> Axis:
    """The axis for those values: from a decade below the smallest, six decades at least."""
    usable = [math.log10(value) for value in values if value > 0 and math.isfinite(value)]
    if not usable:
        return Axis(-MIN_DECADES, 0)
    low = math.floor(min(usable) - 1)
    return Axis(low, max(math.ceil(max(usable)), low + MIN_DECADES))


def ticks(axis: Axis, rows: int) -> dict[int, int]:
    """Which row (0 at the top) is labelled with which power of ten: round steps, no crowding."""
    span = axis.high - axis.low
    most = max(2, rows // 2)
    step = next(s for s in _steps() if span / s <= most)
    first = math.ceil(axis.low / step) * step
    marks: dict[int, int] = {}
    for exponent in range(first, axis.high + 1, step):
        row = rows - 1 - math.floor((exponent - axis.low) / span * rows)
        marks.setdefault(max(row, 0), exponent)
    return marks


def _steps() -> Iterable[int]:
    scale = 1
    while True:
        yield from (scale, 2 * scale, 3 * scale, 5 * scale)
        scale *= 10
