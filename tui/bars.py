"""A column chart as pure data: bar heights in fractions of a cell, and each row's characters.

The app's chart and the headless picture are both made here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from tui.glyphs import Glyphs
from tui.layout import Column, column_of
from tui.scales import Axis

Values = NDArray[np.float64]


class Role(Enum):
    """What a run of cells shows; decides its style."""

    EMPTY = "empty"
    BAR = "bar"
    CURSOR = "cursor"
    FORWARD = "forward"
    NAME = "name"


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
    """One picture: a bar for each column, `rows` cells high, and the column under the cursor."""

    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    cells: int
    rows: int
    cursor: int | None


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
    roles: Sequence[Role] | None = None,
) -> Frame:
    """The picture of one value a layer; `roles` are the columns' own, BAR if not given."""
    steps = len(glyphs.levels) - 1
    bars = tuple(
        bar_of(values[column.layers], axis, rows, steps, roles[i] if roles else Role.BAR)
        for i, column in enumerate(columns)
    )
    marked = None if cursor is None else column_of(cursor, columns)
    return Frame(columns, bars, cells, rows, marked)


def row_runs(frame: Frame, row: int, glyphs: Glyphs) -> list[tuple[str, Role]]:
    """Row `row` (0 at the top) as runs of text with one role each."""
    runs: list[tuple[str, Role]] = []
    at = 0
    for index, (column, bar) in enumerate(zip(frame.columns, frame.bars, strict=True)):
        text, role = _cell_text(bar, column.width, frame.rows - 1 - row, glyphs)
        if role is Role.EMPTY:
            continue
        if index == frame.cursor:
            role = Role.CURSOR
        if column.start > at:
            _add(runs, " " * (column.start - at), Role.EMPTY)
        _add(runs, text, role)
        at = column.start + column.width
    _add(runs, " " * (frame.cells - at), Role.EMPTY)
    return runs


def _add(runs: list[tuple[str, Role]], text: str, role: Role) -> None:
    """Append a run; blanks after bars join them, so that most rows are a single run."""
    if not text:
        return
    if runs and runs[-1][1] in ((role,) if role is not Role.EMPTY else (Role.BAR, Role.EMPTY)):
        runs[-1] = (runs[-1][0] + text, runs[-1][1])
    else:
        runs.append((text, role))


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
