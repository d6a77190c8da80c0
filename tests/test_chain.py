"""The chain view: the product is exact, the stacks are its logs, the formula adds up."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine import Experiment, run
from engine.measure.product import product_down_to
from engine.measure.trace import FAMILIES
from tests.support import experiment_of
from tests.test_app import line, running
from tui.charts.columns import columns
from tui.charts.formula import formula_strips
from tui.charts.painter import Painter
from tui.charts.stack_chart import axis_labels
from tui.charts.stacks import (
    EIGHTHS,
    Piece,
    Scale,
    Stack,
    net_level,
    pieces_at,
    pieces_of,
    scale_of,
    stacks_of,
)
from tui.state.wave import Phase
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import FAMILY_COLOURS, LOOKS
from tui.style.palette import Palette
from tui.words.chain import FAMILY_LETTERS, chain_trouble
from tui.words.numbers import rounded_to_sum

NETWORKS: dict[str, dict[str, Any]] = {
    "dying": {},
    "exploding": {"activation": "tanh", "init": "unit_normal"},
    "healthy": {"activation": "relu", "init": "he_normal"},
    "residual": {"activation": "relu", "init": "he_normal", "residual": "pre_activation"},
    "batchnorm": {"norm": "batch"},
    "all": {"residual": "post_activation", "norm": "batch", "residual_scale": "sqrt_depth"},
}


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
    scale = Scale(4, 4, 4.0)
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
    assert scale_of(small, 13) == Scale(6, 6, 6.0)
    large = (Stack((("norm", 9.0),), 9), Stack((("weight", 2.7), ("norm", -0.2)), 2.5))
    scale = scale_of(large, 21)
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


def chain_rows(app: Any) -> list[str]:
    """The chain view as text."""
    view = app.main.query_one("#chain")
    return [view.render_line(y).text for y in range(view.size.height)]


def formula(app: Any) -> str:
    """Its running product."""
    return next(row for row in chain_rows(app) if "|/|" in row).strip()


async def test_moving_the_cursor_moves_the_product() -> None:
    """The formula's numbers multiply, and are those of the Trace."""
    async with running() as (app, pilot):
        await pilot.press("2")
        trace = app.main.trace
        assert trace is not None
        for layer in (7, 6, 5):
            text = formula(app)
            assert text.startswith(f"|g{layer}|/|g20| = ∏φ' (10^")
            *parts, total = (float(n) for n in re.findall(r"10\^([+-][\d.]+)", text))
            assert sum(parts) == pytest.approx(total, abs=1e-6)
            exact = np.log10(trace.output_grad_norm[layer - 1] / trace.output_grad_norm[-1])
            assert total == pytest.approx(exact, abs=0.051)
            await pilot.press("left")
        await pilot.press("end")
        assert "|g20|/|g20| = 1" in formula(app)


async def test_the_wave_plays_in_the_chain_too() -> None:
    """Columns appear as the gradient passes, and the product runs along."""
    async with running(reduced_motion=False) as (app, pilot):
        await pilot.press("2")
        assert app.main.wave.phase is Phase.FORWARD
        assert not any("|/|" in row for row in chain_rows(app))
        assert not any("█" in row for row in chain_rows(app))
        app.main.advance(1.8)
        await pilot.press("space", "full_stop")
        reached = app.main.wave.reached
        assert formula(app).startswith(f"|g{reached - 1}|/|g20|")
        filled = sum(row.count("█") for row in chain_rows(app))
        await pilot.press("full_stop")
        assert formula(app).startswith(f"|g{reached - 2}|/|g20|")
        assert sum(row.count("█") for row in chain_rows(app)) > filled


async def test_a_skip_reads_one_plus_branch() -> None:
    """In the layer's line and in the average."""
    settings: dict[str, Any] = NETWORKS["residual"]
    async with running(**settings) as (app, pilot):
        await pilot.press("2")
        assert "1 + branch(" in line(app, "factors")
        assert any("1 + branch = ×" in row for row in chain_rows(app))
        assert "∏skip" in formula(app)


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


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
@pytest.mark.parametrize("name", NETWORKS)
async def test_every_row_fits(size: tuple[int, int], name: str) -> None:
    """The line x1, the nets, and nothing beyond the edge."""
    async with running(size=size, width=8, depth=30, **NETWORKS[name]) as (app, pilot):
        await pilot.press("2", "home")
        rows = chain_rows(app)
        width = app.main.query_one("#chain").size.width
        assert all(len(row) == width for row in rows)
        assert any(row[:8].split() == ["×1", "│"] for row in rows)
        assert any("◆" in row for row in rows)


async def test_ascii_and_no_colour_tell_families_by_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """p for phi', W, N: no hue needed."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(norm="batch") as (app, pilot):
        await pilot.press("2")
        text = "".join(chain_rows(app))
        assert "NN" in text
        assert "φφ" in text
    from tui.app import ChainruleApp

    assert BLOCKS.net != ASCII.net
    app = ChainruleApp(Experiment(), glyphs=ASCII, reduced_motion=True, ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        assert all(row.isascii() for row in chain_rows(app))
        assert any("prod phi' (10^" in row for row in chain_rows(app))
        assert any("pp" in row for row in chain_rows(app))


async def test_the_pinned_net_stays_behind() -> None:
    """A mark where the pinned layer's factors came to."""
    async with running() as (app, pilot):
        await pilot.press("2", "p", "b")
        assert sum("━" in row for row in chain_rows(app)) >= 1
