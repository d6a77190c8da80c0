"""The axis: its range, the rows of its decades, and its ticks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.charts.scale import scale_of
from tui.state.axis import Axis, fitted


def test_the_axis_spans_six_decades_and_starts_below_the_smallest() -> None:
    """Zero and what is not finite do not count."""
    assert fitted([1e-3, 2e-3, 0.0, np.inf, np.nan]) == Axis(-4, 2)
    assert fitted([1e-13, 1e-1]) == Axis(-14, -1)
    assert Axis(-4, 2).joined(Axis(-14, -1)) == Axis(-14, 2)


def test_without_a_value_there_is_no_axis() -> None:
    """None is made up."""
    assert fitted([0.0, np.nan, np.inf]) is None


@given(st.floats(-300, 300), st.floats(0, 400), st.integers(2, 60))
def test_a_scale_holds_the_axis_in_whole_rows_or_decades(
    least: float, span: float, rows: int
) -> None:
    """The smallest value a decade above the bottom at least, the largest below the top."""
    most = min(least + span, 307.0)
    axis = fitted([10.0**least, 10.0**most])
    assert axis is not None
    scale = scale_of(axis, rows)
    assert 1 in (scale.per_decade, scale.per_row)
    assert scale.height(10.0**least) >= scale.per_decade / scale.per_row - 1e-9
    assert scale.height(10.0**most) <= rows + 1e-9
    if scale.per_row == 1:
        # with a row more a decade it would not fit
        assert (scale.per_decade + 1) * (axis.decades + 1) > rows - 0.5


@pytest.mark.parametrize("axis", [Axis(-15, -1), Axis(-3, 3), Axis(-130, 0), Axis(-2, 300)])
@pytest.mark.parametrize("rows", [4, 8, 14, 15, 36])
def test_ticks_are_few_round_and_stand_where_their_value_is(axis: Axis, rows: int) -> None:
    """In the middle of their row, no more than every second one where there is room."""
    scale = scale_of(axis, rows)
    marks = scale.ticks()
    assert 2 <= len(marks) <= rows // 2 + 1
    for level, exponent in marks.items():
        assert 0 <= level < rows
        height = (exponent - scale.low) * scale.per_decade / scale.per_row + 0.5
        assert math.isclose(height, level + 0.5)
        if exponent < 308:
            assert scale.height(10.0**exponent) == pytest.approx(height)


@given(st.floats(-300, 0), st.floats(0, 1), st.integers(4, 60))
def test_the_line_of_a_format_is_never_in_a_ticks_row_and_within_a_row_of_its_place(
    least: float, part: float, rows: int
) -> None:
    """Or it is left out."""
    axis = Axis(least, max(0.0, least + 6))
    scale = scale_of(axis, rows)
    value = 10.0 ** (axis.low + part * (axis.high - axis.low))
    level = scale.row_beside_ticks(value)
    if level is not None:
        assert level not in scale.ticks()
        assert abs(level + 0.5 - scale.height(value)) <= 1 + 1e-9


@pytest.mark.parametrize("rows", [8, 14, 15, 36])
@pytest.mark.parametrize("decades", range(40, 700, 7))
def test_a_long_axis_leaves_few_of_its_rows_empty(decades: int, rows: int) -> None:
    """Many decades a row are chosen as closely as round numbers allow."""
    scale = scale_of(Axis(-decades, 0), rows)
    # between one and two decades a row there is nothing whole
    least = 0.5 if scale.per_row <= 2 else 2 / 3
    assert scale.height(1.0) >= rows * least - 1
