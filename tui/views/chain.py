"""View 2: the gradient is a product, and here are its factors.

Above, each layer's factors stacked away from the line x1; below, their running product.
"""

from textual.strip import Strip

from engine import Trace
from engine.measure.product import product_down_to
from tui.charts.columns import Column, column_of, columns
from tui.charts.formula import formula_strips
from tui.charts.painter import BAR_MARGIN, FOOT
from tui.charts.stack_chart import StackChart
from tui.charts.stacks import stack_axis_of, stacks_of
from tui.state.animations import Phase, Wave
from tui.state.scene import Room, Scene
from tui.views.view import View

FORMULA_ROWS = 2


class Chain(View):
    """Stacks over layers, the line x1, and the product from the output to the cursor."""

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Stacks, base line, numbers and formula."""
        cells = max(room.width - BAR_MARGIN, 1)
        rows = max(room.height - FOOT - FORMULA_ROWS, 3)
        self.columns = layout = columns(scene.trace.depth, cells)
        self.cursor = scene.cursor
        chart = self._chart_of(scene, layout, rows)
        cursor, to = column_of(scene.cursor, layout), product_end(scene)
        lights = tuple(
            _light(column, index == cursor, to) if _is_reached(column, scene.wave) else None
            for index, column in enumerate(layout)
        )
        product = product_down_to(scene.trace, to) if _gradient_set_out(scene.wave) else None
        skips = bool(scene.trace.has_skip[to:].any())
        return [
            *(chart.row(row, cells, lights) for row in range(rows)),
            *self.painter.foot(layout, cells, scene.cursor),
            *formula_strips(self.painter, product, skips, room.width),
        ]

    def _chart_of(self, scene: Scene, layout: tuple[Column, ...], rows: int) -> StackChart:
        """The chart of a run; one for all frames of a wave and all places of the cursor."""
        trace, pinned = scene.trace, scene.state.pinned

        def make() -> StackChart:
            stacks = stacks_of(trace, layout)
            ghosts = stacks_of(pinned, _shared_columns(pinned, layout)) if pinned else ()
            return StackChart(self.painter, layout, stacks, ghosts, stack_axis_of(stacks, rows))

        return self.made("chart", (trace, pinned), (layout, rows), make)


VIEW = Chain


def _shared_columns(trace: Trace, layout: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns that hold layers which this run has too."""
    return tuple(column for column in layout if column.last <= trace.depth)


def product_end(scene: Scene) -> int:
    """The layer that the product goes down to: the cursor's, or where the wave is."""
    if scene.wave.phase is Phase.BACKWARD:
        return scene.wave.reached - 1
    return scene.cursor


def _gradient_set_out(wave: Wave) -> bool:
    return wave.phase in (Phase.BACKWARD, Phase.DONE)


def _is_reached(column: Column, wave: Wave) -> bool:
    return wave.phase is Phase.DONE or column.last >= wave.reached


def _light(column: Column, is_cursor: bool, to: int) -> str:
    """Columns in the product are bright, the others dim, the cursor's lit."""
    if is_cursor:
        return "lit"
    return "plain" if column.last > to else "dim"
