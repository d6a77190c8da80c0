"""Stacks of factors as strips: a hue for each family, and what they come to marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.strip import Strip

from tui.charts.canvas import Canvas, Strips
from tui.charts.columns import Column, gap_of
from tui.charts.factor_axis import EIGHTHS, FactorAxis, factor_ticks
from tui.charts.foot import draw_foot
from tui.charts.paint import Paint
from tui.charts.painter import BAR_MARGIN, FOOT, Painter
from tui.charts.stack_cells import THIN, Cell, Mark, StackCells, Zones
from tui.charts.stacks import Lane, Stack, lanes_at, pieces_of
from tui.style.looks import FAINT, GHOST, INK, QUIET, THEORY
from tui.words.views import CLOSE, OFF_AXIS, SEEN

LINE_ROW = 1
"""The row whose lower edge is the line x1."""

Place = tuple[int, int]
"""A row counted from the line, and one of three heights in it."""

LINE_TICK: Place = (LINE_ROW, 0)

Chart = Canvas[Paint]


@dataclass(frozen=True)
class StackPicture:
    """What is drawn: a stack a column, the stacks of a pinned run, phi's bound in decades."""

    layout: tuple[Column, ...]
    stacks: tuple[Stack, ...]
    ghosts: tuple[Stack, ...]
    bound: float | None
    axis: FactorAxis


class StackChart:
    """Draws stacks on one axis; a column is drawn once as it is and once dimmed."""

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
        self._empty = self._drawn_empty()
        self._columns: dict[tuple[int, bool], Chart] = {}

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

    def strips(
        self, strips: Strips[Paint], dims: Sequence[bool | None], cursor: int | None
    ) -> list[Strip]:
        """The rows and the foot; `dims`: is a column dimmed, None where it is not shown yet."""
        picture, painter = self._picture, self._painter
        rows = picture.axis.up + picture.axis.down
        canvas = Canvas(rows + FOOT, self._empty.cells, painter.paints)
        canvas.lay(0, 0, self._empty)
        for index, (column, is_dim) in enumerate(zip(picture.layout, dims, strict=True)):
            if is_dim is not None:
                canvas.lay(0, BAR_MARGIN + column.start, self._column(index, is_dim))
        draw_foot(canvas, rows, picture.layout, cursor, painter)
        return strips.of(canvas)

    def _drawn_empty(self) -> Chart:
        """The axis, the line x1 and the dashes of phi's bound, without a stack."""
        painter, axis, cells = self._painter, self._picture.axis, self._picture.layout[-1].stop
        glyphs, bound = painter.glyphs, self._bound
        canvas = Canvas(axis.up + axis.down, BAR_MARGIN + cells, painter.paints)
        canvas.put(slice(None), BAR_MARGIN - 1, glyphs.vertical, Paint(FAINT))
        for away, (height, label) in self._ticks.items():
            is_one = (away, height) == LINE_TICK
            strokes = glyphs.ghosts if is_one else glyphs.strokes
            text = f"{glyphs.spell(label):>{BAR_MARGIN - 2}}"
            paint = Paint(INK, bold=True) if is_one else Paint(QUIET)
            canvas.put(self._row(away), 0, text, paint)
            stroke = self._stroke(strokes, away, height)
            canvas.put(self._row(away), BAR_MARGIN - 2, stroke, Paint(FAINT))
        canvas.put(self._row(LINE_ROW), BAR_MARGIN, glyphs.ghosts[0] * cells, Paint(FAINT))
        if bound is not None:
            self._dash(canvas, BAR_MARGIN, range(cells), None)
        return canvas

    def _row(self, away: int) -> int:
        """The row that is so many away from the line."""
        up = self._picture.axis.up
        return up - away if away > 0 else up - away - 1

    def _stroke(self, strokes: str, away: int, height: int) -> str:
        """The stroke at one of three heights, counted from the line."""
        return strokes[height if away > 0 else -1 - height]

    def _dash(self, canvas: Chart, left: int, cells: range, ground: str | None) -> None:
        """The dashes of phi's bound in those cells of the chart, drawn from `left` on."""
        if self._bound is None:
            return
        dash = self._stroke(self._painter.glyphs.dashes, *self._bound)
        for at, cell in enumerate(cells, left):
            if cell in self._dashed:
                canvas.put(self._row(self._bound[0]), at, dash, Paint(THEORY, ground))

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

    def _column(self, index: int, is_dim: bool) -> Chart:
        """One column of a stack with its marks."""
        key = index, is_dim
        if key not in self._columns:
            self._columns[key] = self._drawn_column(index, is_dim)
        return self._columns[key]

    def _drawn_column(self, index: int, is_dim: bool) -> Chart:
        """First the cells that one piece fills, then the rows in which there is more."""
        column, axis = self._picture.layout[index], self._picture.axis
        canvas: Chart = Canvas(axis.up + axis.down, column.width, self._painter.paints)
        left = slice(BAR_MARGIN + column.start, BAR_MARGIN + column.stop)
        canvas.lay(0, 0, self._empty.part(slice(None), left))
        for direction, rows in ((1, axis.up), (-1, axis.down)):
            for piece in self._pieces[direction][index]:
                first, stop = -(-piece.start // EIGHTHS), min(piece.stop // EIGHTHS, rows)
                ends = sorted(axis.up - direction * level for level in (first, stop))
                text, paint = self._cells.plain(Lane(piece.family, EIGHTHS), direction, is_dim)
                if first < stop:
                    canvas.put(slice(*ends), 0, text * column.width, paint)
        for away in self._busy_rows(index):
            self._draw(canvas, index, away, is_dim)
        return canvas

    def _busy_rows(self, index: int) -> set[int]:
        """The rows of a column that are not just one piece's or nobody's, away from the line."""
        axis, found = self._picture.axis, set()
        for direction, rows in ((1, axis.up), (-1, axis.down)):
            pieces = self._pieces[direction][index]
            edges = [edge for piece in pieces for edge in (piece.start, piece.stop)]
            found |= {direction * (edge // EIGHTHS + 1) for edge in edges if edge % EIGHTHS}
            if pieces and pieces[-1].stop > rows * EIGHTHS:
                found.add(direction * rows)
        over = self._bound if self._over_bars else None
        marks = (self._nets[index], self._ghosts.get(index), over)
        found |= {place[0] for place in marks if place is not None}
        if self._picture.stacks[index].name:
            found.add(-LINE_ROW)
        return {away for away in found if -axis.down <= away <= axis.up}

    def _draw(self, canvas: Chart, index: int, away: int, is_dim: bool) -> None:
        """Lanes from the left, the last one over the rest; a mark runs over all of the column."""
        column, name = self._picture.layout[index], self._picture.stacks[index].name
        row = self._row(away)
        if name and away == -LINE_ROW:
            # a longer name than there is room for is cut to a sign: the words below have it
            text = (name if len(name) <= column.width else "!").center(column.width)
            canvas.put(row, 0, text, Paint(INK, bold=True))
            return
        lanes = lanes_at(self._pieces[1 if away > 0 else -1][index], abs(away) - 1)
        last, mark = lanes[-1] if lanes else None, self._mark(index, away)
        if mark is not None:
            text, paint = self._marked(last, mark, away, is_dim)
            canvas.put(row, 0, text * column.width, paint)
        elif last is not None:
            for at, lane in enumerate(lanes[:-1]):
                canvas.put(row, at, *self._cells.plain(lane, away, is_dim))
            self._draw_lane(canvas, column, len(lanes) - 1, last, away, is_dim)
        if self._is_cut(index, away):
            sign = Mark(self._painter.glyphs.cut, INK)
            canvas.put(row, column.width // 2, *self._marked(last, sign, away, is_dim))

    def _marked(self, lane: Lane | None, mark: Mark, away: int, is_dim: bool) -> Cell:
        zones = self._cells.zones(lane, is_dim) if lane else Zones(None)
        return self._cells.marked(zones, mark, away, is_dim)

    def _draw_lane(
        self, canvas: Chart, column: Column, at: int, lane: Lane, away: int, is_dim: bool
    ) -> None:
        """A lane without a mark from that cell of the column on."""
        has_dashes = self._over_bars and self._bound is not None and self._bound[0] == away
        # a bar's end would leave no colour for the dashes: it is drawn as if the bar went on
        drawn = replace(lane, edge=EIGHTHS, outer=None) if has_dashes else lane
        text, paint = self._cells.plain(drawn, away, is_dim)
        canvas.put(self._row(away), at, text * (column.width - at), paint)
        if has_dashes:
            ground = None if self._cells.is_lettered else self._cells.zones(lane, is_dim).inner
            self._dash(canvas, at, range(column.start + at, column.stop), ground)

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
