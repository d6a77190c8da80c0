"""View 1: one bar a layer, the metric on a logarithmic axis."""

import math
from dataclasses import replace

from textual.strip import Strip

from engine.numerics.formats import NUMBER_FORMATS
from tui.charts.bar_chart import Picture, bar_strips
from tui.charts.bars import Bar, Frame, Role, bar_of
from tui.charts.columns import Column, column_of, columns
from tui.charts.overlays import Overlays, overlays_of
from tui.charts.painter import BAR_MARGIN, FOOT, Part
from tui.charts.transition import blend, heights_of
from tui.state.animations import Heights, Phase, Wave
from tui.state.axis import Axis
from tui.state.scene import Room, Scene
from tui.style.looks import BAND, GHOST, INK, QUIET, THEORY
from tui.views.view import View
from tui.words.views import BAND_MARK, PINNED_MARK, THEORY_MARK, metric_words

GUIDE_DECADES = 0.5
"""How far from the guide's value a layer may be and still be as it should."""


class Gradients(View):
    """Bars over layers, the forward and the backward wave, and what they are compared with."""

    picture: Picture | None = None

    @property
    def heights(self) -> Heights | None:
        """The bars shown now."""
        return None if self.picture is None else heights_of(self.picture.frame)

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """The chart; the same strips for the same picture."""
        self.picture = picture = self._picture_of(scene, room)
        self.columns, self.cursor = picture.frame.columns, picture.cursor
        return self.made("strips", (), picture, lambda: bar_strips(self.painter, picture))

    def caption(self, scene: Scene) -> list[Part]:
        """The metric and what it is."""
        sign, meaning = metric_words(scene.state.metric)
        return [(sign, INK), (f"  {meaning}", QUIET)]

    def marks(self, scene: Scene) -> list[Part]:
        """What lies over the bars."""
        glyphs = self.painter.glyphs
        parts: list[Part] = []
        if scene.state.pinned is not None:
            parts.append((f"{glyphs.ghost} {PINNED_MARK}  ", GHOST))
        if scene.line is not None:
            parts.append((f"{glyphs.horizontal} {THEORY_MARK}  ", THEORY))
        if scene.band is not None:
            parts.append((f"{glyphs.vertical} {BAND_MARK}  ", BAND))
        return parts

    def _picture_of(self, scene: Scene, room: Room) -> Picture:
        steps = len(self.painter.glyphs.levels) - 1
        cells = Room(max(room.width - BAR_MARGIN, 1), max(room.height - FOOT, 1))
        frame = self._frame_of(scene, cells, steps)
        if scene.transition is not None:
            frame = blend(scene.transition, frame, steps)
        reference = scene.metric.reference_decades(scene.trace)
        return Picture(frame, scene.axis, scene.metric.sign, reference, scene.cursor)

    def _frame_of(self, scene: Scene, room: Room, steps: int) -> Frame:
        wave = scene.wave
        layout = columns(scene.trace.depth, room.width)
        bars = self._bars_of(scene, layout, room.height, steps)
        shown = bars[Role.BAR]
        if wave.phase is not Phase.DONE:
            shown = tuple(
                bars[_wave_role(column, wave)][index] for index, column in enumerate(layout)
            )
        frame = Frame(layout, shown, room.width, room.height, column_of(scene.cursor, layout))
        guide = None
        if scene.metric.guide is not None:
            guide = _guide_levels(scene.metric.guide, scene.axis, room.height)
        limits = _limit_levels(scene, room.height) if scene.metric.id == "delta" else ()
        overlays = self._overlays_of(scene, layout, room.height)
        return replace(frame, overlays=overlays, guide=guide, limits=limits)

    def _bars_of(
        self, scene: Scene, layout: tuple[Column, ...], rows: int, steps: int
    ) -> dict[Role, tuple[Bar, ...]]:
        """Every column's bar in each of its roles; made once for all frames of a wave."""
        trace, metric, axis = scene.trace, scene.metric, scene.axis
        values, forward = metric.values(trace), metric.forward(trace)

        def make() -> dict[Role, tuple[Bar, ...]]:
            return {
                role: tuple(bar_of(shown[c.layers], axis, rows, steps, role) for c in layout)
                for role, shown in (
                    (Role.BAR, values),
                    (Role.FORWARD, forward),
                    (Role.EMPTY, values),
                )
            }

        return self.made("bars", (trace,), (metric.id, axis, layout, rows), make)

    def _overlays_of(self, scene: Scene, layout: tuple[Column, ...], rows: int) -> Overlays:
        pinned, metric = scene.state.pinned, scene.metric

        def make() -> Overlays:
            ghost = None if pinned is None else metric.values(pinned)
            return overlays_of(layout, scene.axis, rows, ghost, scene.line, scene.band)

        # the line is theory's of this Trace
        settings = (metric.id, scene.axis, layout, rows, scene.line is None)
        return self.made("overlays", (scene.trace, pinned, scene.band), settings, make)


VIEW = Gradients


def _wave_role(column: Column, wave: Wave) -> Role:
    """Where the backward wave has not been, the forward pass still shows."""
    if column.last >= wave.reached:
        return Role.BAR
    return Role.FORWARD if column.first <= wave.activated else Role.EMPTY


def _limit_levels(scene: Scene, rows: int) -> tuple[tuple[int, str], ...]:
    """Where |delta| would be if every element had the size at which a number format makes it 0."""
    experiment, found = scene.trace.experiment, {}
    for entry in NUMBER_FORMATS:
        size = entry.flushed_norm(experiment.data.batch_size * experiment.network.width)
        place = scene.axis.fraction(size)
        # the top row's margin names the metric
        if 0 < place * rows < rows - 1:
            # of formats with one range the last is named: fp32 says more than bf16
            found[math.floor(place * rows)] = entry.name
    return tuple(found.items())


def _guide_levels(guide: float, axis: Axis, rows: int) -> tuple[int, int] | None:
    """The first and the last level whose middle is in the range to aim for, or the guide's own."""
    per_decade = rows / (axis.high - axis.low)
    middle = (math.log10(guide) - axis.low) * per_decade
    reach = GUIDE_DECADES * per_decade
    low, high = math.ceil(middle - reach - 0.5), math.floor(middle + reach - 0.5)
    if low > high:
        low = high = math.floor(middle)
    return (max(low, 0), min(high, rows - 1)) if high >= 0 and low < rows else None
