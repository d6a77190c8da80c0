"""The logarithmic axis that the bars of one metric share."""

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
