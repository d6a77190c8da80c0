"""Two runs over each other: the same columns on one axis, numbers aligned, the one ahead marked."""

from rich.segment import Segment
from textual.strip import Strip

from engine import Trace
from tui.charts.bar_chart import Picture, bar_strips, stuck_columns
from tui.charts.bars import Frame, bars_of
from tui.charts.canvas import Strips
from tui.charts.columns import Column, column_of, columns, layer_at
from tui.charts.paint import Paint
from tui.charts.painter import BAR_MARGIN, FOOT, Painter
from tui.charts.scale import Scale, scale_of
from tui.state.race import RaceScene, Shown
from tui.state.scene import Room
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views.race_curves import curve_strips
from tui.views.race_lines import GAP, RaceLines

ROOMY = 18
"""Rows from which on it is said what the bars are, and what both networks have in common."""

TITLES = 2
"""Rows of words over each chart."""

WIDE = 116
"""Cells from which on the curves of both stand beside the bars."""

BARS_SHARE = 0.62


class RaceView:
    """Draws race scenes; `charts` are the rows and the columns of those that were drawn last."""

    def __init__(self, glyphs: Glyphs, palette: Palette) -> None:
        self.painter = Painter(palette, glyphs)
        self.lines = RaceLines(self.painter)
        self._strips = Strips[Paint](), Strips[Paint]()
        self.charts: list[tuple[range, tuple[Column, ...]]] = []

    def strips(self, scene: RaceScene, room: Room) -> list[Strip]:
        """A strip for each row."""
        self.charts = []
        if scene.shown is None:
            return [self.lines.header(scene, room.width)]
        shown = scene.shown
        rows = [self.lines.header(scene, room.width), self.lines.lead(shown, room.width)]
        if room.height >= ROOMY:
            rows.append(self.lines.caption(scene, room.width))
        height = room.height - len(rows)
        bars = int(room.width * BARS_SHARE) if scene.curves and room.width >= WIDE else room.width
        body = self._both(scene, shown, Room(bars, height), len(rows))
        if scene.curves is not None and bars < room.width:
            size = Room(room.width - bars - GAP, height)
            body = self._beside(body, curve_strips(self.painter, shown, scene.curves, size), bars)
        return [*rows, *body]

    def layer_at(self, x: int, y: int, cursor: int) -> int | None:
        """The layer whose column in one of the charts is nearest to that cell."""
        for rows, layout in self.charts:
            if y in rows:
                return layer_at(x - BAR_MARGIN, layout, cursor)
        return None

    def _both(self, scene: RaceScene, shown: Shown, room: Room, top: int) -> list[Strip]:
        """Title, numbers and chart of each."""
        stuck = any(trace.dead.any() or trace.closed.any() for trace in shown.traces)
        height = room.height // 2
        rows = max(height - TITLES - FOOT - stuck, 1)
        numbers = self.lines.numbers(shown, room.width)
        drawn: list[Strip] = []
        for racer, trace in enumerate(shown.traces):
            drawn += [self.lines.title(scene, shown, racer, room.width), numbers[racer]]
            layout, chart = self._chart(scene, trace, racer, Room(room.width, rows), stuck)
            first = top + len(drawn)
            self.charts.append((range(first, first + len(chart)), layout))
            drawn += chart
            if racer == 0 and room.height % 2:
                drawn.append(Strip.blank(room.width, self.painter.blank))
        return drawn

    def _chart(
        self, scene: RaceScene, trace: Trace, racer: int, room: Room, stuck: bool
    ) -> tuple[tuple[Column, ...], list[Strip]]:
        painter, metric, cursor = self.painter, scene.metric, scene.state.cursor
        cells = max(room.width - BAR_MARGIN, 1)
        layout = columns(trace.depth, cells)
        scale = None if scene.axis is None else scale_of(scene.axis, room.height)
        reference = metric.reference_decades(trace)
        bars = bars_of(
            metric.values(trace),
            layout,
            scale or Scale(room.height, 0),
            len(painter.glyphs.levels) - 1,
            lambda decades: painter.palette.bar(decades - reference),
        )
        shown_cursor = cursor if cursor <= trace.depth else None
        at = None if shown_cursor is None else column_of(shown_cursor, layout)
        frame = Frame(layout, bars, cells, room.height, at)
        states = stuck_columns(layout, trace.dead, trace.closed) or ("",) * len(layout)
        is_loose = scene.axis_is_loose and racer == 0
        picture = Picture(frame, scale, shown_cursor, states if stuck else (), is_loose)
        return layout, bar_strips(painter, self._strips[racer], picture)

    def _beside(self, left: list[Strip], right: list[Strip], width: int) -> list[Strip]:
        blank = self.painter.blank
        gap = Segment(" " * GAP, blank)
        rest = [Strip([])] * (len(left) - len(right))
        return [
            Strip([*mine.adjust_cell_length(width, blank), gap, *theirs])
            for mine, theirs in zip(left, [*right, *rest], strict=False)
        ]
