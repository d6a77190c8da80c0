"""The logarithmic axis that the bars of one metric share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MIN_DECADES = 6


@dataclass(frozen=True)
class Axis:
    """Powers of ten from `low` to `high`, shared by all columns."""

    low: float
    high: float

    @property
    def decades(self) -> float:
        """How many it spans."""
        return self.high - self.low

    def joined(self, other: Axis) -> Axis:
        """The smallest axis that holds both."""
        return Axis(min(self.low, other.low), max(self.high, other.high))

    def widened(self) -> Axis:
        """Upwards to the least span."""
        return Axis(self.low, max(self.high, self.low + MIN_DECADES))


def needed(values: Iterable[float]) -> Axis | None:
    """From a decade below the smallest value to the largest; None where none can be measured.

    What is not positive and finite does not count.
    """
    usable = [math.log10(value) for value in values if value > 0 and math.isfinite(value)]
    return Axis(min(usable) - 1, max(usable)) if usable else None


def fitted(values: Iterable[float]) -> Axis | None:
    """The axis for those values: from a decade below the smallest, six decades at least."""
    axis = needed(values)
    return axis and axis.widened()
