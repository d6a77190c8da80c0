"""The side panel of wide terminals: one layer looked at closely."""

from collections.abc import Callable

import numpy as np
from rich.cells import cell_len
from textual.strip import Strip

from engine import Histogram, Inspection, Trace
from tui.charts.histograms import block_rows, rebinned
from tui.charts.painter import Part
from tui.state.animations import Phase
from tui.state.metrics import METRICS
from tui.state.scene import Room, Scene, Wants
from tui.state.screen_state import ScreenState
from tui.style.cells import to_left
from tui.style.looks import FAINT, GHOST, HISTOGRAM, INK, QUIET
from tui.views.view import View
from tui.words.language import _
from tui.words.layers import (
    DISTRIBUTION_SIGNS,
    FROM_PINNED,
    METRIC_SIGNS,
    ON_THIS_BATCH,
    SINGULAR_VALUES,
    layer_name,
    lost_texts,
    span_text,
    unit_texts,
    without_inspection,
)
from tui.words.numbers import NO_NUMBER, decades_between, reading

WIDTH = 36
CELLS = WIDTH - 3
LEAST_SCREEN_WIDTH = 120

Line = list[Part]


class Inspector(View):
    """Distributions, singular values and dead units of the cursor's layer."""

    _shown: tuple[Trace, list[Strip]] | None = None

    def wants(self, state: ScreenState, trace: Trace, room: Room) -> Wants:
        """The cursor's layer."""
        return Wants(layers=frozenset((min(state.cursor, trace.depth),)))

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """As much as there is room for, the histograms as high as it allows."""
        inspection = scene.inspection(scene.cursor)
        is_known = inspection is not None
        if not is_known and scene.wave.phase is not Phase.DONE and self._shown is not None:
            # the wave is soon at the next layer: what it has passed stays until that is known
            trace, strips = self._shown
            if trace is scene.trace and len(strips) == room.height:
                return strips

        def make() -> list[Strip]:
            return self._drawn(scene, inspection, room)

        settings = room, scene.cursor, scene.inspections is None
        strips = self.made("strips", (scene.trace, scene.state.pinned, inspection), settings, make)
        self._shown = (scene.trace, strips) if is_known else None
        return strips

    def _drawn(self, scene: Scene, inspection: Inspection | None, room: Room) -> list[Strip]:
        lines: list[Line] = [[(layer_name(scene.cursor), INK, True), (_(ON_THIS_BATCH), QUIET)]]
        if inspection is None:
            lines.append([(without_inspection(scene.inspections is not None), QUIET)])
        else:
            numbers = [*_weights(inspection), *_units(inspection), *_differences(scene)]
            free = room.height - len(lines) - len(numbers) - len(DISTRIBUTION_SIGNS)
            rows = min(max(free // len(DISTRIBUTION_SIGNS), 1), 6)
            for name in DISTRIBUTION_SIGNS:
                lines += self._histogram(name, getattr(inspection, name), rows)
            lines += numbers
        lines += [[]] * (room.height - len(lines))
        edge = f" {self.painter.glyphs.vertical} ", FAINT
        return [self.painter.words(edge, *line) for line in lines[: room.height]]

    def _histogram(self, name: str, histogram: Histogram, rows: int) -> list[Line]:
        low, high = _extent(histogram)
        is_log = name == "delta"
        head: Line = [
            (f"{DISTRIBUTION_SIGNS[name]} ", INK, True),
            (span_text(low, high, is_log), QUIET),
        ]
        lost = lost_texts(histogram.zeros if is_log else 0, histogram.not_finite)
        head += [(text, QUIET) for text in lost]
        counts = rebinned(histogram, low, high, CELLS)
        blocks = block_rows(counts, rows, self.painter.glyphs)
        bars: list[Line] = [[(text, HISTOGRAM)] for text in blocks]
        return [head, *bars]


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
        [(SINGULAR_VALUES[0], INK, True), (_(SINGULAR_VALUES[1]), QUIET)],
        [("  ".join(reading(value) for value in values), INK)],
    ]


def _units(inspection: Inspection) -> list[Line]:
    texts = unit_texts(inspection.units, inspection.dead_units, inspection.saturated_units)
    return [[(text, INK if i % 2 else QUIET) for i, text in enumerate(line)] for line in texts]


def _differences(scene: Scene) -> list[Line]:
    """Decades from the pinned run, a line a metric."""
    if scene.state.pinned is None or scene.cursor > scene.state.pinned.depth:
        return []

    def at_cursor(values: Callable[[Trace], np.ndarray], trace: Trace) -> float:
        return float(values(trace)[scene.cursor - 1])

    width = max(7, *(cell_len(sign) + 1 for sign in METRIC_SIGNS.values()))
    lines: list[Line] = [[(_(FROM_PINNED), GHOST, True)]]
    for metric in METRICS.values():
        value, pinned = (at_cursor(metric.values, t) for t in (scene.trace, scene.state.pinned))
        text = decades_between(value, pinned) or NO_NUMBER
        lines.append([(to_left(METRIC_SIGNS[metric.id], width), QUIET), (text, INK)])
    return lines
