"""The chart of bars over layers: axis, bars with what lies over them, base line and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.bars import CellKind, Frame, Over, Role, row_runs
from tui.charts.overlays import Mark
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.ticks import ticks
from tui.state.axis import Axis
from tui.style.looks import (
    BAND,
    FORWARD_BAR,
    FORWARD_CURSOR,
    GHOST,
    INK,
    MARK_ON_BAR,
    THEORY,
)
from tui.style.palette import Palette

_MARK_COLOURS = {
    Mark.LINE: THEORY,
    Mark.GHOST: GHOST,
    Mark.MEDIAN: INK,
    Mark.BAND: BAND,
}


@dataclass(frozen=True)
class Picture:
    """A frame with its axis; `sign` names what is shown, `reference` is a power of ten.

    Colours are decades from the reference.
    """

    frame: Frame
    axis: Axis
    sign: str
    reference: float
    cursor: int


def bar_strips(painter: Painter, picture: Picture) -> list[Strip]:
    """The whole chart."""
    frame = picture.frame
    labels = {row: f"1e{power}" for row, power in ticks(picture.axis, frame.rows).items()}
    # of several on one row the first is named
    limits = {frame.rows - 1 - level: name for level, name in reversed(frame.limits)}
    labels |= limits
    # without a label the style is that of the metric's sign, so that more rows are alike
    styles = dict.fromkeys(labels, painter.quiet) | {0: painter.strong}
    labels[0] = painter.glyphs.spell(picture.sign)
    rows = [
        Strip(
            [
                *painter.margin(labels.get(row, ""), BAR_MARGIN, styles.get(row, painter.strong)),
                *_bars(painter, picture, row),
            ]
        )
        for row in range(frame.rows)
    ]
    return [*rows, *painter.foot(frame.columns, frame.cells, frame.cursor, picture.cursor)]


def _bars(painter: Painter, picture: Picture, row: int) -> list[Segment]:
    axis, frame, palette = picture.axis, picture.frame, painter.palette
    middle = axis.low + (frame.rows - row - 0.5) / frame.rows * (axis.high - axis.low)
    decades = middle - picture.reference
    bar, lit = palette.row(decades)
    is_forward = frame.cursor is not None and frame.bars[frame.cursor].role is Role.FORWARD
    styles: dict[CellKind, Style] = {
        Role.EMPTY: painter.blank,
        Role.BAR: bar,
        Role.CURSOR: palette.style(FORWARD_CURSOR) if is_forward else lit,
        Role.FORWARD: palette.style(FORWARD_BAR),
        Role.NAME: painter.strong,
        Role.GUIDE: painter.faint,
    }
    return [
        Segment(text, _over(palette, kind, decades) if isinstance(kind, Over) else styles[kind])
        for text, kind in row_runs(frame, row, painter.glyphs)
    ]


def _over(palette: Palette, kind: Over, decades: float) -> Style:
    """A mark's style over what is under it."""
    if kind.ground not in (Role.BAR, Role.CURSOR):
        return palette.style(_MARK_COLOURS[kind.mark], bold=kind.mark is Mark.GHOST)
    bar, lit = palette.over_row(MARK_ON_BAR, decades)
    return lit if kind.ground is Role.CURSOR else bar
