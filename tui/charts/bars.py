"""A column chart as pure data: bars with their heights in rows, and what lies over and behind."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.charts.columns import Column
from tui.charts.overlays import NO_OVERLAYS, Overlays
from tui.charts.scale import Scale
from tui.style.looks import INK

Values = NDArray[np.float64]


class Bar(NamedTuple):
    """What one column shows, in one colour; without one it is not reached yet.

    `height`, `least` and `most` are in rows, quantised to the glyphs' steps; the last two span
    the layers that share the column. `name` stands instead of a bar for 0 and what is not finite.
    """

    height: float
    least: float
    most: float
    colour: str | None = INK
    name: str = ""


NOTHING = Bar(0, 0, 0, None)


@dataclass(frozen=True)
class Rule:
    """A dotted line behind the bars, on a level (0 at the bottom), with the text that fits on it.

    Of several the first that does; without room for any it is not drawn.
    """

    level: int
    texts: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Frame:
    """One picture: a bar for each column, `rows` cells high, and the column under the cursor."""

    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    cells: int
    rows: int
    cursor: int | None
    overlays: Overlays = NO_OVERLAYS
    rules: tuple[Rule, ...] = ()


def bars_of(
    values: Values | None,
    columns: tuple[Column, ...],
    scale: Scale,
    steps: int,
    colour_of: Callable[[float], str],
) -> tuple[Bar, ...]:
    """The bars of one value a layer, none without values; `colour_of` the logarithm of a value."""
    if values is None:
        return (NOTHING,) * len(columns)
    # a few values a column at most: numpy would take longer
    each = values.tolist()
    return tuple(bar_of(each[column.layers], scale, steps, colour_of) for column in columns)


def bar_of(
    several: Sequence[float], scale: Scale, steps: int, colour_of: Callable[[float], str]
) -> Bar:
    """The bar of the layers that share one column: median, least and most of their values."""
    worst = next((value for value in several if not math.isfinite(value)), None)
    if worst is not None:
        return Bar(0, 0, 0, name="nan" if math.isnan(worst) else "inf")
    middle = median(several)
    if middle == 0:
        return Bar(0, 0, 0, name="0")
    height, colour = _height(middle, scale, steps), colour_of(math.log10(middle))
    if len(several) == 1:
        return Bar(height, height, height, colour)
    least, most = (_height(end, scale, steps) for end in (min(several), max(several)))
    return Bar(height, least, most, colour)


def _height(value: float, scale: Scale, steps: int) -> float:
    """A value's height, a step at least unless it is 0, so that nothing real is invisible."""
    if value <= 0:
        return 0.0
    quantised = round(scale.height(value) * steps) / steps
    return min(max(quantised, 1 / steps), float(scale.rows))
