"""Test digits, and what the network takes them for."""

import numpy as np
from rich.segment import Segment
from textual.strip import Strip

from engine.measure.evaluation import Predictions
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
    shades = _shades(painter) if has_pixels(painter) else []
    for start in range(0, min(across * down, len(shown.x)), across):
        at = range(start, min(start + across, len(shown.x)))
        pictures = [_picture(painter, shown.x[i], shades) for i in at]
        gap = Segment(" ", painter.blank)
        strips += [
            Strip([part for picture in pictures for part in (*picture[row], gap)])
            for row in range(ROWS - 1)
        ]
        strips.append(Strip([_words(painter, shown, i) for i in at]))
    return strips


def _shades(painter: Painter) -> list[str]:
    ground, ink = painter.palette.ground, painter.palette.colour(INK)
    return [mixed(ground, ink, grey / (GREYS - 1)) for grey in range(GREYS)]


def _picture(painter: Painter, x: np.ndarray, shades: list[str]) -> list[list[Segment]]:
    greys = np.round(np.clip(x / BRIGHTEST, 0, 1) * (GREYS - 1)).astype(int).reshape(SIDE, SIDE)
    if shades:
        rows = [[shades[grey] for grey in row] for row in greys]
        return pixel_rows(painter, rows)
    levels = painter.glyphs.levels
    means = (greys[::2] + greys[1::2]) / 2 / (GREYS - 1)
    return [
        [Segment("".join(levels[round(v * (len(levels) - 1))] for v in row), painter.ink)]
        for row in means
    ]


def _words(painter: Painter, shown: Predictions, i: int) -> Segment:
    label, answer = int(shown.labels[i]), int(shown.predicted[i])
    if label == answer:
        return Segment(f"{label:^{SIDE}} ", painter.quiet)
    return Segment(
        to_middle(mistaken_text(label, answer), SIDE) + " ",
        painter.palette.style(SATURATED, bold=True),
    )
