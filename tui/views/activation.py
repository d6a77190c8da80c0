"""View 3: phi and phi' as curves, and on the same axis what some layers feed to phi."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from engine import Inspection, Trace
from engine.catalogue.activation import Activation
from engine.catalogue.activations import activation
from engine.measure.meter import SATURATED_BELOW
from tui.charts.histograms import block_rows, rebinned, share_within
from tui.charts.painter import Painter
from tui.charts.plots import curve_rows, merged
from tui.state.scene import Room, Scene, Wants
from tui.state.state import State
from tui.style.glyphs import Glyphs
from tui.style.looks import (
    CURVE,
    GHOST,
    HISTOGRAM,
    MARK_ON_BAR,
    SATURATED,
    SLOPE,
    THEORY,
)
from tui.style.palette import Palette
from tui.views.view import View
from tui.words.inspection import without_inspection
from tui.words.numbers import factor, number

Values = NDArray[np.float64]

MARGIN = 12
"""Cells left of the curves: their values, and the layers' names."""

NOTES = 20
"""Cells right of the histograms, for their shares in words."""

LEAST_REACH = 6.0
HIGHEST = 1.7
"""Curves are cut off there, so that phi' keeps its height beside a phi that grows."""


class ActivationView(View):
    """The curves, their axis, and a histogram for the first, the cursor's and the last layer."""

    def __init__(self, glyphs: Glyphs, palette: Palette) -> None:
        super().__init__(glyphs, palette)
        self._curves: tuple[object, list[Strip]] = (None, [])

    def wants(self, state: State, trace: Trace, room: Room) -> Wants:
        """The first layer, the cursor's and the last."""
        pinned = state.pinned is not None and state.cursor <= state.pinned.depth
        return Wants(
            layers=_layers(state.cursor, trace.depth),
            pinned_layers=frozenset({state.cursor} if pinned else ()),
        )

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Curves above, histograms below."""
        cells = max(room.width - MARGIN - NOTES, 10)
        layers = sorted(_layers(scene.cursor, scene.trace.depth))
        at_cursor = scene.inspection(scene.cursor)
        reach = LEAST_REACH if at_cursor is None else float(at_cursor.activation_input.edges[-1])
        below = room.height - 2
        curves = max(-(-below // 2), 3)
        heights = _heights(layers, scene.cursor, below - curves)
        strips = [*self._curve_strips(scene, cells, curves, reach), self._axis(cells, reach)]
        for layer in layers:
            strips += self._histogram(scene, layer, heights[layer], cells, reach)
        return strips[: room.height]

    def _entry(self, scene: Scene) -> Activation:
        network = scene.trace.experiment.network
        return activation(network.activation, network.negative_slope)

    # curves

    def _curve_strips(self, scene: Scene, cells: int, rows: int, reach: float) -> list[Strip]:
        entry = self._entry(scene)
        key = (entry, cells, rows, reach, self.painter)
        if key != self._curves[0]:
            self._curves = key, self._make_curves(entry, cells, rows, reach)
        return self._curves[1]

    def _make_curves(self, entry: Activation, cells: int, rows: int, reach: float) -> list[Strip]:
        painter, style = self.painter, self.painter.palette.style
        x = np.linspace(-reach, reach, cells * 2)
        phi, slope = evaluated(entry, x)
        highest = max(HIGHEST, 1.05 * entry.bound)
        low = max(float(min(phi.min(), slope.min(), 0.0)), -highest)
        high = min(float(max(phi.max(), slope.max(), entry.bound)), highest)
        ranges = (-reach, reach), (low, high)
        layers = [
            (curve_rows(x, y, (cells, rows), *ranges, painter.glyphs), style(colour, bold=bold))
            for y, colour, bold in ((slope, SLOPE, True), (phi, CURVE, False))
        ]
        at_bound = min(int((high - entry.bound) / (high - low) * rows), rows - 1)
        bound = painter.glyphs.dash * cells, style(THEORY)
        strips = [self._legend(entry)]
        for row in range(rows):
            # in the bottom row it would stand at 0: the legend names it anyway
            is_bound = row == at_bound < rows - 1
            drawn = merged([(r[row], s) for r, s in layers] + [bound] * is_bound)
            label = {rows - 1: number(round(low, 2)), 0: number(round(high, 2))}.get(row, "")
            label_style = painter.quiet
            if is_bound:
                label, label_style = f"{entry.bound:.3g}", style(THEORY, bold=True)
            strips.append(
                Strip(
                    [
                        Segment(f"{label:>{MARGIN - 2}} ", label_style),
                        Segment(painter.glyphs.vertical, painter.faint),
                        *drawn,
                    ]
                )
            )
        return strips

    def _legend(self, entry: Activation) -> Strip:
        style = self.painter.palette.style
        parts = [
            (" " * MARGIN, self.painter.quiet),
            (f"φ {entry.name}", style(CURVE, bold=True)),
            ("   φ' its derivative", style(SLOPE, bold=True)),
            (f"   φ' never exceeds {entry.bound:.3g}", style(THEORY)),
        ]
        return Strip([Segment(self.painter.glyphs.spell(text), look) for text, look in parts])

    def _axis(self, cells: int, reach: float) -> Strip:
        """What is fed to phi, from -reach to reach."""
        glyphs, painter = self.painter.glyphs, self.painter
        line = [glyphs.horizontal] * cells
        for value in axis_values(reach):
            text = f" {number(value)} "
            at = round((value + reach) / (2 * reach) * (cells - 1)) - len(text) // 2
            if 0 <= at <= cells - len(text):
                line[at : at + len(text)] = text
        return Strip(
            [
                Segment(" " * (MARGIN - 1) + glyphs.corner, painter.faint),
                Segment("".join(line), painter.quiet),
                Segment(self.painter.glyphs.spell("  fed to φ"), painter.quiet),
            ]
        )

    # histograms

    def _histogram(
        self, scene: Scene, layer: int, rows: int, cells: int, reach: float
    ) -> list[Strip]:
        painter, style = self.painter, self.painter.palette.style
        inspection = scene.inspection(layer)
        is_cursor = layer == scene.cursor
        name = f"layer {layer}"
        name_style = painter.strong if is_cursor else painter.quiet
        if inspection is None:
            head = Segment(
                f"{name:>{MARGIN - 1}}  {without_inspection(scene.can_inspect)}",
                painter.quiet,
            )
            return [Strip([head]), *[Strip([])] * (rows - 1)]
        counts = rebinned(inspection.activation_input, -reach, reach, cells)
        centres = np.linspace(-reach, reach, 2 * cells + 1)[1::2]
        slope = np.abs(evaluated(self._entry(scene), centres)[1])
        flat = slope < SATURATED_BELOW * self._entry(scene).bound
        notes = self._notes(scene, inspection, reach)
        strips = []
        ghost = self._ghost_levels(scene, layer, reach, cells, rows)
        for row, text in enumerate(block_rows(counts, rows, painter.glyphs)):
            label = name if row == rows - 1 else ""
            note = notes[row - rows + len(notes)] if row >= rows - len(notes) else ""
            strips.append(
                Strip(
                    [
                        Segment(f"{label:>{MARGIN - 1}}", name_style),
                        Segment(painter.glyphs.vertical, painter.faint),
                        *_with_ghost(
                            _two_styled(text, flat, style(HISTOGRAM), style(SATURATED)),
                            ghost == rows - 1 - row,
                            painter,
                        ),
                        Segment(self.painter.glyphs.spell(f"  {note}"), name_style),
                    ]
                )
            )
        return strips

    def _ghost_levels(
        self, scene: Scene, layer: int, reach: float, cells: int, rows: int
    ) -> NDArray[np.int64]:
        """Where the pinned run's histogram of the cursor's layer ends; -1 for nowhere."""
        pinned = scene.pinned_inspections.get(layer) if layer == scene.cursor else None
        if pinned is None:
            return np.full(cells, -1)
        counts = rebinned(pinned.activation_input, -reach, reach, cells)
        part = counts / max(float(counts.max()), 1.0)
        return np.where(counts >= 0.5, np.minimum((part * rows).astype(int), rows - 1), -1)

    def _notes(self, scene: Scene, inspection: Inspection, reach: float) -> list[str]:
        """From the least to the most important: the last ones stay where there is little room."""
        low, high = inspection.saturated_low, inspection.saturated_high
        beyond = 1 - share_within(inspection.activation_input, -reach, reach)
        ratio = scene.trace.factors.activation[inspection.layer - 1]
        notes = [f"{low:.0%} left {high:.0%} right", f"φ' ×{factor(float(ratio))}"]
        if beyond > 0.005:
            notes[0] = f"{beyond:.0%} beyond"
        return [*notes, f"{low + high:.0%} saturated"]


VIEW = ActivationView


def _layers(cursor: int, depth: int) -> frozenset[int]:
    return frozenset((1, min(cursor, depth), depth))


def evaluated(entry: Activation, x: Values) -> tuple[Values, Values]:
    """phi and phi' at those points."""
    phi, slope = np.empty_like(x), np.empty_like(x)
    entry.value(x.copy(), phi)
    entry.slope(x.copy(), phi.copy(), slope)
    return phi, slope


def axis_values(reach: float) -> list[float]:
    """Round numbers from -reach to reach, about seven."""
    raw = reach / 3
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= raw * 0.99)
    count = int(reach / step + 1e-9)
    return [float(f"{i * step:.6g}") for i in range(-count, count + 1)]


def _heights(layers: list[int], cursor: int, rows: int) -> dict[int, int]:
    """Rows of each layer's histogram: the cursor's gets what the others leave."""
    small = max(rows // 3 - (rows > 6), 1)
    others = small * (len(layers) - 1)
    return {layer: max(rows - others, 1) if layer == cursor else small for layer in layers}


def _with_ghost(
    segments: list[Segment], marked: NDArray[np.bool_], painter: Painter
) -> list[Segment]:
    """Marks of the pinned run over what else the row shows."""
    if not marked.any():
        return segments
    ghost, full = painter.glyphs.ghost, painter.glyphs.levels[-1]
    cells = [(character, s.style) for s in segments for character in s.text]
    result = []
    for (character, own), mark in zip(cells, marked, strict=True):
        colour = own.color.name if own is not None and own.color is not None else MARK_ON_BAR
        ground = colour if character == full else None
        style = painter.palette.style(MARK_ON_BAR if ground else GHOST, ground, bold=True)
        result.append(Segment(ghost, style) if mark else Segment(character, own))
    return result


def _two_styled(text: str, second: NDArray[np.bool_], style: Style, other: Style) -> list[Segment]:
    """Text in one style, or in the other where the flags are set."""
    cuts = [0, *(np.flatnonzero(np.diff(second.astype(int))) + 1).tolist(), len(text)]
    return [Segment(text[a:b], other if second[a] else style) for a, b in pairwise(cuts)]
