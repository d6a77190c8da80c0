"""The chain as a chart: the product is exact, the stacks are its logs, the formula adds up."""

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.measure.product import product_down_to
from engine.measure.trace import FAMILIES
from tests.support.experiments import experiment_of
from tests.support.networks import NETWORKS
from tui.charts.columns import columns
from tui.charts.formula import formula_strips
from tui.charts.painter import Painter
from tui.charts.stack_chart import axis_labels
from tui.charts.stacks import (
    EIGHTHS,
    Piece,
    Stack,
    StackAxis,
    net_level,
    pieces_at,
    pieces_of,
    stack_axis_of,
    stacks_of,
)
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import FAMILY_COLOURS, LOOKS
from tui.style.palette import Palette
from tui.words.chain import FAMILY_LETTERS, chain_trouble
from tui.words.numbers import rounded_to_sum


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


def test_rezero_and_zeros_are_told_in_words() -> None:
    """Where the branch is 0 the factors have no numbers, and the total still holds."""
    rezero = run(experiment_of(depth=6, residual="pre_activation", residual_scale="rezero"))
    product = product_down_to(rezero, 2)
    assert product.decades == {}
    assert product.skipped == 4
    assert product.total == pytest.approx(0.0)
    assert "the skip alone" in chain_trouble(product)
    zeros = run(experiment_of(depth=6, width=16, init="zeros"))
    product = product_down_to(zeros, 2)
    assert product.zero_at == 6
    assert "exactly 0" in chain_trouble(product)
    lost = run(experiment_of(depth=60, width=8, activation="relu", init="unit_normal", gain=1e6))
    product = product_down_to(lost, 3)
    assert product.not_finite_at is not None
    assert "overflowed" in chain_trouble(product)


@pytest.mark.parametrize("seed", range(50))
def test_shown_tenths_add_up(seed: int) -> None:
    """Every part within a tenth of its value, and their sum is the total that is shown."""
    parts = list(np.random.default_rng(seed).normal(scale=20, size=4))
    shown, total = rounded_to_sum(parts, sum(parts))
    assert round(sum(shown), 6) == pytest.approx(total)
    assert abs(total - sum(parts)) <= 0.0501
    assert all(abs(a - b) < 0.1001 for a, b in zip(parts, shown, strict=True))


def test_stacks_are_geometric_means_of_shared_columns() -> None:
    """Each family's mean log, and the net is their sum."""
    trace = run(experiment_of(depth=200, width=8, norm="batch"))
    layout = columns(200, 60)
    for column, stack in zip(layout, stacks_of(trace, layout), strict=True):
        parts = dict(stack.parts)
        assert parts["norm"] == pytest.approx(np.log10(trace.factors.norm[column.layers]).mean())
        assert stack.net == pytest.approx(np.log10(trace.factors.total[column.layers]).mean())
        assert sum(parts.values()) == pytest.approx(stack.net)


def test_a_dead_branch_is_a_stack_of_its_skip() -> None:
    """rezero's x1, and the name 0 where the gradient ends."""
    layout = columns(6, 40)
    rezero = run(experiment_of(depth=6, residual="pre_activation", residual_scale="rezero"))
    assert stacks_of(rezero, layout)[3] == Stack((), 0.0)
    zeros = run(experiment_of(depth=6, width=16, init="zeros"))
    assert [stack.name for stack in stacks_of(zeros, layout)] == ["–"] * 5 + ["0"]


def test_pieces_are_drawn_from_the_line_outwards() -> None:
    """Two families down, one up; what does something shows an eighth at least."""
    stack = Stack((("activation", -0.5), ("weight", -0.25), ("norm", 0.001)), -0.749)
    scale = StackAxis(4, 4, 4.0)
    down = pieces_of(stack, scale, -1)
    assert down == (Piece("activation", 0, 16), Piece("weight", 16, 24))
    assert pieces_of(stack, scale, 1) == (Piece("norm", 0, 1),)
    assert pieces_at(down, 1) == (Piece("activation", 0, EIGHTHS),)
    assert pieces_at(down, 3) == ()
    assert down[0].middle == 0
    assert net_level(stack.net, scale) == -3
    assert net_level(0.01, scale) == 0


def test_the_scale_stays_for_most_remedies_and_holds_every_stack() -> None:
    """A decade up and down at least; layer 1 has no say."""
    small = (Stack((), 0), Stack((("weight", 0.2),), 0.2))
    assert stack_axis_of(small, 13) == StackAxis(6, 6, 6.0)
    large = (Stack((("norm", 9.0),), 9), Stack((("weight", 2.7), ("norm", -0.2)), 2.5))
    scale = stack_axis_of(large, 21)
    assert scale.up + scale.down == 20
    assert scale.per_decade * 2.7 <= scale.up
    assert axis_labels(scale)[0] == "×1"
    assert "×1e2" in axis_labels(scale).values()


def test_every_family_has_a_colour_and_a_letter_of_its_own() -> None:
    """And the colours differ in brightness."""
    assert set(FAMILY_COLOURS) == set(FAMILY_LETTERS) == set(FAMILIES)
    assert len(set(FAMILY_LETTERS.values())) == len(FAMILIES)

    def brightness(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for look in LOOKS.values():
        levels = sorted(brightness(look.colours[name]) for name in FAMILY_COLOURS.values())
        assert min(b - a for a, b in pairwise(levels)) > 10


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII])
@pytest.mark.parametrize("name", [*NETWORKS, "rezero", "zeros"])
@pytest.mark.parametrize("depth", [3, 200])
def test_formulas_fit_and_end_with_the_total(glyphs: Glyphs, name: str, depth: int) -> None:
    """On the narrowest screen too, and to every layer."""
    more: dict[str, dict[str, Any]] = {
        "rezero": {"residual": "pre_activation", "residual_scale": "rezero"},
        "zeros": {"init": "zeros"},
    }
    trace = run(experiment_of(depth=depth, width=8, **{**more, **NETWORKS}[name]))
    painter = Painter(Palette(), glyphs)
    for layer in {0, 1, 2, depth // 2, depth - 1, depth}:
        product = product_down_to(trace, layer)
        for width in (58, 78, 118):
            strips = formula_strips(painter, product, bool(trace.has_skip.any()), width)
            assert all(strip.cell_length <= width for strip in strips)
            text = strips[0].text
            if " = " not in text.split(" = ", 1)[1] and "10^" in strips[1].text:
                text += strips[1].text
            assert re.search(r"= (10\^[+-]?[\d.]+|1|0)$", text), text
