"""Test digits, and what the network takes them for."""

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.strip import Strip

from engine.measure.evaluation import Predictions
from tui.charts.canvas import letters
from tui.charts.painter import Painter
from tui.charts.pixels import has_pixels, pixel_rows
from tui.style.cells import to_middle
from tui.style.looks import INK, SATURATED, mixed
from tui.words.training import mistaken_text

SIDE = 8
SLOT = SIDE + 1
"""Cells of a digit, and the gap after it."""

ROWS = SIDE // 2 + 1
"""Rows of a digit, two pixels each, and of the words under it."""

BRIGHTEST = 16.0
GREYS = 8


def places(width: int, rows: int) -> tuple[int, int]:
    """How many digits fit across and down."""
    return max((width + 1) // SLOT, 1), max(rows // ROWS, 1)


def sample_strips(painter: Painter, shown: Predictions, width: int, rows: int) -> list[Strip]:
    """A grid of digits, each with its class, and the answer where that is another."""
    across, down = places(width, rows)
    strips: list[Strip] = []
    for start in range(0, min(across * down, len(shown.x)), across):
        at = range(start, min(start + across, len(shown.x)))
        strips += _pictures(painter, shown.x[at.start : at.stop])
        strips.append(Strip([_words(painter, shown, i) for i in at]))
    return strips


def _pictures(painter: Painter, x: NDArray[np.floating]) -> list[Strip]:
    """Digits side by side, a gap after each."""
    greys = np.rint(np.clip(x / BRIGHTEST, 0, 1) * (GREYS - 1)).astype(int)
    gaps = np.zeros((len(x), SIDE, SLOT - SIDE), int)
    slots = np.concatenate((greys.reshape(len(x), SIDE, SIDE), gaps), axis=2)
    rows = slots.swapaxes(0, 1).reshape(SIDE, -1)
    if has_pixels(painter):
        ground, ink = painter.palette.ground, painter.palette.colour(INK)
        shades = [mixed(ground, ink, grey / (GREYS - 1)) for grey in range(GREYS)]
        return pixel_rows(painter, rows, shades)
    levels = letters(painter.glyphs.levels)
    means = (rows[::2] + rows[1::2]) / 2 / (GREYS - 1)
    cells = levels[np.rint(means * (len(levels) - 1)).astype(int)]
    return [Strip([Segment(str(row.tobytes(), "utf-32-le"), painter.ink)]) for row in cells]


def _words(painter: Painter, shown: Predictions, i: int) -> Segment:
    label, answer = int(shown.labels[i]), int(shown.predicted[i])
    if label == answer:
        return Segment(f"{label:^{SIDE}} ", painter.quiet)
    return Segment(
        to_middle(mistaken_text(label, answer), SIDE) + " ",
        painter.palette.style(SATURATED, bold=True),
    )
