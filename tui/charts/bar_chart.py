"""The chart of bars over layers: axis, bars with what lies over them, and the foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.bars import Frame
from tui.charts.columns import Column
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.rows import Canvas, Paint, frame_rows
from tui.charts.scale import Scale
from tui.style.looks import KEY, QUIET, SATURATED
from tui.style.palette import Palette
from tui.words.numbers import power_of_ten
from tui.words.views import CLOSED, DEAD, REFIT, STUCK_WORDS


@dataclass(frozen=True)
class Picture:
    """A frame with its scale, None where there is nothing to measure; the cursor's layer.

    `stuck` are the states of its columns, if any is in one; a loose axis says which key refits it.
    """

    frame: Frame
    scale: Scale | None
    cursor: int | None
    stuck: tuple[str, ...] = ()
    is_loose: bool = False


def stuck_columns(
    columns: tuple[Column, ...], dead: NDArray[np.bool_], closed: NDArray[np.bool_]
) -> tuple[str, ...]:
    """Which columns hold a layer that is dead, or else closed; nothing where none is either."""
    states = {DEAD: dead, CLOSED: closed}
    found = (
        next((state for state, layers in states.items() if layers[column.layers].any()), "")
        for column in columns
    )
    return tuple(found) if dead.any() or closed.any() else ()


class Label(NamedTuple):
    """What stands beside a row, and whether it is the value of the row's middle."""

    text: str
    style: Style
    is_tick: bool = True


def bar_strips(painter: Painter, picture: Picture) -> list[Strip]:
    """The whole chart."""
    frame, scale = picture.frame, picture.scale
    labels = {} if scale is None else tick_labels(painter, scale)
    if picture.is_loose:
        free = [level for level in range(frame.rows) if level not in labels]
        # a very low chart has no row without a tick
        if free:
            labels[free[-1]] = Label(REFIT, painter.palette.style(KEY), False)
    strips = frame_strips(painter, frame, picture.cursor, labels)
    return strips[:-1] + _stuck_row(painter, frame, picture.stuck) + strips[-1:]


def _stuck_row(painter: Painter, frame: Frame, stuck: tuple[str, ...]) -> list[Strip]:
    """A sign under each layer that does not learn; the margin names it where there is one kind."""
    if not stuck:
        return []
    canvas = Canvas(frame.cells)
    signs = {DEAD: (painter.glyphs.dead, SATURATED), CLOSED: (painter.glyphs.closed, QUIET)}
    for column, state in zip(frame.columns, stuck, strict=True):
        if state:
            sign, colour = signs[state]
            canvas.put(column.centre, sign, Paint(colour))
    cells = [Segment(text, _style(painter.palette, paint)) for text, paint in canvas.runs()]
    kinds = {*stuck} - {""}
    label = STUCK_WORDS[kinds.pop()] if len(kinds) == 1 else ""
    return [painter.row(label, BAR_MARGIN, cells, painter.quiet)]


def tick_labels(painter: Painter, scale: Scale) -> dict[int, Label]:
    """The powers of ten at their levels."""
    return {level: Label(power_of_ten(e), painter.quiet) for level, e in scale.ticks().items()}


def frame_strips(
    painter: Painter, frame: Frame, cursor: int | None, labels: Mapping[int, Label]
) -> list[Strip]:
    """A frame with the labels of its levels, and the foot."""
    strips, unlabelled = [], Label("", painter.quiet, False)
    for row, runs in enumerate(frame_rows(frame, painter.glyphs)):
        label = labels.get(frame.rows - 1 - row, unlabelled)
        cells = [Segment(text, _style(painter.palette, paint)) for text, paint in runs]
        text = painter.glyphs.spell(label.text)
        strips.append(painter.row(text, BAR_MARGIN, cells, label.style, label.is_tick))
    return [*strips, *painter.foot(frame.columns, frame.cells, cursor)]


def _style(palette: Palette, paint: Paint) -> Style:
    """The cursor's bar is lit, bold where there is no colour."""
    ink, ground, lit = paint
    if lit and ground is not None:
        ground = palette.lit(ground)
    elif lit and ink is not None:
        ink = palette.lit(ink)
    return palette.style(ink, ground, bold=lit and not palette.coloured)
