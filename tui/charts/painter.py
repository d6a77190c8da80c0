"""The strips of a chart over layers: axis, bars with what lies over them, base line and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.bars import Frame, Look, Over, Role, row_runs
from tui.charts.columns import Column, axis_labels
from tui.charts.overlays import Mark
from tui.charts.ticks import ticks
from tui.state.axis import Axis
from tui.style.glyphs import Glyphs
from tui.style.looks import (
    BAND,
    FAINT,
    FORWARD_BAR,
    FORWARD_CURSOR,
    GHOST,
    INK,
    MARK_ON_BAR,
    QUIET,
    THEORY,
)
from tui.style.palette import Palette

MARGIN = 8
"""Cells left of the bars: the axis labels and its line."""

FOOT = 2
"""Rows below the bars: the base line and the layers' numbers."""

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


class Painter:
    """Draws in one palette and one set of glyphs; another palette takes another painter."""

    def __init__(self, palette: Palette, glyphs: Glyphs) -> None:
        self.palette, self.glyphs = palette, glyphs
        self.blank = palette.style()
        self.quiet = palette.style(QUIET)
        self.faint = palette.style(FAINT)
        self.ink = palette.style(INK)
        self.strong = palette.style(INK, bold=True)
        self._forward = palette.style(FORWARD_BAR)
        self._forward_cursor = palette.style(FORWARD_CURSOR)

    def strips(self, picture: Picture) -> list[Strip]:
        """The whole chart."""
        frame = picture.frame
        marks = ticks(picture.axis, frame.rows)
        rows = [
            Strip([*self.margin(self._label(picture, marks, row)), *self._bars(picture, row)])
            for row in range(frame.rows)
        ]
        return [*rows, *self.foot(frame.columns, frame.cells, frame.cursor, picture.cursor)]

    def _label(self, picture: Picture, marks: dict[int, int], row: int) -> str:
        if row == 0:
            return self.glyphs.spell(picture.sign)
        for level, name in picture.frame.limits:
            if row == picture.frame.rows - 1 - level:
                return name
        return f"1e{marks[row]}" if row in marks else ""

    def margin(self, label: str, corner: str = "") -> list[Segment]:
        """The axis left of a row, with a label or without."""
        sign = not label.startswith(("1e", "fp", "bf"))
        return [
            Segment(f"{label:>{MARGIN - 2}} ", self.strong if sign else self.quiet),
            Segment(corner or self.glyphs.vertical, self.faint),
        ]

    def _bars(self, picture: Picture, row: int) -> list[Segment]:
        axis, frame = picture.axis, picture.frame
        middle = axis.low + (frame.rows - row - 0.5) / frame.rows * (axis.high - axis.low)
        styles = self._row_styles(middle - picture.reference, _cursor_is_forward(frame))
        return [Segment(text, styles(look)) for text, look in row_runs(frame, row, self.glyphs)]

    def _row_styles(self, decades: float, cursor_is_forward: bool) -> _Styles:
        bar, lit = self.palette.row(decades)
        plain = {
            Role.EMPTY: self.blank,
            Role.BAR: bar,
            Role.CURSOR: self._forward_cursor if cursor_is_forward else lit,
            Role.FORWARD: self._forward,
            Role.NAME: self.strong,
            Role.GUIDE: self.faint,
        }
        return _Styles(self.palette, decades, plain)

    def foot(
        self, columns: tuple[Column, ...], cells: int, cursor_column: int | None, cursor: int
    ) -> list[Strip]:
        """The base line and the layers' numbers, with the cursor's lit."""
        return [
            Strip(self._base(columns, cells, cursor_column)),
            Strip(self._numbers(columns, cells, cursor_column, cursor)),
        ]

    def _base(
        self, columns: tuple[Column, ...], cells: int, cursor_column: int | None
    ) -> list[Segment]:
        glyphs = self.glyphs
        start, end = " input ", " output "
        line = start + glyphs.horizontal * max(cells - len(start) - len(end), 0) + end
        segments = [Segment(" " * (MARGIN - 1) + glyphs.corner, self.faint)]
        if cursor_column is None:
            return [*segments, Segment(line[:cells], self.faint)]
        at = columns[cursor_column].centre
        return [
            *segments,
            Segment(line[:at], self.faint),
            Segment(glyphs.cursor, self.strong),
            Segment(line[at + 1 : cells], self.faint),
        ]

    def _numbers(
        self, columns: tuple[Column, ...], cells: int, cursor_column: int | None, cursor: int
    ) -> list[Segment]:
        line = axis_labels(columns, cells, cursor)
        named = str(cursor)
        if cursor_column is None:
            return [Segment(" " * MARGIN + line, self.quiet)]
        centre = columns[cursor_column].centre
        at = min(max(centre - (len(named) - 1) // 2, 0), cells - len(named))
        return [
            Segment(" " * MARGIN + line[:at], self.quiet),
            Segment(line[at : at + len(named)], self.strong),
            Segment(line[at + len(named) :], self.quiet),
        ]


@dataclass(frozen=True)
class _Styles:
    """The styles of one row; marks over bars are made only where there are any."""

    palette: Palette
    decades: float
    plain: dict[Role, Style]

    def __call__(self, look: Look) -> Style:
        if not isinstance(look, Over):
            return self.plain[look]
        colour = _MARK_COLOURS[look.mark]
        if look.ground not in (Role.BAR, Role.CURSOR):
            return self.palette.style(colour, bold=look.mark is Mark.GHOST)
        bar, lit = self.palette.over_row(MARK_ON_BAR, self.decades)
        return lit if look.ground is Role.CURSOR else bar


def _cursor_is_forward(frame: Frame) -> bool:
    return frame.cursor is not None and frame.bars[frame.cursor].role is Role.FORWARD
