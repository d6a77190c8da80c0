"""A bar a layer: how far its weights have moved, or what it knows of the classes."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from engine.measure.probes import Probe
from engine.training.displacement import STILL
from tui.charts.bar_chart import Label, frame_strips, tick_labels
from tui.charts.bars import Bar, Frame, Rule, bar_of
from tui.charts.canvas import Strips
from tui.charts.columns import column_of, columns
from tui.charts.painter import BAR_MARGIN, FOOT, Painter
from tui.charts.scale import Scale, scale_of
from tui.state.axis import Axis
from tui.style.looks import HISTOGRAM, SATURATED
from tui.words.training import HALF, WHOLE

PerLayer = NDArray[np.float64]

DISPLACEMENTS = Axis(-8, 1)
"""Fixed, so that bars are seen to rise; where rows are left over it goes farther down."""

LEAST = -16
"""In decades: float64 tells no smaller part of a weight."""


def displacement_scale(rows: int) -> Scale:
    """The scale on which the largest displacement stands at the top."""
    scale = scale_of(DISPLACEMENTS, rows)
    left_over = rows - math.ceil(scale.height(10**DISPLACEMENTS.high))
    low = scale.low - max(left_over, 0) // scale.per_decade * scale.per_row
    return replace(scale, low=max(low, min(LEAST, scale.low)))


def displacement_strips(
    painter: Painter, values: PerLayer, cursor: int, width: int, rows: int
) -> list[Strip]:
    """|W_t - W_0| / |W_0| a layer on a logarithmic axis; layers that stand still look another."""
    cells, high = max(width - BAR_MARGIN, 1), max(rows - FOOT, 1)
    layout, scale = columns(len(values), cells), displacement_scale(high)
    steps = len(painter.glyphs.levels) - 1

    def colour_of(decades: float) -> str:
        return SATURATED if 10**decades < STILL else HISTOGRAM

    def bar(part: PerLayer) -> Bar:
        # zeros have no size to compare with
        known = part[~np.isnan(part)].tolist()
        return bar_of(known or [0.0], scale, steps, colour_of)

    bars = tuple(bar(values[c.layers]) for c in layout)
    rule = Rule(math.floor(scale.height(STILL)))
    frame = Frame(layout, bars, cells, high, column_of(cursor, layout), rules=(rule,))
    return frame_strips(painter, Strips(), frame, cursor, tick_labels(scale))


def probe_strips(painter: Painter, probe: Probe, cursor: int, width: int, rows: int) -> list[Strip]:
    """The accuracy of each hidden layer from 0 to 100 %."""
    cells, high = max(width - BAR_MARGIN, 1), max(rows - FOOT, 1)
    layout = columns(len(probe.accuracy) - 1, cells)
    steps = len(painter.glyphs.levels) - 1
    hidden = probe.accuracy[1:]

    def height(value: float) -> float:
        return max(round(value * high * steps) / steps, 1 / steps)

    bars = []
    for column in layout:
        part = hidden[column.layers]
        middle, least, most = (height(float(of(part))) for of in (np.median, np.min, np.max))
        bars.append(Bar(middle, least, most, HISTOGRAM))
    labels = {high - 1: Label(WHOLE, is_tick=False)}
    if high > 3:
        labels[high // 2] = Label(HALF, is_tick=False)
    frame = Frame(layout, tuple(bars), cells, high, column_of(cursor, layout))
    return frame_strips(painter, Strips(), frame, cursor, labels)
