"""Bars as pure data, and as text."""

import numpy as np

from tui.charts.bars import bar_of, frame_of, row_runs
from tui.charts.columns import columns
from tui.state.axis import Axis
from tui.style.glyphs import BLOCKS


def test_every_nonzero_value_shows_and_zero_is_written() -> None:
    """An eighth of a cell at least; 0, inf and nan by name."""
    axis = Axis(-6, 0)

    def bar(value: float) -> object:
        made = bar_of(np.array([value]), axis, 10, 8)
        return made.name or made.height

    assert bar(1e-6) == 1 / 8
    assert bar(1e-300) == 1 / 8
    assert bar(1e-3) == 5.0
    assert bar(1.0) == 10.0
    assert bar(0.0) == "0"
    assert bar(np.inf) == "inf"
    assert bar(np.nan) == "nan"


def picture(values: list[float], cells: int, rows: int = 6) -> list[str]:
    """The rows of a chart as text."""
    layout = columns(len(values), cells)
    frame = frame_of(np.array(values), layout, Axis(-6, 0), cells, rows, None, BLOCKS)
    return ["".join(text for text, _ in row_runs(frame, row, BLOCKS)) for row in range(rows)]


def test_rows_are_drawn_exactly() -> None:
    """One decade a row."""
    assert picture([1e-6, 1e-5, 10**-3.5, 1.0], 12) == [
        "         ██ ",
        "         ██ ",
        "         ██ ",
        "      ▄▄ ██ ",
        "      ██ ██ ",
        "▁▁ ██ ██ ██ ",
    ]


def test_names_stand_upright_where_columns_are_narrow() -> None:
    """Read downwards; along the row where there is room."""
    rows = picture([np.inf, 0.0, np.nan, 1e-3], 8)
    assert [row[0] for row in rows[-3:]] == ["i", "n", "f"]
    assert rows[-1][2] == "0"
    assert "inf" in picture([np.inf, 1.0], 20)[-1]


def test_a_shared_column_marks_median_least_and_most() -> None:
    """Three layers in a column: the bar is the median, a whisker goes up to the most."""
    values = np.full(202, 1e-3)
    layout = columns(202, 70)
    shared = next(c for c in layout[30:] if c.last - c.first == 2)
    values[shared.layers] = 1e-5, 1e-3, 1e-1
    frame = frame_of(values, layout, Axis(-6, 0), 70, 6, None, BLOCKS)
    text = ["".join(t for t, _ in row_runs(frame, row, BLOCKS)) for row in range(6)]
    assert [row[shared.start] for row in text] == [" ", "│", "│", "█", "▓", "█"]


def test_most_rows_are_one_run() -> None:
    """Blanks between bars join them: one style escape a row."""
    frame = frame_of(np.full(20, 1e-1), columns(20, 70), Axis(-6, 0), 70, 6, None, BLOCKS)
    assert [len(row_runs(frame, row, BLOCKS)) for row in range(1, 6)] == [1] * 5
