"""Columns of a chart and the layers in them."""

import re
from itertools import pairwise

import pytest

from tui.charts.columns import column_of, columns, layer_at
from tui.charts.foot import foot_runs
from tui.style.glyphs import ASCII, BLOCKS, Glyphs


def test_every_layer_of_a_shared_column_can_be_clicked() -> None:
    """The middle one first, then round the others."""
    layout = columns(300, 50)
    column = layout[20]
    reached = [layer_at(column.start, layout, 1)]
    for _ in range(column.last - column.first):
        reached.append(layer_at(column.start, layout, reached[-1]))
    assert sorted(reached) == list(range(column.first, column.last + 1))


@pytest.mark.parametrize("depth", [1, 2, 3, 20, 35, 70, 71, 100, 200, 1000])
@pytest.mark.parametrize("cells", [50, 70, 72, 90, 150])
def test_columns_hold_every_layer_once_and_fill_the_row(depth: int, cells: int) -> None:
    """In order, gaps alike, widths alike to a cell; the first and the last layer have their own."""
    layout = columns(depth, cells)
    layers = [layer for column in layout for layer in range(column.first, column.last + 1)]
    assert layers == list(range(1, depth + 1))
    assert layout[0].first == layout[0].last == 1
    assert layout[-1].first == layout[-1].last == depth
    assert layout[0].start == 0
    assert layout[-1].stop == cells
    assert len({right.start - left.stop for left, right in pairwise(layout)}) <= 1
    widths = {column.width for column in layout}
    assert max(widths) - min(widths) <= 1
    assert min(widths) >= 1
    assert all(layout[column_of(layer, layout)].first <= layer for layer in (1, depth))


def foot(depth: int, cells: int, cursor: int | None, glyphs: Glyphs = BLOCKS) -> str:
    """The line under the columns."""
    return "".join(text for text, _ in foot_runs(columns(depth, cells), cells, cursor, glyphs))


def test_the_foot_names_layers_and_both_ends() -> None:
    """The cursor's layer with its marker, every fifth one, the first and the last."""
    assert foot(20, 72, 7) == (
        "─1─ input ─────5──────▲7─────────10─────────────────15─────── output ─20"
    )
    assert foot(3, 30, None, ASCII) == "____1_ input _2_ output _3____"
    assert foot(1, 30, None, ASCII) == "__ input ______1____ output __"


@pytest.mark.parametrize("depth", [1, 2, 3, 12, 20, 50, 200, 1000])
@pytest.mark.parametrize("cells", [44, 52, 72, 190])
def test_the_cursor_is_always_named_and_eats_no_letters(depth: int, cells: int) -> None:
    """What it would touch moves or is left out as a whole."""
    known = {str(layer) for layer in range(1, depth + 1)} | {"input", "output"}
    for cursor in range(1, depth + 1, max(depth // 60, 1)):
        line = foot(depth, cells, cursor)
        words = re.findall(r"[^─ ]+", line)
        assert len(line) == cells
        assert next(word for word in words if "▲" in word).strip("▲") == str(cursor)
        assert {word.strip("▲") for word in words} <= known
        # an end is named beside its own number or not at all
        before, named, _ = line.partition("input")
        assert not named or re.findall(r"\d+", before) in ([], ["1"])
        _, named, after = line.partition("output")
        assert not named or re.findall(r"\d+", after) in ([], [str(depth)])
