"""Bars between two pictures, output first."""

from dataclasses import replace

from tui.charts.bars import Bar, Frame
from tui.state.animations import Heights, Transition


def heights_of(frame: Frame) -> Heights:
    """What a transition starts from."""
    return {c.first: bar.height for c, bar in zip(frame.columns, frame.bars, strict=True)}


def blend(transition: Transition, new: Frame, steps: int) -> Frame:
    """The picture in between; `steps` is how finely a cell divides."""
    count = len(new.columns)
    bars = []
    for index, (column, bar) in enumerate(zip(new.columns, new.bars, strict=True)):
        # each column takes half the time, the last layer's first
        delay = 0.5 * (1 - (index + 1) / count)
        part = min(max((transition.progress - delay) / 0.5, 0.0), 1.0)
        # the chart may have become lower meanwhile
        start = min(transition.old.get(column.first, 0.0), float(new.rows))
        bars.append(bar if part == 1.0 else _between(start, bar, part, steps))
    return replace(new, bars=tuple(bars))


def _between(old: float, new: Bar, part: float, steps: int) -> Bar:
    height = round((old + (new.height - old) * part) * steps) / steps
    return Bar(height, height, height, new.colour)
