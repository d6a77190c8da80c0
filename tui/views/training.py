"""View 4: who learns and who stands still.

At the left loss and accuracy over steps, and under them the gradient of every layer over the same
steps; at the right one of the pictures, two where there is room.
"""

import textwrap

import numpy as np
from rich.segment import Segment
from textual.strip import Strip

from engine import Trace
from tui.charts.boundary import boundary_strips
from tui.charts.curves import curve_strips
from tui.charts.heat_map import STEPS_MARGIN, heat_strips, step_axis
from tui.charts.layer_bars import STILL, displacement_strips, probe_strips
from tui.charts.painter import Part
from tui.charts.samples import places, sample_strips
from tui.state.scene import Curves, Room, Scene, TrainingScene, Wants
from tui.state.state import State
from tui.state.views import PICTURES
from tui.style.looks import CURVE, INK, KEY, QUIET, SLOPE
from tui.views.view import View
from tui.words.layers import INSPECTING, percent
from tui.words.trace import run_numbers
from tui.words.training import (
    HEAT_TITLES,
    NEXT_PICTURE,
    NOTHING_MOVED,
    PROBE_NOTE,
    STARTS,
    TEST,
    TEST_ACCURACY,
    probe_text,
    reached_text,
    stalled_text,
)
from tui.words.views import picture_words

GAP = 2
LEFT_SHARE = 0.54

ROOM_FOR_TWO = 30
"""Rows from which on two pictures stand over each other."""

GOOD = 0.9
"""A test accuracy worth the step at which it was first seen."""


class TrainingView(View):
    """Curves and gradients over time, and how the network stands now."""

    def wants(self, state: State, trace: Trace, room: Room) -> Wants:
        """The curves, the heat, and what the pictures show."""
        left, right = _widths(room)
        wants = Wants(curves=True, heat_columns=max(left - STEPS_MARGIN, 1))
        for picture, height in _pictures(state, trace, room):
            if picture == "boundary":
                wants |= Wants(grid=_grid_size(right, height - 1))
            elif picture == "samples":
                across, down = places(right, height - 1)
                wants |= Wants(samples=across * down)
            elif picture == "probe":
                wants |= Wants(probe=True)
        return wants

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Two columns."""
        height, (left, right) = room.height, _widths(room)
        gap = Segment(" " * GAP, self.painter.blank)
        columns = (
            self._fitted(self._left(scene, left, height), left, height),
            self._fitted(self._right(scene, room, right), right, height),
        )
        return [Strip([*a, gap, *b]) for a, b in zip(*columns, strict=True)]

    def _fitted(self, strips: list[Strip], width: int, height: int) -> list[Strip]:
        blank = self.painter.blank
        rows = [strip.adjust_cell_length(width, blank) for strip in strips[:height]]
        return [*rows, *[Strip.blank(width, blank)] * (height - len(rows))]

    def _paragraph(self, text: str, width: int) -> list[Strip]:
        return [
            self.painter.words((line, QUIET))
            for line in textwrap.wrap(self.painter.glyphs.spell(text), width)
        ]

    # over time

    def _left(self, scene: Scene, width: int, height: int) -> list[Strip]:
        cells = width - STEPS_MARGIN
        rows = max((height - 3) // 3, 2)
        training = scene.training
        if training is None or training.curves is None or training.heat is None:
            return [
                self._summary(scene.trace),
                *[Strip([])] * max(rows // 2, 1),
                *self._paragraph(STARTS, width),
            ]
        curves, heat, depth = training.curves, training.heat, scene.trace.depth

        def make() -> list[Strip]:
            end = int(curves.steps[-1])
            if heat.start == 0:
                end = max(end, heat.stride * cells)
            title = next((t for t in HEAT_TITLES if len(t) <= width), HEAT_TITLES[-1])
            return [
                *curve_strips(self.painter, curves, cells, rows, end),
                self.painter.words((title, QUIET)),
                *heat_strips(self.painter, heat, depth, cells, max(height - rows - 3, 1)),
                self.painter.words((" " * STEPS_MARGIN + step_axis(heat, cells), QUIET)),
            ]

        drawn = self.made("over_time", (curves, heat), (width, height), make)
        return [self._summary(scene.trace, curves), *drawn]

    def _summary(self, trace: Trace, curves: Curves | None = None) -> Strip:
        (loss, value), *others = run_numbers(trace)
        parts: list[Part] = [(f"{loss} ", CURVE), (value, INK)]
        known = np.isfinite(curves.test_accuracy) if curves is not None else np.zeros(0, bool)
        if curves is None or not known.any():
            for name, number in others:
                parts += [(f"  {name} ", QUIET), (number, INK)]
            return self.painter.words(*parts)
        accuracy = curves.test_accuracy[known]
        high = np.flatnonzero(accuracy >= GOOD)
        name = TEST if len(high) else TEST_ACCURACY
        parts += [(f"  {name} ", SLOPE), (percent(accuracy[-1]), INK)]
        if len(high):
            at = curves.steps[known][high[0]]
            parts += [(f"  {reached_text(GOOD)} ", QUIET), (f"{at}", INK)]
        return self.painter.words(*parts)

    # now

    def _right(self, scene: Scene, room: Room, width: int) -> list[Strip]:
        strips: list[Strip] = []
        for picture, height in _pictures(scene.state, scene.trace, room):
            gap = [Strip([])] * bool(strips)
            drawn = self._picture(scene, picture, width, height)
            strips += [*gap, *self._fitted(drawn, width, height)]
        return strips

    def _picture(self, scene: Scene, name: str, width: int, height: int) -> list[Strip]:
        if scene.training is None:
            drawn = self._paragraph(picture_words(name), width)
        else:
            draw = {
                "displacement": self._displacement,
                "boundary": self._boundary,
                "samples": self._samples,
                "probe": self._probe,
            }[name]
            made = draw(scene, scene.training, width, height - 1)
            drawn = self._paragraph(INSPECTING, width) if made is None else made
        return [self.painter.words((name, KEY), (f"  {NEXT_PICTURE}", QUIET)), *drawn]

    def _displacement(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip]:
        values = training.displacement
        if values is None or not scene.trace.step or np.isnan(values).all():
            return self._paragraph(NOTHING_MOVED, width)

        def make() -> list[Strip]:
            words = self._paragraph(stalled_text(values, STILL), width)[: max(height - 4, 1)]
            rows = max(height - len(words), 3)
            return [
                *words,
                *displacement_strips(self.painter, values, scene.cursor, width, rows),
            ]

        settings = (width, height, scene.cursor)
        return self.made("displacement", (values,), settings, make)

    def _boundary(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip] | None:
        if training.grid is None or training.boundary_samples is None:
            return None
        return boundary_strips(self.painter, training.grid, training.boundary_samples)

    def _samples(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip] | None:
        if training.samples is None:
            return None
        return sample_strips(self.painter, training.samples, width, height)

    def _probe(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip] | None:
        probe = training.probe
        if probe is None:
            return None
        words = self._paragraph(probe_text(probe), width)
        if height - len(words) > 6:
            words += self._paragraph(PROBE_NOTE, width)
        rows = max(height - len(words), 3)
        return [*words, *probe_strips(self.painter, probe, scene.cursor, width, rows)]


VIEW = TrainingView


def _widths(room: Room) -> tuple[int, int]:
    """Of the two columns."""
    left = int((room.width - GAP) * LEFT_SHARE)
    return left, room.width - GAP - left


def _pictures(state: State, trace: Trace, room: Room) -> list[tuple[str, int]]:
    """The pictures at the right and the rows of each: two where there is room."""
    shown = [name for name, suits in PICTURES.items() if suits(trace.experiment)]
    first = shown.index(state.picture) if state.picture in shown else 0
    if room.height < ROOM_FOR_TWO:
        return [(shown[first], room.height)]
    upper = (room.height - 1) * 3 // 5
    second = shown[0] if first else shown[1 % len(shown)]
    return [(shown[first], upper), (second, room.height - 1 - upper)]


def _grid_size(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of square pixels, which keep the data's shape."""
    side = min(width, 2 * height)
    return 2 * min(height, (side + 1) // 2), side
