"""View 4: who learns and who stands still.

At the left loss and accuracy over steps, and under them the gradient of every layer over the same
steps; at the right one of the pictures, two where there is room, from step 0 on.
"""

from functools import partial

import numpy as np
from rich.segment import Segment
from textual.strip import Strip

from engine import Trace
from engine.measure.evaluation import Evaluation
from engine.training.displacement import STILL
from tui.charts.boundary import boundary_strips
from tui.charts.heat_map import STEPS_MARGIN
from tui.charts.layer_bars import displacement_strips, probe_strips
from tui.charts.over_time import over_time_strips, over_time_titles
from tui.charts.samples import places, sample_strips
from tui.state.log_state import LogState
from tui.state.scene import Room, Scene, TrainingScene, Wants
from tui.state.screen_state import ScreenState
from tui.state.views import PICTURES
from tui.style.looks import INK, KEY, QUIET
from tui.style.wrapping import wrapped
from tui.views.view import View
from tui.words.language import _
from tui.words.layers import INSPECTING
from tui.words.trace import run_numbers
from tui.words.training import (
    BEGAN_AT_ZERO,
    NEXT_PICTURE,
    NOTHING_MOVED,
    PROBE_NOTE,
    STARTS,
    probe_text,
    stalled_text,
)
from tui.words.views import picture_words

GAP = 2
LEFT_SHARE = 0.6

ROOM_FOR_TWO = 30
"""Rows from which on two pictures stand over each other."""


PICTURE_SIGNS: dict[str, tuple[str, ...]] = {
    "displacement": ("moved", "still", "cursor"),
    "boundary": ("region",),
    "samples": ("mistaken",),
    "probe": ("read_out", "cursor"),
}
"""What there is in each picture, by the legend's ids."""


class TrainingView(View):
    """Curves and gradients over time, and how the network stands now."""

    names_itself = True

    def wants(self, state: ScreenState, trace: Trace, room: Room) -> Wants:
        """The curves, the heat, and what the pictures show."""
        left, right = _widths(state, trace, room)
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

    def signs(self, scene: Scene, room: Room) -> tuple[str, ...]:
        """The curves, the colours of gradients over time, and the pictures' own."""
        if scene.training is None:
            return ()
        trace, has_room = scene.trace, _widths(scene.state, scene.trace, room)[1]
        drawn = [picture for picture, _ in _pictures(scene.state, trace, room) if has_room]
        # of a log nobody may have asked for it
        tests = ("test",) if scene.log is None or trace.test_loss is not None else ()
        over_time = ("batch", *tests, *(("colours_last",) if trace.step else ()))
        return (*over_time, *(sign for picture in drawn for sign in PICTURE_SIGNS[picture]))

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Two columns."""
        height, (left, right) = room.height, _widths(scene.state, scene.trace, room)
        if not right:
            return self._fitted(self._left(scene, left, height), left, height)
        columns = (
            self._fitted(self._left(scene, left, height), left, height),
            self._fitted(self._right(scene, room, right), right, height),
        )
        return [
            self.made(("row", y), pair, None, partial(self._beside, *pair))
            for y, pair in enumerate(zip(*columns, strict=True))
        ]

    def _beside(self, left: Strip, right: Strip) -> Strip:
        return Strip([*left, Segment(" " * GAP, self.painter.blank), *right])

    def _fitted(self, strips: list[Strip], width: int, height: int) -> list[Strip]:
        blank = self.painter.blank
        rows = [strip.adjust_cell_length(width, blank) for strip in strips[:height]]
        return [*rows, *[Strip.blank(width, blank)] * (height - len(rows))]

    def _paragraph(self, text: str, width: int) -> list[Strip]:
        return [
            self.painter.words((line, QUIET))
            for line in wrapped(self.painter.glyphs.spell(text), width)
        ]

    # over time

    def _left(self, scene: Scene, width: int, height: int) -> list[Strip]:
        trace, training = scene.trace, scene.training
        # in the tour the step says what to press
        starts = "" if scene.is_led or scene.log is not None else _(STARTS)
        if training is None or training.curves is None or training.heat is None:
            numbers = [(f"{name} {number}  ", INK) for name, number in run_numbers(trace)]
            return [self.painter.words(*numbers), *self._paragraph(starts, width)]
        curves, heat, tests = training.curves, training.heat, trace.evaluations
        if trace.test_loss is not None:
            tests = (*tests, Evaluation(trace.step, trace.test_loss, trace.test_accuracy))

        def make() -> list[list[Strip]]:
            return over_time_strips(self.painter, curves, heat, tests, (width, height), starts)

        settings = (width, height, tests, starts)
        *plots, rest = self.made("over_time", (curves, heat), settings, make)
        titles = over_time_titles(self.painter, trace, curves, tests, width)
        return [
            row for title, plot in zip(titles, plots, strict=True) for row in (title, *plot)
        ] + rest

    # now

    def _right(self, scene: Scene, room: Room, width: int) -> list[Strip]:
        strips: list[Strip] = []
        for picture, height in _pictures(scene.state, scene.trace, room):
            gap = [Strip([])] * bool(strips)
            drawn = self._picture(scene, picture, width, height)
            strips += [*gap, *self._fitted(drawn, width, height)]
        return strips

    def _picture(self, scene: Scene, name: str, width: int, height: int) -> list[Strip]:
        title, about = picture_words(name)
        if scene.training is None:
            drawn = self._paragraph(about, width)
        else:
            draw = {
                "displacement": self._displacement,
                "boundary": self._boundary,
                "samples": self._samples,
                "probe": self._probe,
            }[name]
            made = draw(scene, scene.training, width, height - 1)
            drawn = self._paragraph(_(INSPECTING), width) if made is None else made
        next_one = "" if scene.log is not None else _(NEXT_PICTURE)
        return [self.painter.words((title, KEY), (f"  {next_one}", QUIET)), *drawn]

    def _displacement(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip]:
        values, trace = training.displacement, scene.trace
        if values is None or not trace.step or not trace.weight_norm.any():
            return self._paragraph(_(NOTHING_MOVED), width)
        if np.isnan(values).all():
            return self._paragraph(_(BEGAN_AT_ZERO), width)

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
        grid, samples = training.grid, training.boundary_samples
        if grid is None or samples is None:
            return None
        make = partial(boundary_strips, self.painter, grid, samples)
        return self.made("boundary", (grid, samples), None, make)

    def _samples(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip] | None:
        samples, size = training.samples, (width, height)
        if samples is None:
            return None
        make = partial(sample_strips, self.painter, samples, *size)
        return self.made("samples", (samples,), size, make)

    def _probe(
        self, scene: Scene, training: TrainingScene, width: int, height: int
    ) -> list[Strip] | None:
        probe = training.probe
        if probe is None:
            return None

        def make() -> list[Strip]:
            words = self._paragraph(probe_text(probe), width)
            if height - len(words) > 6:
                words += self._paragraph(_(PROBE_NOTE), width)
            rows = max(height - len(words), 3)
            return [*words, *probe_strips(self.painter, probe, scene.cursor, width, rows)]

        return self.made("probe", (probe,), (width, height, scene.cursor), make)


VIEW = TrainingView


def _widths(state: ScreenState, trace: Trace, room: Room) -> tuple[int, int]:
    """Of the two columns; nothing for the second where a log has no picture."""
    if isinstance(state, LogState) and "displacement" in trace.absent:
        return room.width, 0
    left = max(int((room.width - GAP) * LEFT_SHARE), 1)
    return left, max(room.width - GAP - left, 1)


def _pictures(state: ScreenState, trace: Trace, room: Room) -> list[tuple[str, int]]:
    """The pictures at the right and the rows of each: two where there is room."""
    ours = trace.experiment
    if isinstance(state, LogState) or ours is None:
        # the others need the network
        return [("displacement", room.height)]
    shown = [name for name, suits in PICTURES.items() if suits(ours)]
    first = shown.index(state.picture) if state.picture in shown else 0
    if room.height < ROOM_FOR_TWO:
        return [(shown[first], room.height)]
    upper = (room.height - 1) * 3 // 5
    second = shown[0] if first else shown[1 % len(shown)]
    return [(shown[first], upper), (second, room.height - 1 - upper)]


def _grid_size(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of square pixels, which keep the data's shape."""
    side = max(min(width, 2 * height), 1)
    return 2 * max(min(height, (side + 1) // 2), 1), side
