"""Charts as pure data: layout, axis, bars, wave and sweep."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tui.charts.bars import Role, bar_of, frame_of, row_runs
from tui.charts.columns import axis_labels, column_of, columns
from tui.charts.ticks import ticks
from tui.charts.transition import blend, heights_of
from tui.state.axis import Axis, fitted
from tui.state.transition import TRANSITION_SECONDS, Transition
from tui.state.wave import Phase, Wave, finished_wave
from tui.style.glyphs import ASCII, BLOCKS, glyphs_for


@pytest.mark.parametrize("depth", [1, 2, 3, 20, 35, 70, 71, 100, 200, 1000])
@pytest.mark.parametrize("cells", [50, 70, 90, 150])
def test_columns_hold_every_layer_once_and_use_the_width(depth: int, cells: int) -> None:
    """In order, without overlap; the first and the last layer have their own."""
    layout = columns(depth, cells)
    layers = [layer for column in layout for layer in range(column.first, column.last + 1)]
    assert layers == list(range(1, depth + 1))
    assert layout[0].first == layout[0].last == 1
    assert layout[-1].first == layout[-1].last == depth
    for left, right in pairwise(layout):
        assert left.start + left.width <= right.start
    assert layout[-1].start + layout[-1].width <= cells
    if depth >= 8:
        assert layout[-1].start + layout[-1].width >= cells - cells // depth - 1
    widths = {column.width for column in layout}
    assert max(widths) - min(widths) <= 1
    assert all(layout[column_of(layer, layout)].first <= layer for layer in (1, depth))


def test_the_cursor_layer_is_always_named() -> None:
    """Whatever the others are."""
    layout = columns(200, 70)
    for cursor in (1, 2, 67, 199, 200):
        assert str(cursor) in axis_labels(layout, 70, cursor).split()


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


def test_glyphs_follow_the_encoding() -> None:
    """Blocks only where the stream can show them."""
    assert glyphs_for("utf-8", False) is BLOCKS
    assert glyphs_for("ascii", False) is ASCII
    assert glyphs_for("latin-1", False) is ASCII
    assert glyphs_for(None, False) is ASCII
    assert glyphs_for("utf-8", True) is ASCII


@pytest.mark.parametrize("depth", [1, 2, 20, 1000])
def test_the_wave_goes_forward_then_loss_then_back(depth: int) -> None:
    """Every layer once each way, and then it is done."""
    wave = Wave(depth, playing=False)
    activated, reached = [wave.activated], []
    while wave.phase is not Phase.DONE:
        assert wave.phase in (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD)
        if wave.phase is Phase.FORWARD:
            activated.append(wave.activated)
        if wave.phase is Phase.BACKWARD:
            reached.append(wave.reached)
        wave = wave.stepped(1)
    assert activated == [1, *range(1, depth + 1)]
    assert reached == list(range(depth, 0, -1))
    assert wave.stepped(-1).phase is Phase.BACKWARD
    assert wave.stepped(-1).reached == 1


def test_the_wave_takes_the_same_time_at_any_depth() -> None:
    """About four seconds."""
    for depth in (1, 20, 1000):
        assert Wave(depth).advanced(4.0).phase is not Phase.DONE
        assert Wave(depth).advanced(4.2).phase is Phase.DONE
    assert finished_wave(3).phase is Phase.DONE


def test_a_sweep_ends_at_the_new_picture_output_first() -> None:
    """Old at the start, new at the end, in between the last layers lead."""
    layout = columns(20, 70)
    old = frame_of(np.full(20, 1e-5), layout, Axis(-6, 0), 70, 10, None, BLOCKS)
    new = frame_of(np.full(20, 1e-1), layout, Axis(-6, 0), 70, 10, None, BLOCKS)
    start = heights_of(old)
    assert blend(Transition(start), new, 8).bars[0].height == old.bars[0].height
    middle = blend(Transition(start, TRANSITION_SECONDS / 2), new, 8)
    heights = [bar.height for bar in middle.bars]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    assert blend(Transition(start, TRANSITION_SECONDS), new, 8) == new
    assert Role.BAR is new.bars[0].role
