"""The test accuracy and the batch's loss of two runs over their steps, each on one axis."""

import numpy as np
from textual.strip import Strip

from tui.charts.curves import SHARES, Axis, loss_axis, plot_strips
from tui.charts.heat_map import STEPS_MARGIN, step_axis
from tui.charts.painter import Painter
from tui.charts.plots import Curve, dot_row
from tui.state.race import NAMES, Shown, evaluations_of
from tui.state.scene import STRIDES, Curves, Room, Values
from tui.style.looks import FAINT, QUIET, RACERS
from tui.words.language import _
from tui.words.race import BATCH_LOSS, OTHER_LOSSES, TEST_ACCURACY

LEAST_ROWS = 3
"""Of a plot."""

Points = tuple[Values, Values]
"""Steps, and a value at each."""


def curve_strips(
    painter: Painter, shown: Shown, curves: tuple[Curves, Curves], room: Room
) -> list[Strip]:
    """Two plots over one axis of steps; losses only where they are the same one."""
    cells = max(room.width - STEPS_MARGIN, 1)
    last = max(int(each.steps[-1]) for each in curves)
    stride = next(stride for stride in STRIDES if last < stride * cells)
    accuracies = [_accuracies(shown, racer) for racer in range(2)]
    plots: list[tuple[str, list[Points], Axis]] = []
    if any(np.isfinite(values).any() for _steps, values in accuracies):
        plots.append((_(TEST_ACCURACY), accuracies, SHARES))
    if shown.comparison.same_loss:
        losses = [(c.steps.astype(np.float64), c.loss) for c in curves]
        axis = loss_axis(np.concatenate([values for _steps, values in losses]))
        plots.append((_(BATCH_LOSS), [(steps, axis.of(v)) for steps, v in losses], axis))
    rows = (room.height - 1) // len(plots) - 1 if plots else 0
    # an odd number, for the sake of its middle
    rows -= (rows + 1) % 2
    if rows < LEAST_ROWS:
        return []
    drawn: list[Strip] = []
    for title, points, plot_axis in plots:
        drawn.append(painter.words((title, QUIET)))
        lines = [_curve(painter, racer, *each) for racer, each in enumerate(points)]
        size, end = (cells, rows), stride * cells
        plot = plot_strips(painter, lines, size, end, plot_axis)
        drawn += _named(painter, plot, points, size, end, plot_axis)
    if not shown.comparison.same_loss:
        drawn.append(painter.words((_(OTHER_LOSSES), QUIET)))
    corner = " " * (STEPS_MARGIN - 1) + painter.glyphs.corner
    steps = step_axis(stride, cells, painter.glyphs.horizontal)
    return [*drawn, painter.words((corner, FAINT), (steps, QUIET))]


def _named(
    painter: Painter,
    plot: list[Strip],
    points: list[Points],
    size: tuple[int, int],
    end: int,
    axis: Axis,
) -> list[Strip]:
    """Each curve with its name where it ends."""
    cells, rows = size
    taken: set[tuple[int, int]] = set()
    for racer, (steps, values) in enumerate(points):
        known = np.flatnonzero(np.isfinite(values))
        if not known.size:
            continue
        last = known[-1]
        row = dot_row(float(values[last]), rows, axis.ends, painter.glyphs)
        column = min(int(steps[last] / end * (cells - 1)) + 1, cells - 2)
        column += (row, column) in taken
        taken.add((row, column))
        name = painter.words((NAMES[racer], RACERS[racer], True))
        at = STEPS_MARGIN + column
        strip = plot[row]
        before, after = strip.crop(0, at), strip.crop(at + 1, strip.cell_length)
        plot[row] = Strip.join([before, name, after])
    return plot


def _accuracies(shown: Shown, racer: int) -> Points:
    """On the test set, at the steps at which that was asked for."""
    found = evaluations_of(shown.traces[racer])
    values = [np.nan if e.accuracy is None else e.accuracy for e in found]
    return np.array([e.step for e in found], np.float64), np.array(values, np.float64)


def _curve(painter: Painter, racer: int, steps: Values, values: Values) -> Curve:
    style = painter.palette.style(RACERS[racer], bold=racer == 1)
    return Curve(steps, values, style, NAMES[racer].lower())
