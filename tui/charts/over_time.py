"""A run over its steps, one below the other: loss, accuracy, and every layer's gradient."""

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len
from textual.strip import Strip

from engine import Trace
from engine.measure.evaluation import Evaluation
from engine.measure.trace import GOOD
from tui.charts.curves import accuracy_strips, loss_strips, strips_of
from tui.charts.heat_map import STEPS_MARGIN, heat_strips, step_axis
from tui.charts.painter import Painter, Part
from tui.charts.pixels import has_pixels
from tui.state.scene import Curves, Heat
from tui.style.looks import CURVE, FAINT, INK, QUIET, SLOPE
from tui.style.wrapping import wrapped
from tui.words.language import _, each
from tui.words.numbers import factor, percent, reading
from tui.words.training import (
    ACCURACY,
    BATCH,
    CHARACTER_TITLES,
    HEAT_SIGNS,
    HEAT_TITLES,
    LOSS,
    NORM,
    RATE,
    TEST,
    at_step,
    reached_text,
)

_PLOTS = {
    "loss": loss_strips,
    "accuracy": accuracy_strips,
    "learning_rate": strips_of("learning_rate"),
    "gradient_norm": strips_of("gradient_norm"),
}
_TESTED = ("loss", "accuracy")

LEAST_ROWS = 3
"""Of a plot; where the gradients would leave it less they are not drawn."""


def over_time_titles(
    painter: Painter, trace: Trace, curves: Curves, tests: Sequence[Evaluation], width: int
) -> list[Strip]:
    """What stands over each plot: the numbers of the Trace, and the test set's newest ones."""
    plots = plotted(curves)
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
    loss = "" if "loss" in trace.absent else reading(trace.loss)
    titles = [titled(_(LOSS), loss, tested, when)] if "loss" in plots else []
    if "accuracy" in plots:
        tested = None if test is None or test.accuracy is None else percent(test.accuracy)
        if trace.milestone is not None:
            # the loss has said of which step the test set's numbers are
            when = [(f"  {reached_text(GOOD, trace.milestone)}", INK)]
        share = "" if trace.accuracy is None else percent(trace.accuracy)
        titles.append(titled(_(ACCURACY), share, tested, when))
    if "learning_rate" in plots:
        rate = "" if "learning_rate" in trace.absent else factor(trace.learning_rate)
        titles.append(painter.words((f"{_(RATE)}  ", QUIET), (rate, INK)))
    if "gradient_norm" in plots:
        norm = "" if "gradient_norm" in trace.absent else reading(trace.gradient_norm)
        titles.append(painter.words((f"{_(NORM)}  ", QUIET), (norm, INK)))
    return titles


def plotted(curves: Curves) -> tuple[str, ...]:
    """What is known of a run over its steps, in the order of the plots."""
    known = {
        "loss": curves.loss,
        "accuracy": curves.accuracy,
        "learning_rate": curves.learning_rate,
        "gradient_norm": curves.gradient_norm,
    }
    return tuple(n for n, v in known.items() if v is not None and np.isfinite(v).any())


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
    cells, plots = max(width - STEPS_MARGIN, 1), plotted(curves)
    rows, below = _shares(height, len(plots))
    end, last = heat.stride * cells, int(curves.steps[-1])
    tests = [test for test in tests if test.step <= last]
    drawn = [
        _PLOTS[plot](painter, curves, tests if plot in _TESTED else (), (cells, rows), end)
        for plot in plots
    ]
    steps = step_axis(heat.stride, cells, painter.glyphs.horizontal)
    corner = " " * (STEPS_MARGIN - 1) + painter.glyphs.corner
    axis = painter.words((corner, FAINT), (steps, QUIET))
    if not last:
        words = wrapped(painter.glyphs.spell(starts), width)
        lines = [Strip([]), *[painter.words((line, QUIET)) for line in words]]
        return [*drawn, [axis, *lines[:below]]]
    under = [Strip([])] * below
    if below > LEAST_ROWS and heat.decades.size:
        sign = HEAT_SIGNS[heat.metric]
        templates = each(HEAT_TITLES if has_pixels(painter) else CHARACTER_TITLES)
        titles = [template.format(sign=sign) for template in templates]
        title = next((t for t in titles if cell_len(t) <= width), titles[-1])
        under = [painter.words((title, QUIET)), *heat_strips(painter, heat, cells, below - 1)]
    return [*drawn, [*under, axis]]


def _shares(height: int, plots: int) -> tuple[int, int]:
    """Rows of each plot, an odd number for the sake of its middle, and those of the gradients."""
    rows = (height - plots - 2) // (plots + 1)
    if rows < LEAST_ROWS:
        rows = (height - plots - 1) // max(plots, 1)
    rows = max(rows - (rows + 1) % 2, 1)
    return rows, max(height - plots * (rows + 1) - 1, 0)


def _length(painter: Painter, parts: Sequence[Part]) -> int:
    return sum(painter.length(part[0]) for part in parts)
