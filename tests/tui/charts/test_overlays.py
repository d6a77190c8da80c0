"""Marks over and behind the bars, as text."""

from dataclasses import replace

import numpy as np
import pytest

from tui.charts.bar_chart import Picture, bar_strips
from tui.charts.bars import Frame, Over, Role, frame_of, row_runs
from tui.charts.columns import columns
from tui.charts.overlays import Mark, levels, overlays_of
from tui.charts.painter import Painter
from tui.state.axis import Axis
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import THEORY
from tui.style.palette import Palette

AXIS = Axis(-6, 0)
VALUES = np.array([1e-5, 10**-3.5, 1e-1])
NAN = np.full(3, np.nan)


def frame(glyphs: Glyphs = BLOCKS, values: np.ndarray = VALUES, **overlays: object) -> Frame:
    """Three bars of two cells on one row a decade, with overlays given in values."""
    layout = columns(len(values), 9)
    made = frame_of(values, layout, AXIS, 9, 6, None, glyphs)
    return replace(made, overlays=overlays_of(layout, AXIS, 6, **overlays))  # type: ignore[arg-type]


def text(shown: Frame, glyphs: Glyphs = BLOCKS) -> list[str]:
    """Its rows."""
    return ["".join(t for t, _ in row_runs(shown, row, glyphs)) for row in range(shown.rows)]


LINE = np.array([10**-2.5, 10**-3.4, 10**-3.5])
GHOST = np.array([10**-0.5, 1e-5, 10**-2.5])
BAND = (
    10 ** np.array([-5.5, -4.5, -2.5]),
    10 ** np.array([-4.5, -3.5, -1.5]),
    10 ** np.array([-3.5, -2.5, -0.5]),
)


def test_a_line_runs_over_bars_and_ground() -> None:
    """Above a bar, beside a bar's top in the same row, and inside a bar."""
    assert text(frame(line=LINE)) == [
        "         ",
        "      ██ ",
        "╌╌╌   ██ ",
        "   ▄▄╌╌╌ ",
        "   ██ ██ ",
        "██ ██ ██ ",
    ]


def test_a_ghost_stands_where_the_pinned_bar_ended() -> None:
    """Far above the bar, and inside it."""
    assert text(frame(ghost=GHOST)) == [
        "━━       ",
        "      ██ ",
        "      ━━ ",
        "   ▄▄ ██ ",
        "   ━━ ██ ",
        "██ ██ ██ ",
    ]


def test_a_band_spans_low_to_high_with_its_median() -> None:
    """Shaded above the bar, textured inside it; a bar's top stays whole."""
    assert text(frame(band=BAND)) == [
        "      ░░ ",
        "      ▒• ",
        "   ░░ ▒▒ ",
        "░░ ▄• ██ ",
        "░• ▒▒ ██ ",
        "▒▒ ██ ██ ",
    ]


def test_all_at_once_and_in_ascii() -> None:
    """The line goes before the ghost, the ghost before the band."""
    assert text(frame(ASCII, line=LINE, ghost=GHOST, band=BAND), ASCII) == [
        "==    '' ",
        "      %o ",
        "~~~'' == ",
        "'' ::~~~ ",
        "'o == ## ",
        "%% ## ## ",
    ]


def test_marks_over_bars_say_what_is_under_them() -> None:
    """So that the bar goes on behind the mark."""
    looks = dict(run[::-1] for run in row_runs(frame(line=LINE), 3, BLOCKS))
    assert Over(Mark.LINE, Role.EMPTY) in looks
    assert Over(Mark.LINE, Role.BAR) in looks


@pytest.mark.parametrize("coloured", [True, False])
def test_the_line_is_yellow_and_stands_out_from_bars(coloured: bool) -> None:
    """Black or white over a bar; without colour it is the bar in reverse."""
    painter = Painter(Palette(coloured=coloured), BLOCKS)
    strips = bar_strips(painter, Picture(frame(line=LINE), AXIS, "|δ|", -1.0, 1))
    dashes = [s for s in strips[3] if "╌" in s.text]
    beside, over = (dash.style for dash in dashes)
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


def test_levels_that_nothing_changes_leave_rows_alone() -> None:
    """A ghost that moves inside its cell gives an equal frame: nothing is sent again."""
    assert frame(ghost=GHOST) == frame(ghost=GHOST * 1.01)


def test_nothing_is_drawn_for_nan_zero_and_values_off_the_axis() -> None:
    """An all-nan prediction leaves the picture as it was."""
    assert frame(line=NAN) == frame()
    layout = columns(3, 9)
    assert levels(np.array([0.0, np.inf, 1e3]), layout, AXIS, 6) == ()
    assert levels(np.array([1e-6, np.nan, 1.0]), layout, AXIS, 6) == (0, None, 5)
    # a pinned run that is shallower ends early
    assert levels(np.array([1e-3]), layout, AXIS, 6) == (3, None, None)
