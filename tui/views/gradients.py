"""View 1: one bar a layer, the metric on a logarithmic axis."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from textual.strip import Strip

from engine.numerics.formats import NUMBER_FORMATS
from tui.charts.bar_chart import Picture, bar_strips, stuck_columns
from tui.charts.bars import NOTHING, Bar, Frame, Rule, bars_of
from tui.charts.columns import Column, column_of, columns, gap_of
from tui.charts.layer_names import names_strip
from tui.charts.overlays import Overlays, how_seen, overlays_of
from tui.charts.painter import BAR_MARGIN, FOOT, Part
from tui.charts.scale import Scale, scale_of
from tui.charts.transition import blend, heights_of
from tui.state.animations import Heights, Phase, Wave
from tui.state.axis import Axis, fitted
from tui.state.metrics import METRICS, Metric
from tui.state.scene import Room, Scene
from tui.style.looks import BAND, GHOST, INK, QUIET, SIGNAL, THEORY
from tui.views.view import View
from tui.words.language import _
from tui.words.views import (
    BAND_MARK,
    CLOSED,
    DEAD,
    OFF_AXIS,
    OWN_AXIS,
    PINNED_MARK,
    STUCK_WORDS,
    THEORY_MARK,
    limit_texts,
    mark_text,
    metric_words,
)

GUIDE_DECADES = 0.5
"""How far from the guide's value a layer may be and still be as it should."""


COLOURS: dict[float | None, str] = {None: "last", 1e-3: "guide", 1.0: "one"}
"""What the colours of a metric's bars are measured from, by its reference."""


class Gradients(View):
    """Bars over layers, the forward and the backward wave, and what they are compared with."""

    picture: Picture | None = None

    @property
    def heights(self) -> Heights | None:
        """The bars shown now."""
        return None if self.picture is None else heights_of(self.picture.frame)

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """The chart; the same strips for the same picture."""
        stuck = bool(scene.trace.dead.any() or scene.trace.closed.any())
        names = scene.trace.names
        below = FOOT + stuck + (names is not None)
        cells = Room(max(room.width - BAR_MARGIN, 1), max(room.height - below, 1))
        drawn = self._signals if _is_forward(scene) else self._measured
        self.picture = picture = drawn(scene, cells)
        self.columns, self.cursor = picture.frame.columns, scene.cursor
        drawn_rows = bar_strips(self.painter, self.strips, picture)
        if names is None:
            return drawn_rows
        return [*drawn_rows, names_strip(self.painter, names, self.columns, scene.cursor)]

    def caption(self, scene: Scene, width: int) -> list[Part]:
        """The metric and what it is; of the signals, that they have an axis of their own."""
        if not _is_forward(scene):
            sign, meaning = metric_words(scene.state.metric)
            return [(sign, INK), (f"  {meaning}", QUIET)]
        sign, meaning = metric_words(scene.metric.forward)
        return [(sign, SIGNAL), (f"  {meaning}{_(OWN_AXIS)}", QUIET)]

    def marks(self, scene: Scene) -> list[Part]:
        """What lies over the bars."""
        glyphs, trace = self.painter.glyphs, scene.trace
        parts: list[Part] = []
        for state, glyph, layers in (
            (DEAD, glyphs.dead, trace.dead),
            (CLOSED, glyphs.closed, trace.closed),
        ):
            if layers.any():
                parts.append((f"{glyph} {STUCK_WORDS[state]}  ", QUIET))
        # what a wave that waits has not shown yet, theory does not give away
        if _is_forward(scene) or scene.wave.held:
            return parts
        if scene.state.pinned is not None:
            name = mark_text(PINNED_MARK, self._seen("ghost"))
            parts.append((f"{glyphs.ghost} {name}  ", GHOST))
        if _has_theory(scene):
            name = mark_text(THEORY_MARK, self._seen("line"))
            parts.append((f"{glyphs.horizontal} {name}  ", THEORY))
        if scene.band is not None:
            # see `tui.charts.overlays`
            glyph = glyphs.vertical if gap_of(self.columns) else glyphs.horizontal
            parts.append((f"{glyph} {_(BAND_MARK)}  ", BAND))
        return parts

    def _seen(self, overlay: str) -> str:
        """How the strokes of an overlay are seen."""
        if self.picture is None:
            return OFF_AXIS
        frame = self.picture.frame
        drawn = getattr(frame.overlays, overlay)
        return how_seen(drawn, [bar.height for bar in frame.bars], frame.rows)

    def signs(self, scene: Scene, room: Room) -> tuple[str, ...]:
        """The bars' colours, what stands in their place, and what lies over and behind them."""
        guide, drawn = self.painter.glyphs.guide, self.shown(scene, room)
        names = {bar.name for bar in self.picture.frame.bars} if self.picture else set()
        metric, is_forward, is_held = scene.metric, _is_forward(scene), scene.wave.held
        shown = {
            "signal": is_forward,
            f"colours_{COLOURS[metric.reference]}": not is_forward,
            "zero": "0" in names,
            "not_finite": bool(names & {"inf", "nan"}),
            "spread": any(column.first < column.last for column in self.columns),
            "theory": _has_theory(scene) and not is_forward and not is_held,
            "pinned": scene.state.pinned is not None and not is_forward and not is_held,
            "band": scene.band is not None and not is_forward and not is_held,
            "guide": metric.guide is not None and not is_forward,
            # without room for its text it is not drawn
            "limit": metric.guide is None and any(guide in row.text for row in drawn),
            "dead_layer": bool(scene.trace.dead.any()),
            "closed_layer": bool((scene.trace.closed & ~scene.trace.dead).any()),
            "refit": self.picture is not None and self.picture.is_loose,
            "cursor": True,
            "cursor_bar": self.painter.palette.coloured,
        }
        return tuple(sign for sign, is_shown in shown.items() if is_shown)

    def _measured(self, scene: Scene, room: Room) -> Picture:
        """The metric's bars as far as the backward wave has come, with all that lies over them."""
        metric = scene.metric
        reference = metric.reference_decades(scene.trace)
        frame, scale = self._frame(scene, metric, scene.axis, room, reference)
        if scale is not None and not scene.wave.held:
            rules = (*_guide(metric.guide, scale), *_limits(scene, scale))
            frame = replace(frame, rules=rules, overlays=self._overlays(scene, frame, scale))
        if scene.transition is not None:
            frame = blend(scene.transition, frame, len(self.painter.glyphs.levels) - 1)
        return Picture(frame, scale, scene.cursor, _stuck(scene, frame), scene.axis_is_loose)

    def _signals(self, scene: Scene, room: Room) -> Picture:
        """What the forward pass carries, on an axis of its own, as far as the wave has come."""
        metric = METRICS[scene.metric.forward]
        axis = fitted(metric.values(scene.trace))
        frame, scale = self._frame(scene, metric, axis, room, None)
        return Picture(frame, scale, scene.cursor, _stuck(scene, frame))

    def _frame(
        self, scene: Scene, metric: Metric, axis: Axis | None, room: Room, reference: float | None
    ) -> tuple[Frame, Scale | None]:
        """The bars that the wave has reached; they are made once for all of its frames.

        Without a `reference` for their colours they are signals.
        """
        trace, wave = scene.trace, scene.wave
        layout = columns(trace.depth, room.width)
        if scene.band is not None and gap_of(layout):
            # the last layer's whisker needs a cell too
            layout = columns(trace.depth, room.width - 1)
        # names need a height, not a scale
        scale = None if axis is None else scale_of(axis, room.height)
        drawn = scale or Scale(room.height, 0)
        steps = len(self.painter.glyphs.levels) - 1

        def colour_of(decades: float) -> str:
            return SIGNAL if reference is None else self.painter.palette.bar(decades - reference)

        def make() -> tuple[Bar, ...]:
            return bars_of(metric.known(trace), layout, drawn, steps, colour_of)

        bars = self.made("bars", (trace,), (metric.id, layout, drawn, reference), make)
        if wave.phase is not Phase.DONE:
            is_reached, shown = _reached(wave), zip(layout, bars, strict=True)
            bars = tuple(bar if is_reached(column) else NOTHING for column, bar in shown)
        cursor = column_of(scene.cursor, layout)
        return Frame(layout, bars, room.width, room.height, cursor), scale

    def _overlays(self, scene: Scene, frame: Frame, scale: Scale) -> Overlays:
        pinned, metric = scene.state.pinned, scene.metric

        def make() -> Overlays:
            ghost = None if pinned is None else metric.values(pinned)
            return overlays_of(frame.columns, scale, ghost, scene.line, scene.band)

        # the line is theory's of this Trace
        settings = (metric.id, frame.columns, scale, scene.line is None)
        return self.made("overlays", (scene.trace, pinned, scene.band), settings, make)


VIEW = Gradients


def _stuck(scene: Scene, frame: Frame) -> tuple[str, ...]:
    return stuck_columns(frame.columns, scene.trace.dead, scene.trace.closed)


def _has_theory(scene: Scene) -> bool:
    """Whether theory says anything: of trained weights it does not."""
    return scene.line is not None and bool(np.isfinite(scene.line).any())


def _is_forward(scene: Scene) -> bool:
    return scene.wave.phase in (Phase.FORWARD, Phase.LOSS)


def _reached(wave: Wave) -> Callable[[Column], bool]:
    """Whether a wave has come to a column."""
    lowest, highest = wave.reached, wave.activated
    if wave.phase is Phase.BACKWARD:
        return lambda column: column.last >= lowest
    return lambda column: column.first <= highest


def _has_limits(scene: Scene) -> bool:
    return scene.has_limits and scene.metric.is_gradient_of_units


def _limits(scene: Scene, scale: Scale) -> Iterator[Rule]:
    """Where the norm would be if every element had the size that a number format makes 0."""
    experiment = scene.trace.experiment
    if experiment is None or not _has_limits(scene):
        return
    elements = experiment.data.batch_size * experiment.network.width
    for entry in NUMBER_FORMATS:
        level = scale.row_beside_ticks(entry.flushed_norm(elements))
        if level is not None:
            yield Rule(level, limit_texts(entry.name, entry.flushed))


def _guide(guide: float | None, scale: Scale) -> Iterator[Rule]:
    """The rows whose middle is in the range to aim for, or the guide's own."""
    if guide is None:
        return
    rows = GUIDE_DECADES * scale.per_decade / scale.per_row
    middle = scale.height(guide)
    low, high = math.ceil(middle - rows - 0.5), math.floor(middle + rows - 0.5)
    for level in range(low, high + 1) if low <= high else [math.floor(middle)]:
        if 0 <= level < scale.rows:
            yield Rule(level)
