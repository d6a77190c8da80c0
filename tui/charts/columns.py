"""Which cells of the chart belong to which layers."""

from dataclasses import dataclass

MAX_BAR = 12
"""A bar is never wider than this, however few layers there are."""


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
    def centre(self) -> int:
        """Its middle cell."""
        return self.start + self.width // 2


def columns(depth: int, cells: int) -> tuple[Column, ...]:
    """The columns of that many layers in so many cells, input left, output right.

    The whole width is used, fractions of a cell spread evenly, with a gap between columns where
    there is room. Where there are more layers than cells, neighbours share a column, but the first
    and the last layer keep their own.
    """
    if depth <= cells:
        # gaps everywhere or nowhere: some would read as a rhythm that the data does not have
        gap = 1 if cells // depth >= 2 else 0
        return tuple(
            _column(layer, layer * cells // depth, (layer + 1) * cells // depth, gap)
            for layer in range(depth)
        )
    inner, shared = depth - 2, cells - 2
    result = [Column(1, 1, 0, 1)]
    for cell in range(shared):
        first, last = cell * inner // shared, (cell + 1) * inner // shared
        result.append(Column(first + 2, last + 1, cell + 1, 1))
    return (*result, Column(depth, depth, cells - 1, 1))


def _column(index: int, start: int, stop: int, gap: int) -> Column:
    slot = stop - start
    width = min(slot - gap, MAX_BAR)
    return Column(index + 1, index + 1, start + (slot - gap - width) // 2, width)


def column_of(layer: int, all_columns: tuple[Column, ...]) -> int:
    """The index of the column that holds a layer."""
    return next(i for i, column in enumerate(all_columns) if layer <= column.last)


def layer_at(cell: int, all_columns: tuple[Column, ...], cursor: int) -> int:
    """The layer that somebody means who points at a cell while the cursor is on another.

    The middle one of those that share a column, and round them one by one from there.
    """
    nearest = min(all_columns, key=lambda c: max(c.start - cell, cell - c.start - c.width + 1, 0))
    if nearest.first <= cursor <= nearest.last:
        return nearest.first if cursor == nearest.last else cursor + 1
    return (nearest.first + nearest.last) // 2


def axis_labels(all_columns: tuple[Column, ...], cells: int, cursor: int | None = None) -> str:
    """The line of layer numbers under the columns; the cursor's layer is always named."""
    line = [" "] * cells
    depth = all_columns[-1].last
    named = [layer for layer in (cursor, 1, depth) if layer is not None]
    step = next(s for s in (5, 10, 20, 25, 50, 100, 200, 250) if depth // s <= 10 or s == 250)
    if depth <= 10:
        step = 1
    for layer in [*named, *range(step, depth, step)]:
        text = str(layer)
        centre = all_columns[column_of(layer, all_columns)].centre
        start = min(max(centre - (len(text) - 1) // 2, 0), cells - len(text))
        around = line[max(start - 1, 0) : start + len(text) + 1]
        if all(character == " " for character in around):
            line[start : start + len(text)] = text
    return "".join(line)
