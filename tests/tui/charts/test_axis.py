"""The axis: its range and its ticks."""

import numpy as np
import pytest

from tui.charts.ticks import ticks
from tui.state.axis import Axis, fitted


def test_the_axis_spans_six_decades_and_starts_below_the_smallest() -> None:
    """Zero and what is not finite do not count."""
    assert fitted([1e-3, 2e-3, 0.0, np.inf, np.nan]) == Axis(-4, 2)
    assert fitted([1e-13, 1e-1]) == Axis(-14, -1)
    assert fitted([0.0]) == Axis(-6, 0)
    assert Axis(-4, 2).joined(Axis(-14, -1)) == Axis(-14, 2)


@pytest.mark.parametrize("axis", [Axis(-15, -1), Axis(-3, 3), Axis(-130, 0), Axis(-2, 300)])
@pytest.mark.parametrize("rows", [8, 15, 36])
def test_ticks_are_few_and_stand_where_their_value_is(axis: Axis, rows: int) -> None:
    """No more than every second row, each within a row of its place."""
    marks = ticks(axis, rows)
    assert 2 <= len(marks) <= rows // 2 + 1
    for row, exponent in marks.items():
        place = rows - (exponent - axis.low) / (axis.high - axis.low) * rows
        assert abs(place - row - 0.5) <= 0.51
