"""Which rows of a logarithmic axis are labelled."""

import math
from collections.abc import Iterable

from tui.state.axis import Axis


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
