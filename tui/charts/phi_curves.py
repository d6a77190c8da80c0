"""phi and phi' as curves over what is fed to phi."""

import math

import numpy as np
from numpy.typing import NDArray
from textual.strip import Strip

from engine.catalogue.activations import Activation
from tui.charts.painter import Painter
from tui.charts.plots import Curve, dot_row, plot_rows
from tui.style.looks import CURVE, SLOPE, THEORY
from tui.words.language import _
from tui.words.layers import FED_TO_PHI, curve_texts
from tui.words.numbers import number

Values = NDArray[np.float64]

PHI_MARGIN = 12
"""Cells left of the curves: their values, and the layers' names."""

HIGHEST = 1.7
"""Curves are cut off there, so that phi' keeps its height beside a phi that grows."""

BOUND_DOTS = 3
"""Of so many dots one belongs to the line at the bound."""


def phi_strips(
    painter: Painter, entry: Activation, cells: int, rows: int, reach: float, width: int
) -> list[Strip]:
    """A legend in that width, and both curves from -reach to reach with the bound of phi'."""
    style = painter.palette.style
    x = np.linspace(-reach, reach, cells * 2)
    phi, slope = entry.at(x)
    highest = max(HIGHEST, 1.05 * entry.bound)
    low = max(float(min(phi.min(), slope.min(), 0.0)), -highest)
    high = min(float(max(phi.max(), slope.max(), entry.bound)), highest)
    places = np.linspace(-reach, reach, cells * painter.glyphs.dots.across)
    dotted = np.where(np.arange(len(places)) % BOUND_DOTS, np.nan, entry.bound)
    curves = [
        Curve(x, slope, style(SLOPE, bold=True), "*"),
        Curve(x, phi, style(CURVE), "o"),
        Curve(places, dotted, style(THEORY), painter.glyphs.dashes[1]),
    ]
    drawn = plot_rows(curves, (cells, rows), (-reach, reach), (low, high), painter.glyphs)
    at_bound = dot_row(entry.bound, rows, (low, high), painter.glyphs)
    labels = {rows - 1: number(round(low, 2)), 0: number(round(high, 2))}
    styles = style(CURVE, bold=True), style(SLOPE, bold=True), style(THEORY)
    names = curve_texts(entry)
    margin = min(PHI_MARGIN, max(width - sum(map(painter.length, names)), 0))
    legend = zip(names, styles, strict=True)
    strips = [painter.text((" " * margin, painter.quiet), *legend)]
    for row, cells_drawn in enumerate(drawn):
        label, label_style = labels.get(row, ""), painter.quiet
        # in the bottom row it would stand at 0: the legend names it anyway
        if row == at_bound < rows - 1:
            label, label_style = f"{entry.bound:.3g}", style(THEORY, bold=True)
        strips.append(painter.row(label, PHI_MARGIN, cells_drawn, label_style))
    return strips


def phi_axis(painter: Painter, cells: int, reach: float) -> Strip:
    """What is fed to phi, from -reach to reach."""
    line = [painter.glyphs.horizontal] * cells
    for value in axis_values(reach):
        text = f" {number(value)} "
        at = round((value + reach) / (2 * reach) * (cells - 1)) - len(text) // 2
        if 0 <= at <= cells - len(text):
            line[at : at + len(text)] = text
    return painter.text(
        (" " * (PHI_MARGIN - 1) + painter.glyphs.corner, painter.faint),
        ("".join(line) + _(FED_TO_PHI), painter.quiet),
    )


def axis_values(reach: float) -> list[float]:
    """Round numbers from -reach to reach, about seven."""
    raw = reach / 3
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= raw * 0.99)
    count = int(reach / step + 1e-9)
    return [float(f"{i * step:.6g}") for i in range(-count, count + 1)]
