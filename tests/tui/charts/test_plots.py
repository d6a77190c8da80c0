"""Curves as text."""

import numpy as np

from tui.charts.plots import curve_rows
from tui.style.glyphs import ASCII, BLOCKS


def test_curves_leave_out_what_is_off_the_picture() -> None:
    """A pole is not joined across the middle; nothing finite, nothing drawn."""
    x = np.linspace(-1, 1, 201)
    with np.errstate(divide="ignore"):
        rows = curve_rows(x, 1 / x, (40, 8), (-1, 1), (-5, 5), BLOCKS)
    assert [len(row) for row in rows] == [40] * 8
    assert all(row[20] == " " for row in rows[3:5])
    assert set("".join(curve_rows(x, x * np.nan, (9, 2), (-1, 1), (0, 1), BLOCKS))) == {" "}
    assert set("".join(curve_rows(x, x, (9, 3), (-1, 1), (-1, 1), ASCII))) == {" ", "*"}
