"""View 3: phi and phi' as curves, and on the same axis what some layers feed to phi."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.strip import Strip

from engine import Inspection, Trace
from engine.catalogue.activations import Activation
from engine.catalogue.saturation import saturation_edges
from tui.charts.canvas import Canvas
from tui.charts.histograms import block_cells, rebinned, share_within
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.charts.phi_curves import PHI_MARGIN, phi_axis, phi_strips
from tui.state.scene import Room, Scene, Wants
from tui.state.screen_state import ScreenState
from tui.style.cells import to_right
from tui.style.looks import GHOST, HISTOGRAM, MARK_ON_BAR, QUIET, SATURATED
from tui.views.view import View
from tui.words.language import _
from tui.words.layers import NONE_IN_LOGS, layer_name, saturation_texts, without_inspection
from tui.words.numbers import factor

NOTES, WIDE_NOTES = 20, 30
"""Cells right of the histograms, for one share in words, and for two where there is width."""

WIDE = 78
"""Cells of a view from which on there is."""

LEAST_REACH = 6.0


class ActivationView(View):
    """The curves, their axis, and a histogram for the first, the cursor's and the last layer."""

    names_itself = True

    def wants(self, state: ScreenState, trace: Trace, room: Room) -> Wants:
        """The first layer, the cursor's and the last."""
        pinned = state.pinned is not None and state.cursor <= state.pinned.depth
        return Wants(
            layers=_layers(state.cursor, trace.depth),
            pinned_layers=frozenset({state.cursor} if pinned else ()),
        )

    def signs(self, scene: Scene, room: Room) -> tuple[str, ...]:
        """Three curves, and the histograms' two colours."""
        if scene.trace.experiment is None:
            return ()
        curves = ("phi", "slope", "bound", "fed", "flat")
        return (*curves, "pinned") if scene.pinned_inspections else curves

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Curves above, histograms below."""
        beside = WIDE_NOTES if room.width >= WIDE else NOTES
        cells = max(room.width - PHI_MARGIN - beside, 10)
        layers = sorted(_layers(scene.cursor, scene.trace.depth))
        at_cursor = scene.inspection(scene.cursor)
        reach = LEAST_REACH if at_cursor is None else float(at_cursor.activation_input.edges[-1])
        below = room.height - 2
        curves = max(-(-below // 2), 3)
        heights = _heights(layers, scene.cursor, below - curves)
        if scene.trace.experiment is None:
            return [self.painter.words((_(NONE_IN_LOGS), QUIET))]
        entry = scene.trace.experiment.network.phi

        def make() -> list[Strip]:
            return phi_strips(self.painter, entry, cells, curves, reach, room.width)

        strips = [
            *self.made("curves", (), (entry, cells, curves, reach, room.width), make),
            phi_axis(self.painter, cells, reach),
        ]
        for layer in layers:
            rows, is_lit = heights[layer], layer == scene.cursor
            found, pinned = scene.inspection(layer), scene.pinned_inspections.get(layer)
            strips += self.made(
                # those of the first and the last layer stay while the cursor moves between them
                ("histogram", is_lit, layer == 1),
                (scene.trace, found, pinned),
                (layer, rows, cells, reach, beside, scene.inspections is None),
                partial(self._histogram, scene, entry, layer, rows, (cells, beside), reach),
            )
        return strips[: room.height]

    def _histogram(
        self,
        scene: Scene,
        entry: Activation,
        layer: int,
        rows: int,
        widths: tuple[int, int],
        reach: float,
    ) -> list[Strip]:
        painter, (cells, beside) = self.painter, widths
        inspection, name = scene.inspection(layer), layer_name(layer)
        name_style = painter.strong if layer == scene.cursor else painter.quiet
        if inspection is None:
            words = without_inspection(scene.inspections is not None)
            words = words if scene.log is None else _(NONE_IN_LOGS)
            head = Segment(f"{to_right(name, PHI_MARGIN - 1)}  {words}", painter.quiet)
            return [Strip([head]), *[Strip([])] * (rows - 1)]
        counts = rebinned(inspection.activation_input, -reach, reach, cells)
        centres = np.linspace(-reach, reach, 2 * cells + 1)[1::2]
        tail_low, tail_high = saturation_edges(entry)
        flat = (centres < tail_low) | (centres > tail_high)
        if entry.is_off_where_flat:
            flat = entry.at(centres)[1] == 0
        notes = _notes(scene, inspection, reach)
        # the first ones are the most important: they stay where there is little room
        both = "  ".join(notes[:2])
        if rows < len(notes) and painter.length(both) + 2 <= beside:
            notes[:2] = [both]
        notes += [""] * (rows - len(notes))
        ghost = _ghost_levels(scene, layer, reach, cells, rows)
        strips = []
        for row, bars in enumerate(_bars(painter, counts, rows, flat, ghost)):
            label = "" if row else name
            strips.append(
                Strip(
                    [
                        Segment(to_right(label, PHI_MARGIN - 1), name_style),
                        Segment(painter.glyphs.vertical, painter.faint),
                        *bars,
                        Segment(painter.glyphs.spell(f"  {notes[row]}"), name_style),
                    ]
                )
            )
        return strips


VIEW = ActivationView


def _layers(cursor: int, depth: int) -> frozenset[int]:
    return frozenset((1, min(cursor, depth), depth))


def _notes(scene: Scene, inspection: Inspection, reach: float) -> list[str]:
    beyond = 1 - share_within(inspection.activation_input, -reach, reach)
    ratio = float(scene.trace.factors.activation[inspection.layer - 1])
    low, high = inspection.saturated_low, inspection.saturated_high
    return saturation_texts(low, high, inspection.off, beyond, factor(ratio))


def _ghost_levels(
    scene: Scene, layer: int, reach: float, cells: int, rows: int
) -> NDArray[np.int64]:
    """Where the pinned run's histogram of the cursor's layer ends; -1 for nowhere."""
    pinned = scene.pinned_inspections.get(layer) if layer == scene.cursor else None
    if pinned is None:
        return np.full(cells, -1)
    counts = rebinned(pinned.activation_input, -reach, reach, cells)
    part = counts / max(float(counts.max()), 1.0)
    return np.where(counts >= 0.5, np.minimum((part * rows).astype(int), rows - 1), -1)


def _heights(layers: list[int], cursor: int, rows: int) -> dict[int, int]:
    """Rows of each layer's histogram: the cursor's gets what the others leave."""
    small = max(rows // 3 - (rows > 6), 1)
    others = small * (len(layers) - 1)
    return {layer: max(rows - others, 1) if layer == cursor else small for layer in layers}


def _bars(
    painter: Painter,
    counts: NDArray[np.float64],
    rows: int,
    flat: NDArray[np.bool_],
    ghost: NDArray[np.int64],
) -> list[Strip]:
    """A histogram, where phi is flat in another colour, under the pinned run's marks."""
    glyphs, canvas = painter.glyphs, Canvas(rows, len(counts), painter.paints)
    of_flat, of_rest, marked, *on_bars = (
        canvas.paints.number(paint)
        for paint in (
            Paint(SATURATED),
            Paint(HISTOGRAM),
            Paint(GHOST, bold=True),
            Paint(MARK_ON_BAR, SATURATED, bold=True),
            Paint(MARK_ON_BAR, HISTOGRAM, bold=True),
        )
    )
    canvas.characters[:] = block_cells(counts, rows, glyphs)
    canvas.numbers[:] = np.where(flat, of_flat, of_rest)
    is_marked = ghost == np.arange(rows - 1, -1, -1)[:, np.newaxis]
    is_full = canvas.characters == ord(glyphs.levels[-1])
    marks = np.where(is_full, np.where(flat, *on_bars), marked)
    np.copyto(canvas.numbers, marks, where=is_marked, casting="same_kind")
    canvas.characters[is_marked] = ord(glyphs.ghost)
    return canvas.strips(np.arange(rows))
