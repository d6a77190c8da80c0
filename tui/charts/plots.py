"""Curves as text without colour, drawn by plotext, so that the styles are ours."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style

from tui.style.glyphs import ASCII, Glyphs

Values = NDArray[np.float64]


def curve_rows(
    x: Values,
    y: Values,
    size: tuple[int, int],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    glyphs: Glyphs,
) -> list[str]:
    """The rows of one curve in (cells, rows); points outside the ranges are left out.

    plotext has one global figure: never call this from two threads.
    """
    import plotext  # a tenth of a second: only where a curve is shown

    cells, rows = size
    seen = np.isfinite(y) & (y >= y_range[0]) & (y <= y_range[1])
    if not seen.any():
        return [" " * cells] * rows
    plotext.terminal.limit(False, False)
    figure = plotext.figure
    figure.clear()
    figure.plot_size(cells, rows)
    figure.axes(False)
    for axis, limits in (("x", x_range), ("y", y_range)):
        figure.ruler(axis).lim(*limits)
        figure.ruler(axis).frequency(0)
    marker = "*" if glyphs is ASCII else "hd"
    for part in _stretches(seen):
        figure.draw(figure.signal(x[part].tolist(), y[part].tolist(), marker=marker).lines())
    text: str = plotext.uncolorize(figure.build().string())
    lines = text.split("\n")[:rows]
    return [line.ljust(cells)[:cells] for line in [*lines, *[""] * (rows - len(lines))]]


def _stretches(seen: NDArray[np.bool_]) -> Sequence[slice]:
    """The unbroken runs of points: what lies between two of them is not joined by a line."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(int)))
    return [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def merged(layers: list[tuple[str, Style]]) -> list[Segment]:
    """Texts on top of each other, the first uppermost, blanks letting through."""
    cells = []
    for column in zip(*(text for text, _ in layers), strict=True):
        shown = next((i for i, character in enumerate(column) if character != " "), 0)
        cells.append(Segment(column[shown], layers[shown][1]))
    return list(Segment.simplify(cells))
