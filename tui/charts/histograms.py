"""Histograms as rows of blocks on any range, as pure data."""

import numpy as np
from numpy.typing import NDArray

from engine import Histogram
from tui.charts.canvas import letters
from tui.style.glyphs import Glyphs

Values = NDArray[np.float64]


def rebinned(histogram: Histogram, low: float, high: float, cells: int) -> Values:
    """The counts in so many equal cells from `low` to `high`; bins are spread evenly.

    What lies beyond an end is not in any cell.
    """
    gathered = np.concatenate([[0.0], np.cumsum(histogram.counts)])
    edges = np.linspace(low, high, cells + 1)
    return np.asarray(np.diff(np.interp(edges, histogram.edges, gathered)))


def share_within(histogram: Histogram, low: float, high: float) -> float:
    """The share of all values that lie in a range."""
    return float(rebinned(histogram, low, high, 1)[0] / max(histogram.total, 1))


def block_rows(counts: Values, rows: int, glyphs: Glyphs) -> list[str]:
    """The counts as columns of blocks, top row first; what is not 0 shows a step at least."""
    return [str(row.tobytes(), "utf-32-le") for row in block_cells(counts, rows, glyphs)]


def block_cells(counts: Values, rows: int, glyphs: Glyphs) -> NDArray[np.uint32]:
    """The same as the characters of (rows, cells)."""
    steps = len(glyphs.levels) - 1
    top = float(counts.max(initial=0.0)) or 1.0
    heights = np.ceil(counts / top * rows * steps - 1e-9).astype(int)
    # a thousandth of a value is not worth a mark
    heights[counts < 0.05] = 0
    below = steps * np.arange(rows - 1, -1, -1)[:, np.newaxis]
    return letters(glyphs.levels)[np.clip(heights - below, 0, steps)]
