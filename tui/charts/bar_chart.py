"""The chart of bars over layers: axis, bars with what lies over them, base line and numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

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
    # without a label the style is that of the metric's sign, so that more rows are alike
    labels = {
        row: (f"1e{power}", painter.quiet) for row, power in ticks(picture.axis, frame.rows).items()
    }
    # of several limits on one row the first is named
    for level, name in reversed(frame.limits):
        labels[frame.rows - 1 - level] = name, painter.quiet
    labels[0] = painter.glyphs.spell(picture.sign), painter.strong
    return frame_strips(painter, frame, picture.cursor, labels, partial(_styles, painter, picture))


def frame_strips(
    painter: Painter,
    frame: Frame,
    cursor: int,
    labels: Mapping[int, tuple[str, Style]],
    styles_of: Callable[[int], Callable[[CellKind], Style]],
) -> list[Strip]:
    """A frame with its rows' labels and the foot; `styles_of` a row gives its cells' styles."""
    strips = []
    for row in range(frame.rows):
        label, label_style = labels.get(row, ("", painter.strong))
        style = styles_of(row)
        cells = [Segment(text, style(kind)) for text, kind in row_runs(frame, row, painter.glyphs)]
        strips.append(painter.row(label, BAR_MARGIN, cells, label_style))
    return [*strips, *painter.foot(frame.columns, frame.cells, cursor)]


def _styles(painter: Painter, picture: Picture, row: int) -> Callable[[CellKind], Style]:
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
    return lambda kind: _over(palette, kind, decades) if isinstance(kind, Over) else styles[kind]


def _over(palette: Palette, kind: Over, decades: float) -> Style:
    """A mark's style over what is under it."""
    if kind.ground not in (Role.BAR, Role.CURSOR):
        return palette.style(_MARK_COLOURS[kind.mark], bold=kind.mark is Mark.GHOST)
    bar, lit = palette.over_row(MARK_ON_BAR, decades)
    return lit if kind.ground is Role.CURSOR else bar
