"""The side panel of wide terminals: one layer looked at closely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from rich.segment import Segment
from textual.strip import Strip

from engine import Histogram, Inspection, Trace
from tui.charts.histograms import block_rows, rebinned
from tui.state.metrics import METRICS
from tui.state.scene import Room, Scene, Wants
from tui.state.state import State
from tui.style.looks import FAINT, GHOST, HISTOGRAM, INK, QUIET
from tui.views.view import View
from tui.words.inspection import without_inspection
from tui.words.numbers import decades_between, reading

WIDTH = 36
CELLS = WIDTH - 3
LEAST_SCREEN_WIDTH = 120

# a line is (text, colour, bold) parts
Line = list[tuple[str, str, bool]]

_DISTRIBUTIONS: tuple[tuple[str, Callable[[Inspection], Histogram]], ...] = (
    ("z", lambda inspection: inspection.preactivation),
    ("h", lambda inspection: inspection.output),
    ("δ", lambda inspection: inspection.delta),
)


class Inspector(View):
    """Distributions, singular values and dead units of the cursor's layer."""

    def wants(self, state: State, trace: Trace, room: Room) -> Wants:
        """The cursor's layer."""
        return Wants(layers=frozenset((min(state.cursor, trace.depth),)))

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """As much as there is room for, the histograms as high as it allows."""
        inspection = scene.inspection(scene.cursor)
        lines: list[Line] = [
            [(f"layer {scene.cursor}", INK, True), (" on this batch", QUIET, False)]
        ]
        if inspection is None:
            lines.append([(without_inspection(scene.can_inspect), QUIET, False)])
        else:
            numbers = [*_weights(inspection), *_units(inspection), *_differences(scene)]
            free = room.height - len(lines) - len(numbers) - len(_DISTRIBUTIONS)
            rows = min(max(free // len(_DISTRIBUTIONS), 1), 6)
            for name, of in _DISTRIBUTIONS:
                lines += self._histogram(name, of(inspection), rows, is_log=name == "δ")
            lines += numbers
        below: list[Line] = [[]] * (room.height - len(lines))
        return [self._strip(line) for line in [*lines, *below][: room.height]]

    def _histogram(self, name: str, histogram: Histogram, rows: int, is_log: bool) -> list[Line]:
        low, high = _extent(histogram)
        ends = (f"1e{low:.0f}", f"1e{high:.0f}") if is_log else (reading(low), reading(high))
        notes = [f"{n} {word}" for n, word in ((histogram.zeros, "zeros"),) if n and is_log]
        if histogram.not_finite:
            notes.append(f"{histogram.not_finite} not finite")
        head: Line = [(f"{name} ", INK, True), (f"{ends[0]} to {ends[1]}", QUIET, False)]
        head += [(f"  {note}", QUIET, False) for note in notes]
        counts = rebinned(histogram, low, high, CELLS)
        blocks = block_rows(counts, rows, self.painter.glyphs)
        return [head, *([(text, HISTOGRAM, False)] for text in blocks)]

    def _strip(self, line: Line) -> Strip:
        style, glyphs = self.painter.palette.style, self.painter.glyphs
        edge = Segment(f" {glyphs.vertical} ", style(FAINT))
        parts = [
            Segment(glyphs.spell(text), style(colour, bold=bold)) for text, colour, bold in line
        ]
        return Strip([edge, *parts])


VIEW = Inspector


def _extent(histogram: Histogram) -> tuple[float, float]:
    """From the first to the last bin that holds a value."""
    filled = np.flatnonzero(histogram.counts)
    if not len(filled):
        return float(histogram.edges[0]), float(histogram.edges[-1])
    return float(histogram.edges[filled[0]]), float(histogram.edges[filled[-1] + 1])


def _weights(inspection: Inspection) -> list[Line]:
    values = inspection.singular_values
    if values is None:
        return []
    return [
        [("W", INK, True), (" singular values min median max", QUIET, False)],
        [("  ".join(reading(value) for value in values), INK, False)],
    ]


def _units(inspection: Inspection) -> list[Line]:
    return [
        [
            (f"{inspection.units} units  ", QUIET, False),
            (f"{inspection.dead_units}", INK, False),
            (" dead  ", QUIET, False),
            (f"{inspection.saturated_units}", INK, False),
            (" saturated", QUIET, False),
        ]
    ]


def _differences(scene: Scene) -> list[Line]:
    """Decades from the pinned run, a line a metric."""
    if scene.pinned is None or scene.cursor > scene.pinned.depth:
        return []

    def at_cursor(values: Callable[[Trace], np.ndarray], trace: Trace) -> float:
        return float(values(trace)[scene.cursor - 1])

    lines: list[Line] = [[("decades from the pinned run", GHOST, True)]]
    for metric in METRICS.values():
        value, pinned = (at_cursor(metric.values, t) for t in (scene.trace, scene.pinned))
        text = decades_between(value, pinned) or "–"
        lines.append([(f"{metric.sign:<7}", QUIET, False), (text, INK, False)])
    return lines
