"""A run over its steps, one below the other: loss, accuracy, and every layer's gradient."""

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len
from textual.strip import Strip

from engine import Trace
from engine.measure.evaluation import Evaluation
from engine.measure.trace import GOOD
from tui.charts.curves import accuracy_strips, loss_strips
from tui.charts.heat_map import STEPS_MARGIN, heat_strips, step_axis
from tui.charts.painter import Painter, Part
from tui.charts.pixels import has_pixels
from tui.state.scene import Curves, Heat
from tui.style.looks import CURVE, FAINT, INK, QUIET, SLOPE
from tui.style.wrapping import wrapped
from tui.words.language import _, each
from tui.words.numbers import percent, reading
from tui.words.training import (
    ACCURACY,
    BATCH,
    CHARACTER_TITLES,
    HEAT_TITLES,
    LOSS,
    TEST,
    at_step,
    reached_text,
)

LEAST_ROWS = 3
"""Of a plot; where the gradients would leave it less they are not drawn."""


def over_time_titles(
    painter: Painter, trace: Trace, tests: Sequence[Evaluation], width: int
) -> list[Strip]:
    """What stands over each plot: the numbers of the Trace, and the test set's newest ones."""
    test = tests[-1] if tests else None

    def titled(name: str, value: str, tested: str | None, rest: Sequence[Part]) -> Strip:
        parts: list[Part] = [(f"{name}  ", QUIET), (f"{_(BATCH)} ", CURVE), (value, INK)]
        if tested is not None:
            parts += [(f"  {_(TEST)} ", SLOPE), (tested, INK), *rest]
        # what does not fit goes: first the name, which the axis tells as well, then the last parts
        if _length(painter, parts) > width:
            parts = parts[1:]
        while _length(painter, parts) > width:
            parts.pop()
        return painter.words(*parts)

    when: list[Part] = []
    if test is not None and test.step != trace.step:
        when = [(at_step(test.step), QUIET)]
    tested = None if test is None or test.loss is None else reading(test.loss)
    titles = [titled(_(LOSS), reading(trace.loss), tested, when)]
    if trace.accuracy is not None:
        tested = None if test is None or test.accuracy is None else percent(test.accuracy)
        if trace.milestone is not None:
            # the loss has said of which step the test set's numbers are
            when = [(f"  {reached_text(GOOD, trace.milestone)}", INK)]
        titles.append(titled(_(ACCURACY), percent(trace.accuracy), tested, when))
    return titles


def over_time_strips(
    painter: Painter,
    curves: Curves,
    heat: Heat,
    tests: Sequence[Evaluation],
    size: tuple[int, int],
    starts: str,
) -> list[list[Strip]]:
    """The plots over one axis of steps, in (width, height) with their titles, the axis last.

    `starts` says how training starts, where it has not. `tests` may be newer than the curves, which
    are not drawn at every step: those wait.
    """
    width, height = size
    cells, classifies = max(width - STEPS_MARGIN, 1), bool(np.isfinite(curves.accuracy).any())
    plots = 1 + classifies
    rows, below = _shares(height, plots)
    end, last = heat.stride * cells, int(curves.steps[-1])
    tests = [test for test in tests if test.step <= last]
    drawn = [loss_strips(painter, curves, tests, (cells, rows), end)]
    if classifies:
        drawn.append(accuracy_strips(painter, curves, tests, (cells, rows), end))
    steps = step_axis(heat.stride, cells, painter.glyphs.horizontal)
    corner = " " * (STEPS_MARGIN - 1) + painter.glyphs.corner
    axis = painter.words((corner, FAINT), (steps, QUIET))
    if not last:
        words = wrapped(painter.glyphs.spell(starts), width)
        lines = [Strip([]), *[painter.words((line, QUIET)) for line in words]]
        return [*drawn, [axis, *lines[:below]]]
    under = [Strip([])] * below
    if below > LEAST_ROWS:
        titles = each(HEAT_TITLES if has_pixels(painter) else CHARACTER_TITLES)
        title = next((t for t in titles if cell_len(t) <= width), titles[-1])
        under = [painter.words((title, QUIET)), *heat_strips(painter, heat, cells, below - 1)]
    return [*drawn, [*under, axis]]


def _shares(height: int, plots: int) -> tuple[int, int]:
    """Rows of each plot, an odd number for the sake of its middle, and those of the gradients."""
    rows = (height - plots - 2) // (plots + 1)
    if rows < LEAST_ROWS:
        rows = (height - plots - 1) // plots
    rows = max(rows - (rows + 1) % 2, 1)
    return rows, max(height - plots * (rows + 1) - 1, 0)


def _length(painter: Painter, parts: Sequence[Part]) -> int:
    return sum(painter.length(part[0]) for part in parts)
