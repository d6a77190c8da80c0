"""The chart of one bar a layer: draws a picture that it is given, repainting changed rows only."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.bars import Frame, Role, row_runs
from tui.glyphs import Glyphs
from tui.layout import axis_labels, layer_at
from tui.palette import FAINT, FORWARD_BAR, FORWARD_CURSOR, INK, QUIET, Palette
from tui.scales import Axis, ticks

MARGIN = 8
"""Cells left of the bars: the axis labels and its line."""

FOOT = 2
"""Rows below the bars: the base line and the layers' numbers."""


@dataclass(frozen=True)
class Picture:
    """A frame with its axis; `reference` is the power of ten of the last layer's bar."""

    frame: Frame
    axis: Axis
    reference: float
    cursor: int


def frame_cursor_is_forward(frame: Frame) -> bool:
    """Whether the cursor stands on a column that shows the forward pass."""
    return frame.cursor is not None and frame.bars[frame.cursor].role is Role.FORWARD


class LayerChart(Widget):
    """Bars over layers on one logarithmic axis."""

    DEFAULT_CSS = "LayerChart { height: 1fr; width: 1fr; }"

    class Resized(Message):
        """There is another amount of room for bars."""

    class Pointed(Message):
        """Somebody points at a layer."""

        def __init__(self, layer: int) -> None:
            super().__init__()
            self.layer = layer

    class Turned(Message):
        """Somebody turns the wheel: a layer towards the output (+1) or the input (-1)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, glyphs: Glyphs, palette: Palette) -> None:
        super().__init__(id="chart")
        self._glyphs = glyphs
        self._picture: Picture | None = None
        self._marks: dict[int, int] = {}
        self._drawn_size = Size()
        self._strips: dict[int, Strip] = {}
        self._set_styles(palette)

    def _set_styles(self, palette: Palette) -> None:
        self._palette = palette
        self._blank = palette.style()
        self._quiet = palette.style(QUIET)
        self._faint = palette.style(FAINT)
        self._ink = palette.style(INK, bold=True)
        self._forward_cursor = palette.style(FORWARD_CURSOR)
        self._roles = {
            Role.EMPTY: self._blank,
            Role.FORWARD: palette.style(FORWARD_BAR),
            Role.NAME: palette.style(INK, bold=True),
        }

    def restyle(self, palette: Palette) -> None:
        """Draw the same picture in another look."""
        self._set_styles(palette)
        picture, self._picture = self._picture, None
        self._strips.clear()
        if picture is not None:
            self.show(picture)

    @property
    def room(self) -> Size:
        """Cells and rows for bars."""
        return Size(max(self.size.width - MARGIN, 1), max(self.size.height - FOOT, 1))

    @property
    def picture(self) -> Picture | None:
        """What is shown now."""
        return self._picture

    def show(self, picture: Picture) -> None:
        """Draw a picture; rows that stay the same are not sent again."""
        old = self._picture
        if picture == old:
            return
        self._picture = picture
        self._marks = ticks(picture.axis, picture.frame.rows)
        fresh = [self._make_strip(y) for y in range(self.size.height)]
        for y, strip in enumerate(fresh):
            if self._strips.get(y) != strip:
                self._strips[y] = strip
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self, event: Resize) -> None:
        """Ask for a picture of the new size."""
        self._adapt()

    def _adapt(self) -> None:
        """Forget what was drawn for another size."""
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self._strips.clear()
            self._picture = None
            self.post_message(self.Resized())

    def on_click(self, event: Click) -> None:
        """The layer under the pointer; the next one of those that share a column already lit."""
        if self._picture is not None:
            columns, cursor = self._picture.frame.columns, self._picture.cursor
            self.post_message(self.Pointed(layer_at(event.x - MARGIN, columns, cursor)))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """To the right, as reading goes up the stack of layers."""
        event.stop()
        self.post_message(self.Turned(1))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """To the left."""
        event.stop()
        self.post_message(self.Turned(-1))

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        # a size that changes right after the first layout comes without a Resize (textual 8.2)
        self._adapt()
        return self._strips.get(y) or Strip.blank(self.size.width, self._blank)

    def _make_strip(self, y: int) -> Strip:
        picture = self._picture
        if picture is None or picture.frame.rows != self.room.height:
            return Strip.blank(self.size.width, self._blank)
        frame = picture.frame
        if y < frame.rows:
            segments = [*self._margin(y), *self._bars(picture, y)]
        elif y == frame.rows:
            segments = self._base(picture)
        else:
            segments = self._numbers(picture)
        return Strip(segments).adjust_cell_length(self.size.width, self._blank)

    def _margin(self, row: int) -> list[Segment]:
        label = f"1e{self._marks[row]}" if row in self._marks else ""
        return [
            Segment(f"{label:>{MARGIN - 2}} ", self._quiet),
            Segment(self._glyphs.vertical, self._faint),
        ]

    def _bars(self, picture: Picture, row: int) -> list[Segment]:
        axis, rows = picture.axis, picture.frame.rows
        middle = axis.low + (rows - row - 0.5) / rows * (axis.high - axis.low)
        bar, cursor = self._palette.row(middle - picture.reference)
        styles = {**self._roles, Role.BAR: bar, Role.CURSOR: cursor}
        if frame_cursor_is_forward(picture.frame):
            styles[Role.CURSOR] = self._forward_cursor
        return [
            Segment(text, styles[role]) for text, role in row_runs(picture.frame, row, self._glyphs)
        ]

    def _base(self, picture: Picture) -> list[Segment]:
        glyphs, cells = self._glyphs, picture.frame.cells
        start, end = " input ", " output "
        line = start + glyphs.horizontal * max(cells - len(start) - len(end), 0) + end
        segments = [Segment(" " * (MARGIN - 1) + glyphs.corner, self._faint)]
        if picture.frame.cursor is None:
            return [*segments, Segment(line[:cells], self._faint)]
        at = picture.frame.columns[picture.frame.cursor].centre
        return [
            *segments,
            Segment(line[:at], self._faint),
            Segment(glyphs.cursor, self._ink),
            Segment(line[at + 1 : cells], self._faint),
        ]

    def _numbers(self, picture: Picture) -> list[Segment]:
        frame = picture.frame
        line = axis_labels(frame.columns, frame.cells, picture.cursor)
        named = str(picture.cursor)
        if frame.cursor is None:
            return [Segment(" " * MARGIN + line, self._quiet)]
        centre = frame.columns[frame.cursor].centre
        at = min(max(centre - (len(named) - 1) // 2, 0), frame.cells - len(named))
        return [
            Segment(" " * MARGIN + line[:at], self._quiet),
            Segment(line[at : at + len(named)], self._ink),
            Segment(line[at + len(named) :], self._quiet),
        ]
