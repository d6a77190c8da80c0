"""Columns of a chart and the layers in them."""

from itertools import pairwise

import pytest

from tui.charts.columns import axis_labels, column_of, columns, layer_at


def test_every_layer_of_a_shared_column_can_be_clicked() -> None:
    """The middle one first, then round the others."""
    layout = columns(300, 50)
    column = layout[20]
    reached = [layer_at(column.start, layout, 1)]
    for _ in range(column.last - column.first):
        reached.append(layer_at(column.start, layout, reached[-1]))
    assert sorted(reached) == list(range(column.first, column.last + 1))


@pytest.mark.parametrize("depth", [1, 2, 3, 20, 35, 70, 71, 100, 200, 1000])
@pytest.mark.parametrize("cells", [50, 70, 90, 150])
def test_columns_hold_every_layer_once_and_use_the_width(depth: int, cells: int) -> None:
    """In order, without overlap; the first and the last layer have their own."""
    layout = columns(depth, cells)
    layers = [layer for column in layout for layer in range(column.first, column.last + 1)]
    assert layers == list(range(1, depth + 1))
    assert layout[0].first == layout[0].last == 1
    assert layout[-1].first == layout[-1].last == depth
    for left, right in pairwise(layout):
        assert left.start + left.width <= right.start
    assert layout[-1].start + layout[-1].width <= cells
    if depth >= 8:
        assert layout[-1].start + layout[-1].width >= cells - cells // depth - 1
    widths = {column.width for column in layout}
    assert max(widths) - min(widths) <= 1
    assert all(layout[column_of(layer, layout)].first <= layer for layer in (1, depth))


def test_the_cursor_layer_is_always_named() -> None:
    """Whatever the others are."""
    layout = columns(200, 70)
    for cursor in (1, 2, 67, 199, 200):
        assert str(cursor) in axis_labels(layout, 70, cursor).split()
