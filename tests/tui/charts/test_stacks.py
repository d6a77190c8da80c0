"""The chain as a chart: the product is exact, the stacks are its logs, the formulas tell them."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import run, verdict
from engine.measure.product import product_down_to
from engine.measure.trace import FAMILIES
from tests.support.experiments import experiment_of
from tests.support.networks import NETWORKS
from tui.charts.columns import columns
from tui.charts.factor_axis import EIGHTHS, FactorAxis, factor_axis, factor_ticks
from tui.charts.formula import formula_strips
from tui.charts.painter import Painter
from tui.charts.stacks import Lane, Piece, Stack, extents, lanes_at, pieces_of, stacks_of
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import FAMILY_COLOURS
from tui.style.palette import Palette
from tui.words.chain import FAMILY_LEGENDS, FAMILY_LETTERS, average_text, chain_trouble
from tui.words.numbers import ratio


@pytest.mark.parametrize("settings", NETWORKS.values(), ids=NETWORKS.keys())
@pytest.mark.parametrize("depth", [3, 20, 200])
def test_the_families_multiply_to_the_ratio_of_norms(settings: dict[str, Any], depth: int) -> None:
    """From the output to every layer, the input among them, to 1e-9 decades over 200 layers."""
    trace = run(experiment_of(depth=depth, width=16, **settings))
    g = np.log10([trace.input_grad_norm, *trace.output_grad_norm])
    for layer in range(depth + 1):
        product = product_down_to(trace, layer)
        assert product.total == pytest.approx(g[layer] - g[depth], abs=1e-9)
        assert sum(product.decades.values()) == pytest.approx(product.total, abs=1e-9)
        assert not chain_trouble(product)
        assert product.steps == depth - layer


def test_what_is_no_number_is_told_in_words() -> None:
    """A closed branch's total holds; zeros end the product, and so does what overflows."""
    rezero = run(experiment_of(depth=6, residual="pre_activation", residual_scale="rezero"))
    product = product_down_to(rezero, 2)
    assert product.decades == {}
    assert product.total == pytest.approx(0.0)
    assert not chain_trouble(product)
    zeros = run(experiment_of(depth=6, width=16, init="zeros"))
    product = product_down_to(zeros, 2)
    assert product.zero_at == 6
    assert product.total == -np.inf
    assert "exactly 0" in chain_trouble(product)
    arrived = replace(zeros, output_grad_norm=np.zeros(6))
    assert "where it arrives at layer 6" in chain_trouble(product_down_to(arrived, 2))
    lost = run(experiment_of(depth=60, width=8, activation="relu", init="unit_normal", gain=1e6))
    product = product_down_to(lost, 3)
    assert product.not_finite_at == lost.first_nonfinite_layer
    assert "finite" in chain_trouble(product)


@pytest.mark.parametrize("settings", NETWORKS.values(), ids=NETWORKS.keys())
def test_the_average_is_the_verdicts_factor(settings: dict[str, Any]) -> None:
    """To the last digit shown, over layers 2 to L."""
    trace = run(experiment_of(depth=30, width=16, **settings))
    found = verdict(trace).factor_per_layer
    assert found is not None
    assert average_text(product_down_to(trace, 1)) == ratio(found)


def test_stacks_are_geometric_means_of_shared_columns() -> None:
    """Each family's mean log, and the net is their sum."""
    trace = run(experiment_of(depth=200, width=8, norm="batch"))
    layout = columns(200, 60)
    for column, stack in zip(layout, stacks_of(trace, layout), strict=True):
        parts = dict(stack.parts)
        assert parts["norm"] == pytest.approx(np.log10(trace.factors.norm[column.layers]).mean())
        assert stack.net == pytest.approx(np.log10(trace.factors.total[column.layers]).mean())
        assert sum(parts.values()) == pytest.approx(stack.net)


def test_a_layer_with_a_skip_is_one_piece() -> None:
    """Its total, and nothing of what is inside its branch; x1 where that is closed."""
    layout = columns(6, 40)
    skips = run(experiment_of(depth=6, residual="pre_activation", norm="batch"))
    for stack, total in zip(stacks_of(skips, layout), skips.factors.total, strict=True):
        assert dict(stack.parts) == pytest.approx({"skip": np.log10(total)})
    rezero = run(experiment_of(depth=6, residual="pre_activation", residual_scale="rezero"))
    assert stacks_of(rezero, layout)[3] == Stack((), 0.0)
    zeros = run(experiment_of(depth=6, width=16, init="zeros"))
    assert [stack.name for stack in stacks_of(zeros, layout)] == [" "] * 5 + ["0"]


def test_pieces_are_drawn_from_the_line_outwards() -> None:
    """Two families down, one up; what is told apart from 1 shows an eighth at least."""
    stack = Stack((("activation", -0.5), ("weight", -0.25), ("norm", 0.001)), -0.749)
    axis = FactorAxis(4, 4, 4.0)
    down = pieces_of(stack, axis, -1, width=3)
    assert down == (Piece("activation", 0, 16), Piece("weight", 16, 24))
    assert pieces_of(stack, axis, 1, width=3) == (Piece("norm", 0, 1),)
    assert pieces_of(Stack((("weight", 1e-9),), 0.0), axis, 1, width=3) == ()
    assert lanes_at(down, 1) == (Lane("activation", EIGHTHS),)
    assert lanes_at(down, 3) == ()


def test_three_colours_in_a_cell_are_lanes_or_take_another_cell() -> None:
    """Two ends within a cell: side by side where there is room, else one after the other."""
    axis = FactorAxis(4, 4, 1.0)
    stack = Stack((("weight", -0.25), ("activation", -0.375)), -0.625)
    wide = pieces_of(stack, axis, -1, width=2)
    assert lanes_at(wide, 0) == (Lane("weight", 2), Lane("activation", 5))
    narrow = pieces_of(stack, axis, -1, width=1)
    assert lanes_at(narrow, 0) == (Lane("weight", 2),)
    assert lanes_at(narrow, 1) == (Lane("activation", 3),)
    full = (Piece("weight", 0, 2), Piece("norm", 2, 5), Piece("activation", 5, 20))
    assert lanes_at(full, 0) == (Lane("weight", 2, "norm"), Lane("norm", 5, "activation"))


def test_the_axis_fits_what_there_is() -> None:
    """Every stack but layer 1's is held, the scale is as large as that allows, and x1 has a row."""
    small = (Stack((), 0), Stack((("weight", 0.02),), 0.02))
    axis = factor_axis(*extents(small), 13)
    assert axis.per_decade > 100
    large = (Stack((("norm", 9.0),), 9), Stack((("weight", 2.7), ("norm", -0.2)), 2.5))
    axis = factor_axis(*extents(large), 21)
    assert axis.up + axis.down == 21
    assert 0.8 * axis.up < axis.per_decade * 2.7 <= axis.up
    assert axis.down >= axis.per_decade * 0.2


@pytest.mark.parametrize("up", [0.0, 0.004, 0.05, 0.3, 1.0, 7.0])
@pytest.mark.parametrize("down", [0.0, 0.02, 0.2, 0.65, 3.0, 40.0, 250.0])
@pytest.mark.parametrize("rows", [3, 4, 12, 38])
def test_ticks_stand_at_their_true_places(up: float, down: float, rows: int) -> None:
    """Within a quarter of a cell of what their labels say, x1 on the line, none beside another."""
    axis = factor_axis(up, down, rows)
    ticks = factor_ticks(axis)
    assert ticks[1, 0] == "×1"
    assert len({row for row, _ in ticks}) == len(ticks)
    for (row, height), label in ticks.items():
        assert len(label) <= 6
        decades = np.log10(float(ASCII.spell(label).removeprefix("x")))
        drawn = (abs(row) - 1 + height / 2) * (1 if row > 0 else -1)
        assert drawn == pytest.approx(decades * axis.per_decade, abs=0.26)
    if rows >= 12:
        assert len(ticks) >= 2


def test_every_family_has_a_colour_and_a_letter_of_its_own() -> None:
    """That the colours differ in brightness is tested with the looks."""
    assert set(FAMILY_COLOURS) == set(FAMILY_LETTERS) == set(FAMILIES)
    assert set(FAMILY_LEGENDS) == set(FAMILIES) - {"scale"}
    assert len(set(FAMILY_LETTERS.values())) == len(FAMILIES)


NUMBER = r"(?<![\w.])(\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.])"


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
@pytest.mark.parametrize("name", [*NETWORKS, "rezero", "zeros"])
@pytest.mark.parametrize("depth", [3, 200])
def test_formulas_fit_and_say_what_was_measured(glyphs: Glyphs, name: str, depth: int) -> None:
    """On the narrowest screen too, and to every layer: factors multiply, the last is the ratio."""
    more: dict[str, dict[str, Any]] = {
        "rezero": {"residual": "pre_activation", "residual_scale": "rezero"},
        "zeros": {"init": "zeros"},
    }
    trace = run(experiment_of(depth=depth, width=8, **{**more, **NETWORKS}[name]))
    g = np.array([trace.input_grad_norm, *trace.output_grad_norm])
    painter, whole = Painter(Palette(), glyphs), product_down_to(trace, 1)
    for layer in {0, 1, 2, depth // 2, depth - 1}:
        product = product_down_to(trace, layer)
        for width in (58, 78, 118):
            strips = formula_strips(painter, product, whole, width)
            assert all(strip.cell_length <= width for strip in strips)
            text = ASCII.spell(strips[0].text).split(" = ", 1)[1].split(" layer")[0]
            if " = " in text:
                left, right = text.split(" = ")
                product_of = np.log10([float(n) for n in re.findall(NUMBER, left)]).sum()
                assert product_of == pytest.approx(product.total, abs=0.07)
            else:
                right = text
            shown = float(right.split()[0])
            assert shown == pytest.approx(10**product.total, rel=0.051)
            if g[depth]:
                assert shown == pytest.approx(g[layer] / g[depth], rel=0.051)
