"""Bars of displacement."""

import pytest

from tui.charts.layer_bars import DISPLACEMENTS, LEAST, displacement_scale


@pytest.mark.parametrize("rows", range(1, 60))
def test_no_rows_stand_empty_above_what_can_be_moved(rows: int) -> None:
    """They go to what moves less, down to what a number can tell."""
    scale = displacement_scale(rows)
    above = (rows - scale.height(10**DISPLACEMENTS.high)) / scale.per_decade * scale.per_row
    assert above < scale.per_row + 0.5 or scale.low == LEAST
    # in three rows it is as coarse as the scale has to be
    assert rows < 4 or LEAST <= scale.low <= DISPLACEMENTS.low
