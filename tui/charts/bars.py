"""A column chart as pure data: bar heights in fractions of a cell, and each row's characters.

The app's chart and the headless picture are both made here.
"""

import math
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.charts.columns import Column, column_of
from tui.charts.overlays import NO_OVERLAYS, Mark, Overlays
from tui.state.axis import Axis
from tui.style.glyphs import Glyphs

Values = NDArray[np.float64]


class Role(Enum):
    """What a run of cells shows; decides its style."""

    EMPTY = "empty"
    BAR = "bar"
    CURSOR = "cursor"
    FORWARD = "forward"
    NAME = "name"
    GUIDE = "guide"


class Over(NamedTuple):
    """A mark drawn over what else the cell shows."""

    mark: Mark
    ground: Role


CellKind = Role | Over
"""What decides a run's style."""


@dataclass(frozen=True)
class Bar:
    """What one column shows.

    `height`, `least` and `most` are in cells, quantised to the glyphs' steps; the last two span
    the layers that share the column. `name` stands instead of a bar for 0 and what is not finite;
    `role` is BAR, FORWARD for the forward pass, or EMPTY for what is not reached yet.
    """

    height: float
    least: float
    most: float
    name: str = ""
    role: Role = Role.BAR


NOTHING = Bar(0, 0, 0, role=Role.EMPTY)


@dataclass(frozen=True)
class Frame:
    """One picture: a bar for each column, `rows` cells high, and the column under the cursor.

    `overlays` are what is drawn over and behind the bars; `guide` the levels (from 0 at the
    bottom) of the first and the last row that lie in the range to aim for; `limits` are levels
    with the names of the number formats that run out there.
    """

    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    cells: int
    rows: int
    cursor: int | None
    overlays: Overlays = NO_OVERLAYS
    guide: tuple[int, int] | None = None
    limits: tuple[tuple[int, str], ...] = ()


def bar_of(values: Values, axis: Axis, rows: int, steps: int, role: Role = Role.BAR) -> Bar:
    """The bar of the layers that share one column: median, least and most of their values."""
    if role is Role.EMPTY:
        return NOTHING
    finite = np.isfinite(values)
    if not finite.all():
        worst = values[~finite][0]
        return Bar(0, 0, 0, "nan" if math.isnan(worst) else "inf", role)
    middle = float(np.median(values))
    if middle == 0:
        return Bar(0, 0, 0, "0", role)
    least, most = float(values.min()), float(values.max())
    return Bar(
        _cells(middle, axis, rows, steps),
        _cells(least, axis, rows, steps),
        _cells(most, axis, rows, steps),
        role=role,
    )


def _cells(value: float, axis: Axis, rows: int, steps: int) -> float:
    """A value's height, a step at least unless it is 0, so that nothing real is invisible."""
    if value <= 0:
        return 0.0
    quantised = round(axis.fraction(value) * rows * steps) / steps
    return min(max(quantised, 1 / steps), float(rows))


def frame_of(
    values: Values,
    columns: tuple[Column, ...],
    axis: Axis,
    cells: int,
    rows: int,
    cursor: int | None,
    glyphs: Glyphs,
) -> Frame:
    """The picture of one value a layer."""
    steps = len(glyphs.levels) - 1
    bars = tuple(bar_of(values[column.layers], axis, rows, steps) for column in columns)
    marked = None if cursor is None else column_of(cursor, columns)
    return Frame(columns, bars, cells, rows, marked)


def row_runs(frame: Frame, row: int, glyphs: Glyphs) -> list[tuple[str, CellKind]]:
    """Row `row` (0 at the top) as runs of text with one kind each."""
    runs: list[tuple[str, CellKind]] = []
    level = frame.rows - 1 - row
    guided = frame.guide is not None and frame.guide[0] <= level <= frame.guide[1]
    guided = guided or any(level == at for at, _ in frame.limits)
    fill, nothing = (glyphs.guide, Role.GUIDE) if guided else (" ", Role.EMPTY)
    overlays = frame.overlays if frame.overlays != NO_OVERLAYS else None
    at = 0
    is_on_line = False
    has_gap = _has_gaps(frame.columns)
    for index, (column, bar) in enumerate(zip(frame.columns, frame.bars, strict=True)):
        if is_on_line and column.start > at:
            # the line goes on to the next bar
            _add(runs, glyphs.dash * (column.start - at), Over(Mark.LINE, Role.EMPTY))
            at = column.start
        text, role = _cell_text(bar, column.width, level, glyphs)
        if role is not Role.EMPTY and index == frame.cursor:
            role = Role.CURSOR
        cells: list[tuple[str, CellKind]] = [(text, role)]
        mark = overlays.at(index, level, bar.role is Role.BAR) if overlays else None
        is_on_line = mark is Mark.LINE
        if mark is not None and role is not Role.NAME:
            cells = _marked(text, role, mark, bar.height - level >= 1, index, has_gap, glyphs)
        elif role is Role.EMPTY:
            continue
        if column.start > at:
            _add(runs, fill * (column.start - at), nothing)
        for part, kind in cells:
            _add(runs, part, kind)
        at = column.start + column.width
    _add(runs, fill * (frame.cells - at), nothing)
    return runs


def _has_gaps(columns: tuple[Column, ...]) -> bool:
    """Whether there is room between the bars; always of one kind, see `tui.charts.columns`."""
    return len(columns) < 2 or columns[1].start > columns[0].start + columns[0].width


def _marked(
    text: str, role: Role, mark: Mark, full: bool, index: int, has_gap: bool, glyphs: Glyphs
) -> list[tuple[str, CellKind]]:
    """A column's cells of one row with a mark over them; a bar's top shows beside the mark."""
    width = len(text)
    if mark in (Mark.BAND, Mark.MEDIAN):
        inside = role is not Role.EMPTY and full
        behind: CellKind = role if inside else Over(Mark.BAND, Role.EMPTY)
        shaded = (glyphs.band_inside if inside else glyphs.band) * width
        if role is not Role.EMPTY and not full:
            shaded, behind = text, role
        if mark is Mark.BAND:
            return [(shaded, behind)]
        centre = width // 2
        dot: CellKind = Over(Mark.MEDIAN, role if inside else Role.EMPTY)
        parts = [(shaded[:centre], behind), (glyphs.median, dot), (shaded[centre + 1 :], behind)]
        return [part for part in parts if part[0]]
    glyph = glyphs.ghost if mark is Mark.GHOST else glyphs.dash
    if role is Role.EMPTY or full or role is Role.FORWARD:
        return [(glyph * width, Over(mark, role))]
    # a bar keeps its top: the line is seen on both sides of it, and a ghost where it differs
    if has_gap or mark is Mark.GHOST or index % 2:
        return [(text, role)]
    # without room beside it the bar's own top is the line, dashed
    return [(text, Over(mark, Role.EMPTY))]


def _add(runs: list[tuple[str, CellKind]], text: str, kind: CellKind) -> None:
    """Append a run; blanks after bars join them, so that most rows are a single run."""
    if not text:
        return
    if runs and runs[-1][1] in ((kind,) if kind is not Role.EMPTY else (Role.BAR, Role.EMPTY)):
        runs[-1] = (runs[-1][0] + text, runs[-1][1])
    else:
        runs.append((text, kind))


def _cell_text(bar: Bar, width: int, level: int, glyphs: Glyphs) -> tuple[str, Role]:
    """What a bar shows in the row that is `level` cells above the bottom."""
    if bar.name:
        return _name_text(bar.name, width, level)
    forward = bar.role is Role.FORWARD
    steps = len(glyphs.levels) - 1
    filled = min(max(bar.height - level, 0.0), 1.0)
    shared = bar.most > bar.least
    if filled == 0:
        if shared and bar.most > level and not forward:
            return glyphs.whisker * width, bar.role
        return " " * width, Role.EMPTY
    if forward:
        return glyphs.shade * width, bar.role
    if shared and filled == 1 and level <= bar.least < level + 1:
        return glyphs.least * width, bar.role
    return glyphs.levels[round(filled * steps)] * width, bar.role


def _name_text(name: str, width: int, level: int) -> tuple[str, Role]:
    """A value's name: along the bottom row where it fits, else upright, read downwards."""
    if len(name) <= width:
        return (name.center(width), Role.NAME) if level == 0 else (" " * width, Role.EMPTY)
    if level < len(name):
        return name[len(name) - 1 - level].center(width), Role.NAME
    return " " * width, Role.EMPTY
