"""A run over its steps, one below the other: loss, accuracy, and every layer's gradient."""

from collections.abc import Sequence

import numpy as np
from textual.strip import Strip

from engine.measure.evaluation import Evaluation
from engine.measure.trace import GOOD
from tui.charts.curves import accuracy_strips, loss_strips
from tui.charts.heat_map import STEPS_MARGIN, heat_strips, step_axis
from tui.charts.painter import Painter, Part
from tui.state.scene import Curves, Heat
from tui.style.looks import CURVE, INK, QUIET, SLOPE
from tui.style.wrapping import wrapped
from tui.words.layers import percent
from tui.words.numbers import reading
from tui.words.training import (
    ACCURACY,
    BATCH,
    HEAT_TITLES,
    LOSS,
    STARTS,
    TEST,
    at_step,
    reached_text,
)

LEAST_ROWS = 3
"""Of a plot; where the gradients would leave it less they are not drawn."""


def over_time_strips(
    painter: Painter,
    curves: Curves,
    heat: Heat,
    tests: Sequence[Evaluation],
    milestone: int | None,
    size: tuple[int, int],
) -> list[Strip]:
    """The plots over one axis of steps, in (width, height); `tests` may end with the last step."""
    width, height = size
    cells, classifies = width - STEPS_MARGIN, bool(np.isfinite(curves.accuracy).any())
    plots = 1 + classifies
    rows, below = _shares(height, plots)
    end, last = heat.stride * cells, int(curves.steps[-1])
    # the curves are not drawn at every step: what is newer waits
    tests = [test for test in tests if test.step <= last]
    test = tests[-1] if tests else None

    def titled(name: str, value: str, tested: str | None, rest: Sequence[Part]) -> Strip:
        parts: list[Part] = [(f"{name}  ", QUIET), (f"{BATCH} ", CURVE), (value, INK)]
        if tested is not None:
            parts += [(f"  {TEST} ", SLOPE), (tested, INK), *rest]
        # what does not fit goes: first the name, which the axis tells as well, then the last parts
        if _length(painter, parts) > width:
            parts = parts[1:]
        while _length(painter, parts) > width:
            parts.pop()
        return painter.words(*parts)

    tested = None if test is None or test.loss is None else reading(test.loss)
    when: list[Part] = [] if test is None or test.step == last else [(at_step(test.step), QUIET)]
    strips = [
        titled(LOSS, reading(float(curves.loss[-1])), tested, when),
        *loss_strips(painter, curves, tests, (cells, rows), end),
    ]
    if classifies:
        tested = None if test is None or test.accuracy is None else percent(test.accuracy)
        first: list[Part] = []
        if milestone is not None:
            first = [(f"  {reached_text(GOOD, milestone)}", INK)]
        strips += [
            titled(ACCURACY, percent(float(curves.accuracy[-1])), tested, first),
            *accuracy_strips(painter, curves, tests, (cells, rows), end),
        ]
    under: list[Strip] = []
    if not last:
        words = wrapped(painter.glyphs.spell(STARTS), width)
        under = [Strip([]), *[painter.words((line, QUIET)) for line in words]]
    elif below > LEAST_ROWS:
        title = next((t for t in HEAT_TITLES if len(t) <= width), HEAT_TITLES[-1])
        drawn = heat_strips(painter, heat, cells, below - 1)
        under = [painter.words((title, QUIET)), *drawn]
    strips += [*under, *[Strip([])] * below][:below]
    axis = " " * STEPS_MARGIN + step_axis(heat.stride, cells)
    return [*strips, painter.words((axis, QUIET))]


def _shares(height: int, plots: int) -> tuple[int, int]:
    """Rows of each plot, an odd number for the sake of its middle, and those of the gradients."""
    rows = (height - plots - 2) // (plots + 1)
    if rows < LEAST_ROWS:
        rows = (height - plots - 1) // plots
    rows = max(rows - (rows + 1) % 2, 1)
    return rows, max(height - plots * (rows + 1) - 1, 0)


def _length(painter: Painter, parts: Sequence[Part]) -> int:
    return sum(painter.length(part[0]) for part in parts)
