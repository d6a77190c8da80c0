"""The chart of bars over layers: axis, bars with what lies over them, and the foot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.bars import Frame
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.rows import Paint, row_runs
from tui.charts.scale import Scale
from tui.style.looks import KEY
from tui.style.palette import Palette
from tui.words.numbers import power_of_ten
from tui.words.views import REFIT


@dataclass(frozen=True)
class Picture:
    """A frame with its scale, None where there is nothing to measure; the cursor's layer.

    A loose axis says which key refits it.
    """

    frame: Frame
    scale: Scale | None
    cursor: int | None
    is_loose: bool = False


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
        free = next(level for level in reversed(range(frame.rows)) if level not in labels)
        labels[free] = Label(REFIT, painter.palette.style(KEY), False)
    return frame_strips(painter, frame, picture.cursor, labels)


def tick_labels(painter: Painter, scale: Scale) -> dict[int, Label]:
    """The powers of ten at their levels."""
    return {level: Label(power_of_ten(e), painter.quiet) for level, e in scale.ticks().items()}


def frame_strips(
    painter: Painter, frame: Frame, cursor: int | None, labels: Mapping[int, Label]
) -> list[Strip]:
    """A frame with the labels of its levels, and the foot."""
    strips, unlabelled = [], Label("", painter.quiet, False)
    for row in range(frame.rows):
        label = labels.get(frame.rows - 1 - row, unlabelled)
        cells = [
            Segment(text, _style(painter.palette, paint))
            for text, paint in row_runs(frame, row, painter.glyphs)
        ]
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
