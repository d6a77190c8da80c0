"""Curves in dots."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style

from tui.charts.plots import Curve, dot_row, plot_rows
from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, SETS, Glyphs

PLAIN = Style()


def text(x: np.ndarray, y: np.ndarray, size: tuple[int, int], glyphs: Glyphs) -> list[str]:
    """One curve over -1 to 1, from -1 to 1."""
    curve = Curve(x, y, PLAIN, "o")
    rows = plot_rows([curve], size, (-1, 1), (-1, 1), glyphs)
    return ["".join(part.text for part in row) for row in rows]


def dots(rows: list[str], glyphs: Glyphs) -> np.ndarray:
    """Which dots (down, across) are drawn."""
    across, down, characters = glyphs.dots[:3]
    grid = np.zeros((len(rows) * down, len(rows[0]) * across), bool)
    for y, row in enumerate(rows):
        for x, character in enumerate(row.replace("o", "*")):
            code = characters.rindex(character)
            for i in range(across * down):
                grid[y * down + i // across, x * across + i % across] = code >> i & 1
    return grid


def test_curves_leave_out_what_is_off_the_picture() -> None:
    """A pole is not joined across the middle; nothing finite, nothing drawn."""
    x = np.linspace(-1, 1, 201)
    with np.errstate(divide="ignore"):
        rows = text(x, 0.1 / x, (40, 8), BRAILLE)
    assert [len(row) for row in rows] == [40] * 8
    assert all(row[19:21].strip() == "" for row in rows[3:5])
    assert rows[0][20:].strip()
    assert rows[-1][:20].strip()
    assert set("".join(text(x, x * np.nan, (9, 2), BLOCKS))) == {" "}
    assert text(5 * x, x, (9, 2), BRAILLE)[0].strip()
    assert set("".join(text(x, 1e66 * (x**2 + 1), (9, 2), BLOCKS))) == {" "}


@pytest.mark.parametrize("glyphs", SETS.values(), ids=SETS)
@settings(deadline=None)
@given(
    y=st.lists(st.floats(-1, 1), min_size=2, max_size=60),
    size=st.tuples(st.integers(4, 30), st.integers(1, 6)),
)
def test_a_curve_goes_through_every_point_and_has_no_holes(
    glyphs: Glyphs, y: list[float], size: tuple[int, int]
) -> None:
    """Each point is on a dot, each column of dots has one run, and runs of neighbours touch.

    Strokes may be off by as much as a row, and no more.
    """
    x = np.linspace(-1, 1, len(y))
    grid = dots(text(x, np.array(y), size, glyphs), glyphs)
    down, across = grid.shape
    assert (down, across) == (size[1] * glyphs.dots.down, size[0] * glyphs.dots.across)
    for at, value in zip(x, y, strict=True):
        row, column = np.rint((1 - value) / 2 * (down - 1)), np.rint((at + 1) / 2 * (across - 1))
        off = glyphs.dots.stroke
        assert grid[max(int(row) - off, 0) : int(row) + off + 1, int(column)].any()
    ends = []
    for column in grid.T:
        drawn = np.flatnonzero(column)
        assert len(drawn) == drawn[-1] - drawn[0] + 1
        ends.append((drawn[0], drawn[-1]))
    for (low, high), (next_low, next_high) in pairwise(ends):
        assert next_low <= high + 1 + glyphs.dots.stroke
        assert low <= next_high + 1 + glyphs.dots.stroke


def test_what_a_cell_is_drawn_with_follows_the_glyphs() -> None:
    """Braille, strokes, or the curve's own mark; the first curve is uppermost."""
    x = np.linspace(-1, 1, 50)
    assert all(c == " " or "⠀" < c <= "⣿" for row in text(x, x, (9, 3), BRAILLE) for c in row)
    assert set("".join(text(x, x, (9, 3), BLOCKS))) <= set(BLOCKS.dots.characters)
    assert set("".join(text(x, x, (9, 3), ASCII))) == {" ", "o"}
    upper, lower = Curve(x, x, PLAIN, "o"), Curve(x, -x, Style(bold=True), "*")
    rows = plot_rows([upper, lower], (9, 9), (-1, 1), (-1, 1), ASCII)
    drawn = ["".join(part.text for part in row) for row in rows]
    assert drawn[4].strip("o ") == ""
    assert (drawn[0][0], drawn[0][-1]) == ("*", "o")
    assert rows[0][0].style == Style(bold=True)


def test_a_gentle_curve_is_one_stroke_a_column_and_a_jump_is_upright() -> None:
    """In three heights a row."""
    x = np.linspace(-1, 1, 9)
    assert text(x, x, (9, 3), BLOCKS) == ["      _─‾", "   _─‾   ", "_─‾      "]
    assert text(x, np.sign(x) * (x != 0), (9, 3), BLOCKS) == ["    _│‾‾‾", "    │    ", "___│‾    "]
    assert text(x, np.where(x > 0, 1, -1), (9, 3), BLOCKS) == [
        "     │‾‾‾",
        "    ╷╵   ",
        "____│    ",
    ]


def test_samples_are_dots_that_leave_a_curve_under_them_to_be_seen() -> None:
    """Only where they were taken, and never in every column."""
    x = np.linspace(-1, 1, 9)
    flat = Curve(x, 0 * x, PLAIN, "*")

    def drawn(at: np.ndarray, y: np.ndarray, glyphs: Glyphs) -> list[str]:
        samples = Curve(at, y, Style(bold=True), "o", sampled=True)
        rows = plot_rows([samples, flat], (9, 3), (-1, 1), (-1, 1), glyphs)
        return ["".join(part.text for part in row) for row in rows]

    assert drawn(x[::4], np.array([1, 0, -1]), BLOCKS) == ["˙        ", "────·────", "        ."]
    assert drawn(x, 0 * x, BLOCKS)[1] == "·─·─·─·─·"
    assert drawn(x, 0 * x, ASCII)[1] == "o*o*o*o*o"
    assert drawn(x[::4], np.array([1, 0, 1]), BRAILLE)[0].strip("⠀ ").count(" ") == 3


def test_a_value_is_labelled_in_the_row_where_it_is_drawn() -> None:
    """Top, middle and bottom of an odd number of rows."""
    rows = [dot_row(value, 5, (0.0, 1.0), BRAILLE) for value in (1.0, 0.5, 0.0)]
    assert rows == [0, 2, 4]
