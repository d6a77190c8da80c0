"""A Trace as text: the chart of its gradients with the lines about it."""

from textual.strip import Strip

from engine import Trace, Verdict
from tui.charts.bar_chart import Picture, bar_strips, stuck_columns
from tui.charts.bars import Frame, bars_of
from tui.charts.canvas import Strips
from tui.charts.columns import columns
from tui.charts.overlays import NO_OVERLAYS, overlays_of
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.scale import Scale, scale_of
from tui.state.axis import fitted
from tui.state.metrics import EVERY_METRIC, Metric
from tui.style.glyphs import Glyphs
from tui.style.looks import INK
from tui.style.palette import Palette
from tui.style.wrapping import in_lines
from tui.words.causes import because, cause_texts
from tui.words.experiment import JOINT, experiment_text
from tui.words.trace import summary_text
from tui.words.verdict import divergence_texts, judged_text
from tui.words.views import metric_words

MIN_WIDTH = 40
PICTURE_ROWS = 14


def to_text(
    trace: Trace,
    found: Verdict,
    width: int,
    glyphs: Glyphs,
    metric: str = "g",
    subject: str | None = None,
) -> str:
    """The metric's chart with experiment and verdict in plain characters, `width` at most.

    The `subject` stands in the place of an experiment that there is none of.
    """
    width = max(width, MIN_WIDTH)

    def words(text: str, joint: str = " ") -> list[str]:
        return in_lines(glyphs.spell(text), width, joint)

    lines = [
        *words(subject or experiment_text(trace.ours), glyphs.spell(JOINT)),
        *words(judged_text(trace, found)),
        *words("  ".join(metric_words(metric))),
    ]
    lines += [strip.text.rstrip() for strip in _chart(trace, EVERY_METRIC[metric], width, glyphs)]
    lines += words(summary_text(trace), "  ")
    for text in cause_texts(trace, found)[:1]:
        lines += words(because(text))
    for text in divergence_texts(trace)[:1]:
        lines += words(text)
    return "\n".join(lines)


def _chart(trace: Trace, metric: Metric, width: int, glyphs: Glyphs) -> list[Strip]:
    """The metric's bars with theory's line."""
    cells, values, axis = width - BAR_MARGIN, metric.known(trace), fitted(metric.values(trace))
    layout = columns(trace.depth, cells)
    scale = None if axis is None else scale_of(axis, PICTURE_ROWS)
    steps = len(glyphs.levels) - 1
    bars = bars_of(values, layout, scale or Scale(PICTURE_ROWS, 0), steps, lambda decades: INK)
    line = None if metric.predicted is None else metric.predicted(trace)
    overlays = NO_OVERLAYS if scale is None else overlays_of(layout, scale, line=line)
    frame = Frame(layout, bars, cells, PICTURE_ROWS, None, overlays)
    painter = Painter(Palette(coloured=False), glyphs)
    stuck = stuck_columns(layout, trace.dead, trace.closed)
    return bar_strips(painter, Strips(), Picture(frame, scale, None, stuck))
