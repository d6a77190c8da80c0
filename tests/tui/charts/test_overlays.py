"""Strokes over and beside the bars: theory's line, the pinned run, the band of seeds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.frames import runs_of
from tui.charts.bar_chart import Picture, bar_strips
from tui.charts.bars import Frame, bars_of
from tui.charts.canvas import Strips
from tui.charts.columns import columns
from tui.charts.overlays import PLACES, heights, overlays_of, stroke_of
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.charts.scale import Scale
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import MARK_ON_BAR, THEORY
from tui.style.palette import Palette

SCALE = Scale(6, -6)
VALUES = 10.0 ** np.array([-5, -3.5, -1])
NAN = np.full(3, np.nan)


def frame(glyphs: Glyphs = BLOCKS, values: np.ndarray = VALUES, **overlays: object) -> Frame:
    """Bars of two cells or three on one row a decade, with overlays given in values."""
    layout = columns(len(values), 9)
    bars = bars_of(values, layout, SCALE, len(glyphs.levels) - 1, lambda decades: "#00af87")
    made = overlays_of(layout, SCALE, **overlays)  # type: ignore[arg-type]
    return Frame(layout, bars, 9, 6, None, made)


def text(shown: Frame, glyphs: Glyphs = BLOCKS) -> list[str]:
    """Its rows."""
    return ["".join(text for text, _ in row) for row in runs_of(shown, glyphs)]


LINE = 10.0 ** np.array([-3, -3.4, -4.6])
GHOST = 10.0 ** np.array([-0.9, -5.0, -2.4])
BAND = tuple(10.0 ** np.array(row) for row in ([-5.5, -5, -3.1], [-4.4, -4, -2], [-3, -2.5, -0.4]))


def test_a_line_is_three_heights_a_row_and_silent_where_the_bar_says_the_same() -> None:
    """Above a bar, as high as a bar, and inside one."""
    assert text(frame(line=LINE)) == [
        "      ▄▄▄",
        "      ███",
        "──    ███",
        "   ██ ███",
        "▄▄ ██ ‾‾‾",
        "██ ██ ███",
    ]


def test_the_pinned_run_is_drawn_heavier() -> None:
    """In a row's middle, on its lower edge."""
    assert text(frame(ghost=GHOST)) == [
        "━━    ▄▄▄",
        "      ▁▁▁",
        "      ███",
        "   ██ ███",
        "▄▄ ━━ ███",
        "██ ██ ███",
    ]


def test_a_band_is_a_whisker() -> None:
    """To half a row, in the gaps beside bars."""
    assert text(frame(band=BAND)) == [
        "      ▄▄▄",
        "      ███",
        "  ╷  │███",
        "  │██│███",
        "▄▄│██╵███",
        "██ ██ ███",
    ]


def test_without_gaps_the_band_is_the_lines_at_its_edges() -> None:
    """Above and in the bars, whose own tops stay as they are."""
    layout = columns(9, 9)
    values, spread = 10.0 ** np.linspace(-5, -1, 9), 10**1.5
    bars = bars_of(values, layout, SCALE, 8, lambda decades: "#00af87")
    band = overlays_of(layout, SCALE, band=(values / spread, values, values * spread))
    rows = text(Frame(layout, bars, 9, 6, None, band))
    assert rows == [
        "    _─‾ ▄",
        "  _─  ▄█_",
        "_─  ▄█_─█",
        "  ▄█_─███",
        "▄█_─█████",
        "_─███████",
    ]


def test_all_at_once_and_in_ascii() -> None:
    """The line goes before the pinned run, that before the band."""
    assert text(frame(ASCII, line=LINE, ghost=GHOST, band=BAND), ASCII) == [
        "==    ...",
        "      ___",
        "--,  |###",
        "  |##|###",
        "..|==''''",
        "## ## ###",
    ]


@given(st.floats(0, 15), st.integers(0, 120))
def test_a_stroke_is_within_a_third_of_a_row_of_its_value(height: float, eighths: int) -> None:
    """Or not drawn, beside a bar that ends less than three quarters of a row away.

    In the chart's first and last row less than a row away: there is no row beyond.
    """
    scale, bar = Scale(15, 0), eighths / 8
    (kept,) = heights(np.array([10 ** (height - 0.5)]), columns(1, 5), scale)
    assert kept is not None
    stroke = stroke_of(kept, bar, scale.rows)
    if stroke is None:
        assert bar
        assert abs(height - bar) < (0.8 if 1 < bar < scale.rows - 1 else 1)
        return
    assert 0 <= stroke.level < scale.rows
    assert abs(stroke.level + PLACES[stroke.third] - height) <= 1 / 3
    # never over a bar's own top
    assert not stroke.level < bar < stroke.level + 1


def test_what_hardly_parts_leaves_no_crumbs() -> None:
    """A line that follows the bars at a quarter of a row is not drawn here and there."""
    values = np.geomspace(1e-5, 1e-1, 9)
    bare = frame(values=values)
    assert text(frame(values=values, line=values * 10**0.25)) == text(bare)
    assert text(frame(values=values, line=values * 10**-0.25)) == text(bare)


@given(st.lists(st.floats(-6, 0), min_size=3, max_size=3))
def test_a_whisker_is_right_to_half_a_row_on_every_layer(ends: list[float]) -> None:
    """However short it is."""
    low, middle, high = (np.array([10.0**end, 0.0]) for end in sorted(ends))
    whisker, nothing = overlays_of(columns(2, 5), Scale(7, -6), band=(low, middle, high)).whiskers
    assert nothing is None
    assert whisker is not None
    assert whisker.low < whisker.high
    assert whisker.low / 2 == pytest.approx(min(ends) + 6.5, abs=0.5)
    assert whisker.high / 2 == pytest.approx(max(ends) + 6.5, abs=0.75)
    median = sorted(ends)[1] + 6.5
    assert whisker.low / 2 <= median + 1e-9
    assert median - 1e-9 <= whisker.high / 2
    drawn = "".join(glyph for _, glyph in whisker.glyphs(BLOCKS.whisker))
    assert len(drawn) + drawn.count("│") == whisker.high - whisker.low


def test_marks_over_bars_say_what_is_under_them() -> None:
    """So that the bar goes on behind the mark."""
    looks = {paint for row in runs_of(frame(line=LINE), BLOCKS) for _, paint in row}
    assert Paint(THEORY) in looks
    assert Paint(MARK_ON_BAR, "#00af87") in looks
    # characters do not fill their cells
    plain = {paint for row in runs_of(frame(ASCII, line=LINE), ASCII) for _, paint in row}
    assert plain == {Paint(THEORY), Paint("#00af87")}


@pytest.mark.parametrize("coloured", [True, False])
def test_the_line_is_yellow_and_stands_out_from_bars(coloured: bool) -> None:
    """Black or white over a bar; without colour it is the bar in reverse."""
    painter = Painter(Palette(coloured=coloured), BLOCKS)
    strips = bar_strips(painter, Strips(), Picture(frame(line=LINE), SCALE, 1))
    (beside,) = (s.style for s in strips[2] if "──" in s.text)
    (over,) = (s.style for s in strips[4] if "‾" in s.text)
    assert beside is not None
    assert over is not None
    if coloured:
        assert beside.color is not None
        assert beside.color.name == Palette().colour(THEORY)
        assert over.color is not None
        assert over.color.name in ("#000000", "#ffffff")
        assert over.bgcolor is not None
    else:
        assert over.color is None
        assert over.reverse


def test_what_hardly_moves_leaves_the_picture_alone() -> None:
    """An equal frame: nothing is sent again."""
    assert frame(ghost=GHOST) == frame(ghost=GHOST * 1.01)


def test_nothing_is_drawn_for_nan_zero_and_values_off_the_axis() -> None:
    """An all-nan prediction leaves the picture as it was."""
    assert frame(line=NAN) == frame()
    layout = columns(3, 9)
    assert heights(np.array([0.0, np.inf, 1e3]), layout, SCALE) == ()
    assert heights(np.array([1e-6, np.nan, 10**-0.5]), layout, SCALE) == (8, None, 96)
    # a pinned run that is shallower ends early
    assert heights(np.array([1e-3]), layout, SCALE) == (56, None, None)
