"""View 2: the gradient is a product, and here are its factors.

Above, each layer's factors stacked away from the line x1; below, their running product.
"""

import math

from textual.strip import Strip

from engine import Trace
from engine.measure.product import product_down_to
from tui.charts.columns import Column, columns
from tui.charts.factor_axis import factor_axis
from tui.charts.formula import formula_strips
from tui.charts.layer_names import names_strip
from tui.charts.painter import BAR_MARGIN, FOOT, Part
from tui.charts.stack_cells import StackCells
from tui.charts.stack_chart import StackChart, StackPicture
from tui.charts.stacks import drawn_families, extents, stacks_of
from tui.state.animations import Phase, Wave
from tui.state.scene import Room, Scene
from tui.style.looks import FAMILY_COLOURS, GHOST, INK, QUIET, THEORY
from tui.views.view import View
from tui.words.chain import (
    EACH_IS_ONE,
    FAMILY_LEGENDS,
    LEGEND_STARTS,
    NO_FACTORS,
    TOGETHER,
    bound_text,
)
from tui.words.language import _, each
from tui.words.log_player import missing_text
from tui.words.views import PINNED_MARK, mark_text

FORMULA_ROWS = 2


class Chain(View):
    """Stacks over layers, the line x1, and the product from the output to the cursor."""

    chart: StackChart | None = None

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Stacks, layers' numbers and formulas."""
        trace, cells = scene.trace, max(room.width - BAR_MARGIN, 1)
        names = trace.names
        rows = max(room.height - FOOT - FORMULA_ROWS - (names is not None), 3)
        self.columns = layout = columns(trace.depth, cells)
        self.cursor = scene.cursor
        self.chart = chart = self._chart_of(scene, layout, rows)
        end = product_end(scene)
        dims = tuple(
            column.last <= end if _is_reached(column, scene.wave) else None for column in layout
        )
        below = [Strip.blank(room.width, self.painter.blank)] * FORMULA_ROWS
        is_multiplied = scene.wave.phase in (Phase.BACKWARD, Phase.DONE) and not scene.wave.held
        if is_multiplied and not _is_absent(trace):
            whole = product_down_to(trace, 1) if trace.depth > 1 else None
            product = product_down_to(trace, end)
            below = formula_strips(self.painter, product, whole, room.width)
        return [
            *chart.strips(self.strips, dims, scene.cursor),
            *([] if names is None else [names_strip(self.painter, names, layout, scene.cursor)]),
            *below,
        ]

    def signs(self, scene: Scene, room: Room) -> tuple[str, ...]:
        """The line, the pieces and their net, and columns that are not in the product."""
        drawn = drawn_families(scene.trace) or ()
        families = [family for family in FAMILY_LEGENDS if family in drawn]
        self.shown(scene, room)
        chart = self.chart
        shown = {
            "one": True,
            **dict.fromkeys(families, True),
            "net": len(families) > 1,
            "bound": chart is not None and chart.shows_bound,
            "cut": chart is not None and chart.cuts_any,
            "unmultiplied": product_end(scene) >= 1 and not _is_absent(scene.trace),
            "pinned": scene.state.pinned is not None,
            "cursor": True,
        }
        return tuple(sign for sign, is_shown in shown.items() if is_shown)

    def _chart_of(self, scene: Scene, layout: tuple[Column, ...], rows: int) -> StackChart:
        """The chart of a run; one for all frames of a wave and all places of the cursor."""
        trace, pinned = scene.trace, scene.state.pinned

        def make() -> StackChart:
            stacks, bound = stacks_of(trace, layout), _bound(trace)
            ghosts = stacks_of(pinned, _shared_columns(pinned, layout)) if pinned else ()
            axis = factor_axis(*extents(stacks), rows)
            decades = None if bound is None else math.log10(bound)
            return StackChart(self.painter, StackPicture(layout, stacks, ghosts, decades, axis))

        return self.made("chart", (trace, pinned), (layout, rows), make)

    def caption(self, scene: Scene, width: int) -> list[Part]:
        """What the pieces and their marks are."""
        painter, cells, drawn = self.painter, StackCells(self.painter), drawn_families(scene.trace)
        if drawn is None:
            said = missing_text("factors") if _is_absent(scene.trace) else _(NO_FACTORS)
            return [(said, QUIET)]
        named: list[Part] = []
        for family in (family for family in FAMILY_LEGENDS if family in drawn):
            named.append((f"{cells.swatch(family)} ", FAMILY_COLOURS[family]))
            named.append((f"{FAMILY_LEGENDS[family]}  ", QUIET))
        if len(drawn) > 1:
            named += [(f"{painter.glyphs.nets[1]} ", INK, True), (_(TOGETHER), QUIET)]
        named = named or [(EACH_IS_ONE, INK)]
        ways: list[list[Part]] = [[(start, QUIET), *named] for start in each(LEGEND_STARTS)]
        room = width - painter.line(*self.marks(scene)).cell_len - 2
        return next((way for way in ways if painter.line(*way).cell_len <= room), ways[-1])

    def marks(self, scene: Scene) -> list[Part]:
        """The pinned run's nets, and the bound of phi'."""
        painter, bound, chart = self.painter, _bound(scene.trace), self.chart
        parts: list[Part] = []
        if scene.state.pinned is not None and chart is not None:
            parts.append(
                (f"{painter.glyphs.ghost} {mark_text(PINNED_MARK, chart.pinned)}  ", GHOST)
            )
        if bound is not None and chart is not None and chart.shows_bound:
            parts.append((f"{painter.glyphs.dashes[1]} {bound_text(bound)}  ", THEORY))
        return parts


VIEW = Chain


def _is_absent(trace: Trace) -> bool:
    """Whether nobody wrote its factors down."""
    return "factors.total" in trace.absent


def _shared_columns(trace: Trace, layout: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns that hold layers which this run has too."""
    return tuple(column for column in layout if column.last <= trace.depth)


def _bound(trace: Trace) -> float | None:
    """What phi' cannot exceed, where all pieces of phi' reach it: below 1, and without skips."""
    if trace.experiment is None:
        return None
    bound = trace.experiment.network.phi.bound
    is_seen = bound < 1 and not trace.has_skip.any() and drawn_families(trace) is not None
    return bound if is_seen else None


def product_end(scene: Scene) -> int:
    """The layer that the product goes down to: below the cursor's, or where the wave is."""
    at = scene.wave.reached if scene.wave.phase is Phase.BACKWARD else scene.cursor
    return at - 1


def _is_reached(column: Column, wave: Wave) -> bool:
    # one that waits at the output has not gone through the last layer
    return wave.phase is Phase.DONE or (column.last >= wave.reached and not wave.held)
