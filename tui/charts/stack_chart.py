"""Stacks of factors as strips: a hue for each family, and what they come to marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from tui.charts.columns import Column
from tui.charts.factor_axis import EIGHTHS, FactorAxis, factor_ticks
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.stack_cells import Mark, StackCells, Zones
from tui.charts.stacks import Lane, Stack, lanes_at, pieces_of
from tui.style.looks import GHOST, INK, THEORY

LINE_ROW = 1
"""The row whose lower edge is the line x1."""

LINE_TICK = (LINE_ROW, 0)


@dataclass(frozen=True)
class StackPicture:
    """What is drawn: a stack a column, the stacks of a pinned run, phi's bound in decades."""

    layout: tuple[Column, ...]
    stacks: tuple[Stack, ...]
    ghosts: tuple[Stack, ...]
    bound: float | None
    axis: FactorAxis


class StackChart:
    """Draws rows of stacks on one axis; each cell is made once."""

    def __init__(self, painter: Painter, picture: StackPicture) -> None:
        self._painter, self._picture, axis = painter, picture, picture.axis
        self._cells = StackCells(painter)
        self._pieces = {
            direction: [
                pieces_of(stack, axis, direction, column.width)
                for stack, column in zip(picture.stacks, picture.layout, strict=True)
            ]
            for direction in (1, -1)
        }
        ticks = factor_ticks(axis)
        if all(stack.name for stack in picture.stacks):
            # an axis without a number on it would be invented
            ticks = {LINE_TICK: ticks[LINE_TICK]}
        self._ticks = {away: (height, text) for (away, height), text in ticks.items()}
        self._nets = [_place(stack, axis) for stack in picture.stacks]
        self._ghosts = {i: _place(stack, axis) for i, stack in enumerate(picture.ghosts)}
        self._bound = None if picture.bound is None else axis.place(picture.bound)
        self._made: dict[tuple[int, int, bool], list[Segment]] = {}

    def row(self, row: int, cells: int, dims: Sequence[bool | None]) -> Strip:
        """Row 0 is the top one; `dims`: is a column dimmed, None where it is not shown yet."""
        up = self._picture.axis.up
        away = up - row if row < up else up - row - 1
        segments = self._margin(away)
        at = 0
        for index, (column, is_dim) in enumerate(zip(self._picture.layout, dims, strict=True)):
            segments += self._ground(away, at, column.start)
            at = column.start + column.width
            if is_dim is None:
                segments += self._ground(away, column.start, at)
            else:
                segments += self._column(index, away, is_dim)
        return Strip([*segments, *self._ground(away, at, cells)]).simplify()

    def _margin(self, away: int) -> list[Segment]:
        """The axis, with a label and its stroke where one belongs."""
        painter = self._painter
        height, label = self._ticks.get(away, (None, ""))
        is_one = (away, height) == LINE_TICK
        style = painter.strong if is_one else painter.quiet
        strokes = painter.glyphs.ghosts if is_one else painter.glyphs.strokes
        stroke = " " if height is None else self._stroke(strokes, away, height)
        return [
            Segment(f"{painter.glyphs.spell(label):>{BAR_MARGIN - 2}}", style),
            Segment(stroke, painter.faint),
            Segment(painter.glyphs.vertical, painter.faint),
        ]

    def _stroke(self, strokes: str, away: int, height: int) -> str:
        """The stroke at one of three heights, counted from the line."""
        return strokes[height if away > 0 else -1 - height]

    def _ground(self, away: int, start: int, stop: int) -> list[Segment]:
        """Cells without a stack: nothing, or the line x1."""
        painter = self._painter
        fill = painter.glyphs.ghosts[0] if away == LINE_ROW else " "
        return self._dashed(Segment(fill, painter.faint), None, away, start, stop)

    def _dashed(
        self, base: Segment, ground: str | None, away: int, start: int, stop: int
    ) -> list[Segment]:
        """Cells of one colour, with phi's bound in every other one if it runs through them."""
        if self._bound is None or self._bound[0] != away:
            return [base] * (stop - start)
        dash = self._stroke(self._painter.glyphs.strokes, *self._bound)
        over = Segment(dash, self._painter.palette.style(THEORY, ground))
        return [base if cell % 2 else over for cell in range(start, stop)]

    def _column(self, index: int, away: int, is_dim: bool) -> list[Segment]:
        key = (index, away, is_dim)
        if key not in self._made:
            self._made[key] = self._drawn(index, away, is_dim)
        return self._made[key]

    def _drawn(self, index: int, away: int, is_dim: bool) -> list[Segment]:
        """Lanes from the left, the last one over the rest; a mark leaves a cell at the edges."""
        column, name = self._picture.layout[index], self._picture.stacks[index].name
        start, stop = column.start, column.start + column.width
        if name and away == -LINE_ROW:
            # a longer name than there is room for is cut to a sign: the words below have it
            text = (name if len(name) <= column.width else "!").center(column.width)
            return [Segment(text, self._painter.strong)]
        lanes = lanes_at(self._pieces[1 if away > 0 else -1][index], abs(away) - 1)
        last = lanes[-1] if lanes else None
        segments = [self._cells.plain(lane, away, is_dim) for lane in lanes[:-1]]
        start += len(segments)
        mark, is_alone = self._mark(index, away), stop - start == 1
        marked = None
        if mark is not None and is_alone:
            marked = self._cells.marked_alone(last, mark, away, is_dim)
        elif mark is not None:
            zones = self._cells.zones(last, is_dim) if last else Zones(None)
            marked = self._cells.marked(zones, mark, away, is_dim)
        if marked is None:
            return segments + self._plain(last, away, is_dim, start, stop)
        left, right = start + (not segments and column.width > 2), stop - (not is_alone)
        return [
            *segments,
            *self._plain(last, away, is_dim, start, left),
            *[marked] * (right - left),
            *self._plain(last, away, is_dim, right, stop),
        ]

    def _plain(
        self, lane: Lane | None, away: int, is_dim: bool, start: int, stop: int
    ) -> list[Segment]:
        """Cells of a lane without a mark, or of the ground."""
        if lane is None:
            return self._ground(away, start, stop)
        cell = self._cells.plain(lane, away, is_dim)
        if lane.edge < EIGHTHS or self._cells.is_lettered:
            return [cell] * (stop - start)
        return self._dashed(cell, self._cells.zones(lane, is_dim).inner, away, start, stop)

    def _mark(self, index: int, away: int) -> Mark | None:
        """A sign that the stack goes on, its net, or that of the pinned run."""
        glyphs = self._painter.glyphs
        if self._is_cut(index, away):
            return Mark(glyphs.up if away > 0 else glyphs.down, 1, INK)
        net, ghost = self._nets[index], self._ghosts.get(index)
        if net and net[0] == away and len(self._picture.stacks[index].parts) > 1:
            return Mark(self._stroke(glyphs.nets, *net), net[1], INK)
        if ghost and ghost[0] == away:
            return Mark(self._stroke(glyphs.ghosts, *ghost), ghost[1], GHOST)
        return None

    def _is_cut(self, index: int, away: int) -> bool:
        """Whether the stack goes on beyond this outermost row."""
        axis = self._picture.axis
        rows = axis.up if away > 0 else axis.down
        pieces = self._pieces[1 if away > 0 else -1][index]
        return abs(away) == rows and bool(pieces) and pieces[-1].stop > rows * EIGHTHS


def _place(stack: Stack, axis: FactorAxis) -> tuple[int, int] | None:
    return None if stack.name else axis.place(stack.net)
