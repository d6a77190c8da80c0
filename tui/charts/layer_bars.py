"""A bar a layer: how far its weights have moved, or what it knows of the classes."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from rich.style import Style
from textual.strip import Strip

from engine.measure.probes import Probe
from tui.charts.bar_chart import frame_strips
from tui.charts.bars import Bar, CellKind, Frame, Role, bar_of
from tui.charts.columns import column_of, columns
from tui.charts.painter import BAR_MARGIN, FOOT, Painter
from tui.charts.ticks import ticks
from tui.state.axis import Axis
from tui.style.looks import HISTOGRAM, SATURATED
from tui.words.training import HALF, WHOLE

PerLayer = NDArray[np.float64]

STILL = 1e-4
"""A layer that has moved by less than this share of itself stands still."""

DISPLACEMENTS = Axis(-9, 1)
"""Fixed, so that bars are seen to rise; what is less is as good as nothing."""


def displacement_strips(
    painter: Painter, values: PerLayer, cursor: int, width: int, rows: int
) -> list[Strip]:
    """|W_t - W_0| / |W_0| a layer on a logarithmic axis; layers that stand still look shaded."""
    cells, high = width - BAR_MARGIN, rows - FOOT
    layout = columns(len(values), cells)
    steps = len(painter.glyphs.levels) - 1
    bars = tuple(_bar(values[c.layers], high, steps) for c in layout)
    labels = {row: f"1e{power}" for row, power in ticks(DISPLACEMENTS, high).items()}
    level = int(DISPLACEMENTS.fraction(STILL) * high)
    frame = Frame(layout, bars, cells, high, column_of(cursor, layout), guide=(level, level))
    return _chart(painter, frame, cursor, labels)


def _bar(values: PerLayer, rows: int, steps: int) -> Bar:
    # zeros have no size to compare with
    known = values[~np.isnan(values)]
    shown = known if len(known) else np.zeros(1)
    bar = bar_of(shown, DISPLACEMENTS, rows, steps)
    return replace(bar, role=Role.FORWARD) if np.median(shown) < STILL else bar


def probe_strips(painter: Painter, probe: Probe, cursor: int, width: int, rows: int) -> list[Strip]:
    """The accuracy of each hidden layer from 0 to 100 %."""
    cells, high = width - BAR_MARGIN, rows - FOOT
    layout = columns(len(probe.accuracy) - 1, cells)
    steps = len(painter.glyphs.levels) - 1
    hidden = probe.accuracy[1:]

    def height(value: float) -> float:
        return max(round(value * high * steps) / steps, 1 / steps)

    bars = []
    for column in layout:
        part = hidden[column.layers]
        least, most = float(part.min()), float(part.max())
        bars.append(Bar(height(float(np.median(part))), height(least), height(most)))
    labels = {0: WHOLE, (high - 1) // 2: HALF} if high > 3 else {0: WHOLE}
    frame = Frame(layout, tuple(bars), cells, high, column_of(cursor, layout))
    return _chart(painter, frame, cursor, labels)


def _chart(painter: Painter, frame: Frame, cursor: int, labels: dict[int, str]) -> list[Strip]:
    styles: dict[CellKind, Style] = {
        Role.EMPTY: painter.blank,
        Role.BAR: painter.palette.style(HISTOGRAM),
        Role.FORWARD: painter.palette.style(SATURATED),
        Role.CURSOR: painter.strong,
        Role.NAME: painter.quiet,
        Role.GUIDE: painter.faint,
    }
    quiet = {row: (label, painter.quiet) for row, label in labels.items()}
    return frame_strips(painter, frame, cursor, quiet, lambda row: styles.__getitem__)
