"""Which cells of the chart belong to which layers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]

WIDE = 8
"""Bars that could be so many cells wide leave a gap in proportion."""


@dataclass(frozen=True)
class Column:
    """Layers `first` to `last` (from 1) share the cells `start` to `start + width`."""

    first: int
    last: int
    start: int
    width: int

    @property
    def layers(self) -> slice:
        """The column's entries in an array with one entry a layer."""
        return slice(self.first - 1, self.last)

    @property
    def stop(self) -> int:
        """The cell after its last."""
        return self.start + self.width

    @property
    def centre(self) -> int:
        """Its middle cell."""
        return self.start + self.width // 2


# of a view, the lines about it and whatever else is drawn at one time
@lru_cache(maxsize=8)
def columns(depth: int, cells: int) -> tuple[Column, ...]:
    """The columns of that many layers in so many cells, input left, output right.

    The whole width is used, fractions of a cell spread evenly, with a gap between columns where
    there is room. Where there are more layers than cells, neighbours share a column, but the first
    and the last layer keep their own.
    """
    if depth <= cells:
        # gaps everywhere or nowhere: some would read as a rhythm that the data does not have
        slot = cells // depth
        gap = max(slot // WIDE, 1) if slot >= 2 else 0
        edges = [layer * (cells + gap) // depth for layer in range(depth + 1)]
        return tuple(
            Column(layer + 1, layer + 1, edges[layer], edges[layer + 1] - gap - edges[layer])
            for layer in range(depth)
        )
    inner, shared = depth - 2, cells - 2
    result = [Column(1, 1, 0, 1)]
    for cell in range(shared):
        first, last = cell * inner // shared, (cell + 1) * inner // shared
        result.append(Column(first + 2, last + 1, cell + 1, 1))
    return (*result, Column(depth, depth, cells - 1, 1))


def gap_of(all_columns: tuple[Column, ...]) -> int:
    """How many cells are between columns; between all as many."""
    return all_columns[1].start - all_columns[0].stop if len(all_columns) > 1 else 0


def cells_of(all_columns: tuple[Column, ...]) -> tuple[Indices, Indices]:
    """The cells of all columns, and the index of the column that each belongs to."""
    widths = np.array([column.width for column in all_columns])
    owners = np.repeat(np.arange(len(all_columns)), widths)
    starts = np.array([column.start for column in all_columns])
    return np.arange(len(owners)) + (starts - np.cumsum(widths) + widths)[owners], owners


def column_of(layer: int, all_columns: tuple[Column, ...]) -> int:
    """The index of the column that holds a layer."""
    return next(i for i, column in enumerate(all_columns) if layer <= column.last)


def layer_at(cell: int, all_columns: tuple[Column, ...], cursor: int) -> int:
    """The layer that somebody means who points at a cell while the cursor is on another.

    The middle one of those that share a column, and round them one by one from there.
    """
    nearest = min(all_columns, key=lambda c: max(c.start - cell, cell - c.stop + 1, 0))
    if nearest.first <= cursor <= nearest.last:
        return nearest.first if cursor == nearest.last else cursor + 1
    return (nearest.first + nearest.last) // 2
