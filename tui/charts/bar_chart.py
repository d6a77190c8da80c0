"""The chart of bars over layers: axis, bars with what lies over them, and the foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from tui.charts.bars import Frame
from tui.charts.canvas import Canvas, Strips
from tui.charts.columns import Column
from tui.charts.foot import draw_foot
from tui.charts.paint import Paint
from tui.charts.painter import BAR_MARGIN, FOOT, Painter
from tui.charts.rows import Chart, draw_frame
from tui.charts.scale import Scale
from tui.style.cells import to_right
from tui.style.glyphs import Glyphs
from tui.style.looks import FAINT, KEY, QUIET, SATURATED
from tui.words.language import _
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
    """What stands beside a row, its colour, and whether it is the value of the row's middle."""

    text: str
    colour: str = QUIET
    is_tick: bool = True


def bar_strips(painter: Painter, strips: Strips[Paint], picture: Picture) -> list[Strip]:
    """The whole chart."""
    frame, scale = picture.frame, picture.scale
    labels = {} if scale is None else tick_labels(scale).copy()
    if picture.is_loose:
        free = [level for level in range(frame.rows) if level not in labels]
        # a very low chart has no row without a tick
        if free:
            labels[free[-1]] = Label(_(REFIT), KEY, False)
    return frame_strips(painter, strips, frame, picture.cursor, labels, picture.stuck)


@lru_cache(maxsize=8)
def tick_labels(scale: Scale) -> dict[int, Label]:
    """The powers of ten at their levels."""
    return {level: Label(power_of_ten(e)) for level, e in scale.ticks().items()}


def frame_strips(
    painter: Painter,
    strips: Strips[Paint],
    frame: Frame,
    cursor: int | None,
    labels: Mapping[int, Label],
    stuck: tuple[str, ...] = (),
) -> list[Strip]:
    """A frame with the labels of its levels, the row of stuck layers if there is any, the foot."""
    rows = frame.rows + bool(stuck)
    canvas = Canvas(rows + FOOT, BAR_MARGIN + frame.cells, painter.paints)
    bars = canvas.part(slice(frame.rows), slice(BAR_MARGIN, None))
    draw_frame(bars, frame, painter.glyphs)
    settings = frame.rows, rows, labels
    margin = painter.made("margin", (), settings, lambda: _margin(painter, *settings))
    canvas.lay(0, 0, margin)
    if stuck:
        _draw_stuck(canvas, frame, stuck, painter.glyphs)
    draw_foot(canvas, rows, frame.columns, cursor, painter)
    return strips.of(canvas)


def _margin(painter: Painter, rows_of_bars: int, rows: int, labels: Mapping[int, Label]) -> Chart:
    """The axis and the labels of its levels."""
    margin = Canvas(rows, BAR_MARGIN, painter.paints)
    margin.put(slice(None), BAR_MARGIN - 1, painter.glyphs.vertical, Paint(FAINT))
    for level, label in labels.items():
        _draw_label(margin, rows_of_bars - 1 - level, label, painter.glyphs)
    return margin


def _draw_label(canvas: Chart, row: int, label: Label, glyphs: Glyphs) -> None:
    text = to_right(glyphs.spell(label.text), BAR_MARGIN - 2)
    canvas.write(row, 0, text, Paint(label.colour))
    if label.is_tick:
        canvas.put(row, BAR_MARGIN - 1, glyphs.tick, Paint(FAINT))


def _draw_stuck(canvas: Chart, frame: Frame, stuck: tuple[str, ...], glyphs: Glyphs) -> None:
    """A sign under each layer that does not learn; the margin names it where there is one kind."""
    signs = {DEAD: (glyphs.dead, SATURATED), CLOSED: (glyphs.closed, QUIET)}
    for column, state in zip(frame.columns, stuck, strict=True):
        if state:
            sign, colour = signs[state]
            canvas.put(frame.rows, BAR_MARGIN + column.centre, sign, Paint(colour))
    kinds = {*stuck} - {""}
    if len(kinds) == 1:
        _draw_label(canvas, frame.rows, Label(STUCK_WORDS[kinds.pop()], is_tick=False), glyphs)
