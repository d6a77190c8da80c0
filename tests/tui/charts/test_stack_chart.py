"""What the chain view draws, read back from its cells and compared with the numbers."""

from typing import Any

import numpy as np
import pytest

from engine import run
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.networks import NETWORKS
from tests.support.stack_reader import StackReader
from tui.charts.canvas import Strips
from tui.charts.columns import Column, columns
from tui.charts.factor_axis import EIGHTHS, FactorAxis, factor_axis
from tui.charts.painter import Painter
from tui.charts.stack_cells import StackCells
from tui.charts.stack_chart import StackChart, StackPicture
from tui.charts.stacks import LEAST_SEEN, Lane, Piece, Stack, extents, pieces_of, stacks_of
from tui.style.glyphs import ASCII, BLOCKS
from tui.style.looks import FAMILY_COLOURS, LOOKS
from tui.style.palette import Palette
from tui.words.chain import ASCII_LETTERS

PALETTE = Palette()


def drawn(
    stacks: tuple[Stack, ...], layout: tuple[Column, ...], rows: int, palette: Palette = PALETTE
) -> tuple[StackReader, FactorAxis]:
    """A chart of stacks, marks and dimmed columns included."""
    axis = factor_axis(*extents(stacks), rows)
    chart = StackChart(Painter(palette, BLOCKS), StackPicture(layout, stacks, (), None, axis))
    dims = [index < len(layout) // 2 for index in range(len(layout))]
    *strips, _ = chart.strips(Strips(), dims, None)
    return StackReader(strips, axis.up, palette), axis


def check(stack: Stack, column: Column, reader: StackReader, axis: FactorAxis) -> None:
    """Every piece has its length to half an eighth, or an eighth where it is seen at all.

    It is drawn so in each row without a mark; one with a mark hides half a row of an end at most.
    """
    for direction in (1, -1):
        exact = {
            family: abs(log) * axis.per_decade * EIGHTHS
            for family, log in stack.parts
            if log * direction > 0
        }
        pieces = pieces_of(stack, axis, direction, column.width)
        lengths = {piece.family: piece.stop - piece.start for piece in pieces}
        for family, eighths in exact.items():
            told_apart = eighths / axis.per_decade / EIGHTHS >= LEAST_SEEN
            least = 1 if told_apart else 0
            assert max(eighths - 0.5, least) <= lengths.get(family, 0) <= max(eighths + 0.5, 1)
        marked = reader.marked(column, direction)
        rows = set(range(axis.up if direction > 0 else axis.down)) - set(marked)
        expected = {piece.family: eighths_in(piece, rows) for piece in pieces}
        assert reader.lengths(column, direction) == {f: n for f, n in expected.items() if n}
        for level, thin in marked.items():
            begun = [piece.stop for piece in pieces if piece.start < (level + 1) * EIGHTHS]
            end = min(max(begun, default=0) - level * EIGHTHS, EIGHTHS)
            assert thin[1] == end if thin else end >= EIGHTHS / 2 or end <= 0


def eighths_in(piece: Piece, rows: set[int]) -> int:
    """How much of a piece is in some rows."""
    return sum(eighth // EIGHTHS in rows for eighth in range(piece.start, piece.stop))


SCREENS = [(name, rows, look) for name in NETWORKS for rows in (4, 12, 37) for look in LOOKS]


@pytest.mark.parametrize(
    ("name", "rows", "look"),
    cases(SCREENS, lambda case: case[1:] == (12, next(iter(LOOKS))) or case[:2] == ("all", 12)),
)
def test_every_piece_has_its_length_to_an_eighth_of_a_cell(name: str, rows: int, look: str) -> None:
    """At depths where a layer has two cells or more, in each look."""
    for depth in (3, 20, 24):
        trace = run(experiment_of(depth=depth, width=16, **NETWORKS[name]))
        layout = columns(depth, 72)
        stacks = stacks_of(trace, layout)
        reader, axis = drawn(stacks, layout, rows, Palette(LOOKS[look]))
        for stack, column in list(zip(stacks, layout, strict=True))[1:]:
            check(stack, column, reader, axis)


@pytest.mark.parametrize("settings", NETWORKS.values(), ids=NETWORKS.keys())
def test_marks_stand_where_the_factors_come_to(settings: dict[str, Any]) -> None:
    """Within half a row, and only where there is more than one factor."""
    for depth in (3, 12):
        trace = run(experiment_of(depth=depth, width=16, **settings))
        layout = columns(depth, 72)
        stacks = stacks_of(trace, layout)
        reader, axis = drawn(stacks, layout, 20)
        for stack, column in list(zip(stacks, layout, strict=True))[1:]:
            expected = stack.net * axis.per_decade if len(stack.parts) > 1 else None
            assert reader.mark(column) == pytest.approx(expected, abs=0.5)


@pytest.mark.parametrize("seed", cases(range(60), lambda seed: seed < 8))
def test_any_stack_is_drawn_as_it_is(seed: int) -> None:
    """One to three families that pull where they like, small ones among them."""
    rng = np.random.default_rng(seed)
    layout = columns(int(rng.integers(2, 17)), 72)
    stacks = []
    for _ in layout:
        families = rng.permutation(["activation", "norm", "weight"])[: rng.integers(1, 4)]
        logs = rng.normal(size=len(families)) * 10.0 ** rng.uniform(-3.5, 0.5, len(families))
        parts = tuple(zip(map(str, families), map(float, logs), strict=True))
        stacks.append(Stack(parts, float(sum(logs))))
    reader, axis = drawn(tuple(stacks), layout, int(rng.integers(3, 30)))
    for stack, column in list(zip(stacks, layout, strict=True))[1:]:
        check(stack, column, reader, axis)


@pytest.mark.parametrize("seed", cases(range(30), lambda seed: seed < 10))
def test_columns_of_one_cell_are_as_long_as_their_pieces(seed: int) -> None:
    """As wider ones are."""
    rng = np.random.default_rng(seed)
    layout = columns(72, 72)
    stacks = []
    for _ in layout:
        logs = rng.normal(size=3) * 10.0 ** rng.uniform(-2, 0, 3)
        parts = tuple(zip(("weight", "norm", "activation"), map(float, logs), strict=True))
        stacks.append(Stack(parts, float(sum(logs))))
    reader, axis = drawn(tuple(stacks), layout, 24)
    for stack, column in list(zip(stacks, layout, strict=True))[1:]:
        check(stack, column, reader, axis)


def test_two_factors_below_one_are_both_seen() -> None:
    """tanh: weights of 0.997 and of 0.917 beside a slope; an eighth, and many."""
    layout = columns(3, 72)
    logs = [
        (np.log10(slope), np.log10(w)) for slope, w in ((0.9, 1.0), (0.95, 0.997), (0.95, 0.917))
    ]
    stacks = tuple(
        Stack((("weight", float(w)), ("activation", float(slope))), float(w + slope))
        for slope, w in logs
    )
    reader, _ = drawn(stacks, layout, 12)
    little, much = (reader.lengths(column, -1) for column in layout[1:])
    assert little["activation"] == much["activation"]
    assert little["weight"] in (1, 2)
    assert much["weight"] > 20


@pytest.mark.parametrize("edge", range(EIGHTHS + 1))
@pytest.mark.parametrize("away", [1, 2, -1, -2])
def test_a_letter_has_the_colour_of_what_it_stands_for(edge: int, away: int) -> None:
    """Also in a cell where two pieces meet."""
    cells = StackCells(Painter(PALETTE, ASCII))
    text, paint = cells.plain(Lane("weight", edge, "activation"), away, False)
    family = next(name for name, letter in ASCII_LETTERS.items() if letter == text)
    assert paint.ink == PALETTE.colour(FAMILY_COLOURS[family])
