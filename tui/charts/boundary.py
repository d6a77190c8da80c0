"""What a network of two inputs answers all over the plane, and the test samples on it."""

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from textual.strip import Strip

from engine.data.datasets import Part
from engine.measure.evaluation import Grid
from tui.charts.painter import Painter
from tui.charts.pixels import has_pixels, pixel_rows
from tui.style.looks import BOOST, Look

Colours = tuple[tuple[str, str], ...]

ON_DARK: Colours = (
    ("#5fd7ff", "#005f87"),
    ("#ffd75f", "#875f00"),
    ("#87d787", "#005f00"),
    ("#ff87af", "#87005f"),
    ("#d7afff", "#5f5faf"),
    ("#ffaf87", "#870000"),
)
"""A class's samples and its region, all of the 256-colour cube; more classes go round."""

ON_LIGHT: Colours = (
    ("#005f87", "#afd7ff"),
    ("#875f00", "#ffd7af"),
    ("#005f00", "#afd7af"),
    ("#87005f", "#ffafd7"),
    ("#5f5faf", "#d7d7ff"),
    ("#870000", "#ffafaf"),
)

UNSURE = 0.2
"""Up to this share of the way from chance to certainty a region is grey."""

REGIONS = " .:-=+*%"
"""Characters for classes, where there is no colour."""


def class_colours(look: Look) -> Colours:
    """A look's colours of classes: of samples and of regions."""
    return ON_DARK if look.dark else ON_LIGHT


def boundary_strips(painter: Painter, grid: Grid, samples: Part) -> list[Strip]:
    """Regions by the answer, grey where it is unsure; samples in their own class's colour."""
    places = sample_places(grid, samples)
    if not has_pixels(painter):
        return _characters(painter, grid, places)
    look = painter.palette.look
    colours = class_colours(look)
    shades = [look.colours[BOOST], *(shade for pair in colours for shade in pair)]
    # of each class first the colour of its samples
    pixels = np.where(_is_sure(grid), 2 + 2 * (grid.predicted % len(colours)), 0)
    for place, label in places.items():
        pixels[place] = 1 + 2 * (label % len(colours))
    return pixel_rows(painter, pixels, shades)


def sample_places(grid: Grid, samples: Part) -> dict[tuple[int, int], int]:
    """The pixel of each sample, and its class."""
    rows, columns = grid.predicted.shape
    x, y = samples.x[:, 0], samples.x[:, 1]
    column = ((x - grid.left) / (grid.right - grid.left) * columns).astype(int)
    row = ((grid.top - y) / (grid.top - grid.bottom) * rows).astype(int)
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    return {
        (int(r), int(c)): int(label)
        for r, c, label in zip(row[inside], column[inside], samples.labels[inside], strict=True)
    }


def _is_sure(grid: Grid) -> NDArray[np.bool_]:
    classes = max(int(grid.predicted.max()) + 1, 2)
    return np.asarray((grid.confidence * classes - 1) / (classes - 1) > UNSURE)


def _characters(painter: Painter, grid: Grid, places: dict[tuple[int, int], int]) -> list[Strip]:
    strips = []
    for row in range(0, len(grid.predicted), 2):
        line = [REGIONS[int(label) % len(REGIONS)] for label in grid.predicted[row]]
        for (r, column), label in places.items():
            if r // 2 == row // 2:
                line[column] = str(label % 10)
        strips.append(Strip([Segment("".join(line), painter.ink)]))
    return strips
