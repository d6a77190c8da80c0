"""Bars as pure data, and as text."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.frames import runs_of
from tui.charts.bars import NOTHING, Bar, Frame, Rule, bar_of, bars_of
from tui.charts.columns import columns
from tui.charts.paint import Paint
from tui.charts.scale import Scale
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import INK

EXPONENTS = st.floats(-300, 300)


def shade(decades: float) -> str:
    """A colour a decade."""
    return f"#0000{round(decades) % 256:02x}"


def made(value: float) -> Bar:
    """The bar of one value, a decade a row from 1e-6."""
    return bar_of([value], Scale(10, -6), 8, shade)


def test_every_nonzero_value_shows_and_zero_is_written() -> None:
    """An eighth of a cell at least; 0, inf and nan by name."""
    assert made(1e-6).height == 0.5
    assert made(1e-300).height == 1 / 8
    assert made(1e-3).height == 3.5
    assert made(1e30).height == 10.0
    assert [made(value).name for value in (0.0, np.inf, np.nan)] == ["0", "inf", "nan"]


@given(EXPONENTS, st.integers(-100, 10), st.integers(1, 5), st.integers(1, 5))
def test_a_bar_is_right_to_an_eighth_of_a_cell(
    exponent: float, low: int, per_decade: int, per_row: int
) -> None:
    """Wherever it is on the axis; beyond it the bar fills the chart or keeps an eighth."""
    scale = Scale(15, low, per_decade, per_row)
    height = (exponent - low) * per_decade / per_row + 0.5
    bar = bar_of([10.0**exponent], scale, 8, shade)
    assert bar.height == pytest.approx(min(max(height, 1 / 8), 15), abs=1 / 16 + 1e-6)


def rows_of(frame: Frame, glyphs: Glyphs = BLOCKS) -> list[str]:
    """A chart as text."""
    return ["".join(text for text, _ in row) for row in runs_of(frame, glyphs)]


def frame(values: list[float], cells: int, **more: object) -> Frame:
    """Six rows of a decade each."""
    layout = columns(len(values), cells)
    bars = bars_of(np.array(values), layout, Scale(6, -6), 8, shade)
    return Frame(layout, bars, cells, 6, None, **more)  # type: ignore[arg-type]


def test_rows_are_drawn_exactly() -> None:
    """Whole decades end in the middle of a row."""
    assert rows_of(frame([1e-6, 1e-5, 10**-3.5, 1.0], 12)) == [
        "         ███",
        "         ███",
        "         ███",
        "      ██ ███",
        "   ▄▄ ██ ███",
        "▄▄ ██ ██ ███",
    ]


def test_each_bar_has_one_colour_its_own() -> None:
    """In every row, the gaps aside."""
    shown = frame([1e-5, 1e-4, 1e-3], 12)
    found = runs_of(shown, BLOCKS)
    colours = [{paint.ink for text, paint in runs if text.strip()} for runs in found]
    own = [bar.colour for bar in shown.bars]
    assert own == [shade(-5), shade(-4), shade(-3)]
    assert colours == [set(), set(), {own[2]}, {*own[1:]}, {*own}, {*own}]


def test_what_is_not_finite_is_named_once() -> None:
    """Not a value a column: inf at the top, nan in the middle, zeros on the ground."""
    shown = rows_of(frame([np.inf] * 10 + [1e-3] + [np.nan] * 9 + [0.0], 62))
    assert shown[0].count("inf") == 1
    assert "─── inf ───" in shown[0]
    assert "─── nan ───" in shown[2]
    assert [len(row.split("─")) > 1 for row in shown] == [True, False, True, False, False, False]
    assert rows_of(frame([0.0] * 4, 12))[-1].split() == ["0"] * 4
    assert rows_of(frame([0.0] * 100, 62))[-1].strip("─") == " 0 "


def test_a_name_stands_upright_where_there_is_no_room() -> None:
    """Read downwards."""
    rows = rows_of(frame([np.inf, 0.0, np.nan, 1e-3], 8))
    assert [row[0] for row in rows[:3]] == ["i", "n", "f"]
    assert [row[4] for row in rows[2:5]] == ["n", "a", "n"]
    assert rows[-1][2] == "0"


def test_a_shared_column_marks_median_least_and_most() -> None:
    """Three layers in a column: the bar is the median, a whisker spans the others."""
    values = np.full(202, 10**-3.5)
    layout = columns(202, 70)
    shared = next(c for c in layout[30:] if c.last - c.first == 2)
    values[shared.layers] = 10**-5.5, 10**-3.5, 10**-1.5
    bars = bars_of(values, layout, Scale(6, -6), 8, shade)
    shown = Frame(layout, bars, 70, 6, None)
    assert [row[shared.start] for row in rows_of(shown)] == [" ", "│", "│", "│", "│", "█"]
    paints = [runs_of(shown, BLOCKS)[row] for row in (1, 4)]
    colour = bars[shared.start].colour
    assert Paint(colour) in [paint for _, paint in paints[0]]
    assert colour in [paint.ground for _, paint in paints[1]]


def test_layers_that_share_a_column_and_agree_leave_no_crumbs() -> None:
    """Less than half a row apart is one height."""
    values = np.geomspace(1e-6, 1e-1, 200)
    shown = frame(values.tolist(), 70)
    assert set("".join(rows_of(shown))) <= set(BLOCKS.levels)


def test_rows_of_one_colour_are_one_run() -> None:
    """Blanks join bars: one change of style a colour."""
    shown = frame([10**-0.5] * 20, 70)
    assert [len(row) for row in runs_of(shown, BLOCKS)] == [1] * 6


def test_a_rule_runs_behind_the_bars_with_the_text_that_fits() -> None:
    """Not in mere gaps, and not at all where its text has no room."""
    values = [1e-6] * 10 + [1.0] * 10
    longer = frame(values, 60, rules=(Rule(3, ("much too long a text for such a row", "fp16")),))
    assert rows_of(longer)[2].startswith("· fp16 ······")
    assert set(rows_of(longer)[2][30:]) == {"█", " "}
    full = frame([1.0] * 20, 60, rules=(Rule(3, ("fp16",)), Rule(2)))
    assert rows_of(full) == rows_of(frame([1.0] * 20, 60))
    assert set(rows_of(frame([1e-6] * 20, 60, rules=(Rule(3),)), ASCII)[2]) == {ASCII.guide}


def test_a_column_that_the_wave_has_not_reached_is_empty() -> None:
    """And what is not reached has no name."""
    layout = columns(3, 12)
    assert rows_of(Frame(layout, (NOTHING,) * 3, 12, 6, None)) == [" " * 12] * 6
    assert made(math.nan).colour == INK
