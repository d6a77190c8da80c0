"""Stacks of factors as strips: a hue for each family, and what they come to marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.segment import Segment
from textual.strip import Strip

from tui.charts.columns import Column, gap_of
from tui.charts.factor_axis import EIGHTHS, FactorAxis, factor_ticks
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.stack_cells import THIN, Mark, StackCells, Zones
from tui.charts.stacks import Lane, Stack, lanes_at, pieces_of
from tui.style.looks import GHOST, INK, THEORY
from tui.words.views import CLOSE, OFF_AXIS, SEEN

LINE_ROW = 1
"""The row whose lower edge is the line x1."""

Place = tuple[int, int]
"""A row counted from the line, and one of three heights in it."""

LINE_TICK: Place = (LINE_ROW, 0)


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
        self._nets = [self._net(index) for index in range(len(picture.stacks))]
        self._ghosts = {
            i: self._settled(i, stack.net)
            for i, stack in enumerate(picture.ghosts)
            if not stack.name
        }
        self._over_bars = not gap_of(picture.layout)
        self._bound = self._bound_place()
        self._dashed = self._dashed_cells()
        self._made: dict[tuple[int, int, bool], list[Segment]] = {}

    @property
    def shows_bound(self) -> bool:
        """Whether phi's bound is on the axis, and not hidden by the stacks' marks."""
        bound = self._bound
        is_seen = any(net is None or bound is None or net[0] != bound[0] for net in self._nets)
        return bound is not None and (is_seen or not self._over_bars)

    @property
    def cuts_any(self) -> bool:
        """Whether a stack goes on beyond the axis."""
        ends = self._picture.axis.up, -self._picture.axis.down
        return any(
            self._is_cut(index, away) for away in ends for index in range(len(self._picture.stacks))
        )

    @property
    def pinned(self) -> str:
        """How the pinned run's nets are seen: at all, behind this run's, or beyond the axis."""
        places = {i: place for i, place in self._ghosts.items() if place is not None}
        nets = ((self._nets[i], place) for i, place in places.items())
        if any(net is None or net[0] != place[0] for net, place in nets):
            return SEEN
        return CLOSE if places else OFF_AXIS

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
        return self._cells_of(Segment(fill, painter.faint), None, away, start, stop)

    def _cells_of(
        self, base: Segment, ground: str | None, away: int, start: int, stop: int
    ) -> list[Segment]:
        """Cells of one colour, with the dashes of phi's bound if it runs through them."""
        if self._bound is None or self._bound[0] != away:
            return [base] * (stop - start)
        dash = self._stroke(self._painter.glyphs.dashes, *self._bound)
        over = Segment(dash, self._painter.palette.style(THEORY, ground))
        return [over if cell in self._dashed else base for cell in range(start, stop)]

    def _dashed_cells(self) -> frozenset[int]:
        """Where phi's bound has a dash: between columns, or without gaps in every other cell."""
        layout = self._picture.layout
        if self._over_bars:
            return frozenset(range(0, layout[-1].stop, 2))
        filled = (range(column.start, column.stop) for column in layout)
        return frozenset(range(layout[-1].stop)).difference(*filled)

    def _net(self, index: int) -> Place | None:
        """Where the mark of what a stack comes to is drawn; None without one."""
        stack = self._picture.stacks[index]
        return None if stack.name or len(stack.parts) < 2 else self._settled(index, stack.net)

    def _settled(self, index: int, net: float) -> Place | None:
        """Where a mark is drawn over a stack."""
        place = self._picture.axis.place(net)
        return place and _settled(place, self._end(index, place[0]))

    def _bound_place(self) -> Place | None:
        """Where phi's bound is drawn; over the bars so that it hides no end of theirs."""
        bound, picture = self._picture.bound, self._picture
        place = None if bound is None else picture.axis.place(bound)
        if place is None or not self._over_bars:
            return place
        named = (index for index, stack in enumerate(picture.stacks) if not stack.name)
        return _settled(place, min(self._end(index, place[0]) for index in named))

    def _end(self, index: int, away: int) -> int:
        """Eighths of a row that are filled, or more where the stack goes on."""
        pieces = self._pieces[1 if away > 0 else -1][index]
        return pieces[-1].stop - (abs(away) - 1) * EIGHTHS if pieces else 0

    def _column(self, index: int, away: int, is_dim: bool) -> list[Segment]:
        key = (index, away, is_dim)
        if key not in self._made:
            self._made[key] = self._drawn(index, away, is_dim)
        return self._made[key]

    def _drawn(self, index: int, away: int, is_dim: bool) -> list[Segment]:
        """Lanes from the left, the last one over the rest; a mark runs over all of the column."""
        column, name = self._picture.layout[index], self._picture.stacks[index].name
        start, stop = column.start, column.start + column.width
        if name and away == -LINE_ROW:
            # a longer name than there is room for is cut to a sign: the words below have it
            text = (name if len(name) <= column.width else "!").center(column.width)
            return [Segment(text, self._painter.strong)]
        lanes = lanes_at(self._pieces[1 if away > 0 else -1][index], abs(away) - 1)
        last, mark = lanes[-1] if lanes else None, self._mark(index, away)
        if mark is None:
            cells = [self._cells.plain(lane, away, is_dim) for lane in lanes[:-1]]
            cells += self._plain(last, away, is_dim, start + len(cells), stop)
        else:
            cells = [self._marked(last, mark, away, is_dim)] * column.width
        if self._is_cut(index, away):
            sign = Mark(self._painter.glyphs.cut, INK)
            cells[column.width // 2] = self._marked(last, sign, away, is_dim)
        return cells

    def _marked(self, lane: Lane | None, mark: Mark, away: int, is_dim: bool) -> Segment:
        zones = self._cells.zones(lane, is_dim) if lane else Zones(None)
        return self._cells.marked(zones, mark, away, is_dim)

    def _plain(
        self, lane: Lane | None, away: int, is_dim: bool, start: int, stop: int
    ) -> list[Segment]:
        """Cells of a lane without a mark, or of the ground."""
        if lane is None:
            return self._ground(away, start, stop)
        if not self._over_bars or self._bound is None or self._bound[0] != away:
            return [self._cells.plain(lane, away, is_dim)] * (stop - start)
        # a bar's end would leave no colour for the dashes: it is drawn as if the bar went on
        cell = self._cells.plain(replace(lane, edge=EIGHTHS, outer=None), away, is_dim)
        ground = None if self._cells.is_lettered else self._cells.zones(lane, is_dim).inner
        return self._cells_of(cell, ground, away, start, stop)

    def _mark(self, index: int, away: int) -> Mark | None:
        """The stack's net, or that of the pinned run."""
        glyphs, net, ghost = self._painter.glyphs, self._nets[index], self._ghosts.get(index)
        if net and net[0] == away:
            return Mark(self._stroke(glyphs.nets, *net), INK)
        if ghost and ghost[0] == away:
            return Mark(self._stroke(glyphs.ghosts, *ghost), GHOST)
        return None

    def _is_cut(self, index: int, away: int) -> bool:
        """Whether the stack goes on beyond this outermost row."""
        axis = self._picture.axis
        rows = axis.up if away > 0 else axis.down
        pieces = self._pieces[1 if away > 0 else -1][index]
        return abs(away) == rows and bool(pieces) and pieces[-1].stop > rows * EIGHTHS


def _settled(place: Place, end: int) -> Place:
    """A mark's place, on the near edge where the stack's end in its row then stays to be seen."""
    away, height = place
    if abs(away) > 1 and end < EIGHTHS and (height == 0 or end <= THIN):
        return away - (1 if away > 0 else -1), 2
    return place
