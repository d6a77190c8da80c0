"""The logarithmic axis that the bars of one metric share."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MIN_DECADES = 6


@dataclass(frozen=True)
class Axis:
    """Powers of ten from the whole one `low` to `high`, shared by all columns."""

    low: int
    high: float

    @property
    def decades(self) -> float:
        """How many it spans."""
        return self.high - self.low

    def joined(self, other: Axis) -> Axis:
        """The smallest axis that holds both."""
        return Axis(min(self.low, other.low), max(self.high, other.high))


def fitted(values: Iterable[float]) -> Axis | None:
    """The axis for those values: from a decade below the smallest, six decades at least.

    None where no value is positive and finite: there is nothing to measure.
    """
    usable = [math.log10(value) for value in values if value > 0 and math.isfinite(value)]
    if not usable:
        return None
    low = math.floor(min(usable) - 1)
    return Axis(low, max(*usable, low + MIN_DECADES))
