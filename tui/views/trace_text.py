"""A Trace as text: the chart of its gradients with the lines about it."""

from engine import Trace, verdict
from tui.charts.bars import frame_of, row_runs
from tui.charts.columns import axis_labels, columns
from tui.charts.ticks import ticks
from tui.state.axis import fitted
from tui.style.glyphs import Glyphs
from tui.words.experiment import JOINT, experiment_text
from tui.words.trace import DIRECTION, summary_text
from tui.words.verdict import badge, cause_text, divergence_text, verdict_text
from tui.words.views import metric_words

MIN_WIDTH = 40
PICTURE_ROWS = 14


def to_text(trace: Trace, width: int, glyphs: Glyphs) -> str:
    """The chart with its experiment and verdict lines in plain characters, `width` at most."""
    width = max(width, MIN_WIDTH)
    found = verdict(trace)
    values = trace.output_grad_norm
    axis = fitted(values)
    margin = max(len(f"1e{axis.low}"), len(f"1e{axis.high}"))
    cells = width - margin - 2
    layout = columns(trace.depth, cells)
    frame = frame_of(values, layout, axis, cells, PICTURE_ROWS, None, glyphs)
    marks = ticks(axis, PICTURE_ROWS)

    def words(text: str, joint: str = " ") -> list[str]:
        return _wrapped(glyphs.spell(text).split(joint), width, joint)

    lines = [
        *words(experiment_text(trace.experiment), glyphs.spell(JOINT)),
        *words(f"{badge(trace, found)}: {verdict_text(trace, found)}"),
        *words("  ".join(metric_words("g"))),
    ]
    for row in range(PICTURE_ROWS):
        label = f"1e{marks[row]}" if row in marks else ""
        bars = "".join(text for text, _ in row_runs(frame, row, glyphs))
        lines.append(f"{label:>{margin}} {glyphs.vertical}{bars}".rstrip())
    lines.append(" " * (margin + 1) + glyphs.corner + glyphs.horizontal * cells)
    lines.append((" " * (margin + 2) + axis_labels(layout, cells)).rstrip())
    lines += [line.rjust(width) for line in words(DIRECTION)]
    lines += words(summary_text(trace), "  ")
    lines += words(cause_text(trace, found))
    lines += words(divergence_text(trace))
    return "\n".join(lines)


def _wrapped(words: list[str], width: int, joint: str) -> list[str]:
    """Words joined into lines of that width; only a single longer word is broken."""
    lines = [""]
    for word in words:
        longer = lines[-1] + joint + word if lines[-1] else word
        if len(longer) <= width:
            lines[-1] = longer
            continue
        lines.append(word)
        while len(lines[-1]) > width:
            lines[-1:] = [lines[-1][:width], lines[-1][width:]]
    return [line for line in lines if line]
