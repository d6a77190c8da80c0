"""The chain view in the app."""

import re
from typing import Any

import numpy as np
import pytest

from engine import Experiment
from tests.support.app import line, running
from tests.support.heavy import cases
from tests.support.networks import NETWORKS
from tui.app import ChainruleApp
from tui.charts.columns import gap_of
from tui.charts.painter import BAR_MARGIN
from tui.state.animations import Phase
from tui.style.glyphs import ASCII, BLOCKS
from tui.style.looks import THEORY
from tui.style.palette import Palette


def chain_rows(app: Any) -> list[str]:
    """The chain view as text."""
    view = app.main.query_one("#chain")
    return [view.render_line(y).text for y in range(view.size.height)]


def formula(app: Any) -> str:
    """Its running product."""
    return next(row for row in chain_rows(app) if "output to" in row).strip()


def in_ascii(row: str) -> str:
    """Numbers as they are parsed."""
    return ASCII.spell(row)


async def test_moving_the_cursor_moves_the_product() -> None:
    """Down to below the cursor's layer; the last one is bar l - 1 over bar L, then the input."""
    async with running() as (app, pilot):
        await pilot.press("2")
        trace = app.session.trace
        assert trace is not None
        g = [trace.input_grad_norm, *trace.output_grad_norm]
        for layer in range(app.session.state.cursor, 0, -1):
            text = in_ascii(formula(app))
            label = "here " if layer > 1 else "input "
            assert text.startswith(f"output to {label}")
            assert f" g_{layer - 1}/g_20 = " in text
            assert f" {21 - layer} layer" in text
            slopes, weights, total = re.search(  # type: ignore[union-attr]
                r"phi' (\S+) x prod W (\S+) = (\S+)", text
            ).groups()
            assert float(total) == pytest.approx(g[layer - 1] / g[20], rel=0.051)
            assert float(slopes) * float(weights) == pytest.approx(float(total), rel=0.16)
            step = in_ascii(line(app, "factors"))
            assert f"g_{layer - 1}/g_{layer} = " in step
            assert float(step.split("x")[-1]) == pytest.approx(g[layer - 1] / g[layer], rel=0.0051)
            await pilot.press("left")


async def test_the_average_is_the_headers_factor() -> None:
    """One number for one fact."""
    async with running() as (app, pilot):
        await pilot.press("2")
        average = next(row for row in chain_rows(app) if "layers 2-20 on average" in row)
        found = app.session.verdict
        assert found is not None
        factor = found.factor_per_layer
        assert average.strip().endswith(f"= ×{factor:.3f}")


async def test_the_wave_plays_in_the_chain_too() -> None:
    """Columns appear as the gradient passes, and the product runs along."""
    async with running(motion="full") as (app, pilot):
        await pilot.press("2")
        assert app.session.animation.wave.phase is Phase.FORWARD
        assert not any("output to" in row for row in chain_rows(app))
        assert not any("█" in row for row in chain_rows(app))
        app.session.advance(1.8)
        await pilot.press("space", "full_stop")
        reached = app.session.animation.wave.reached
        assert f" g_{reached - 1}/g_20" in in_ascii(formula(app))
        filled = sum(row.count("█") for row in chain_rows(app))
        await pilot.press("full_stop")
        assert f" g_{reached - 2}/g_20" in in_ascii(formula(app))
        assert sum(row.count("█") for row in chain_rows(app)) > filled


async def test_a_skip_adds_vectors() -> None:
    """Stream and branch at an angle, whose numbers make the total; no product of what is inside."""
    settings: dict[str, Any] = NETWORKS["residual"]
    async with running(**settings) as (app, pilot):
        await pilot.press("2")
        text = line(app, "factors")
        found = re.search(r"skip 1 and branch .*= (\S+) at (\d+)° make ×(\S+)", text)
        assert found is not None
        branch, degrees, total = map(float, found.groups())
        made = np.sqrt(1 + branch**2 + 2 * branch * np.cos(np.radians(degrees)))
        assert total == pytest.approx(made, rel=0.01)
        assert "∏" not in formula(app)
        assert "■ skip" in line(app, "caption")


async def test_the_line_above_names_what_is_drawn() -> None:
    """Each family once, the mark, and phi's bound where there is one; no letters in the chart."""
    async with running(norm="batch") as (app, pilot):
        await pilot.press("2")
        legend, rows = line(app, "caption"), chain_rows(app)
        assert [word in legend for word in ("■ φ'", "■ N", "■ W", "━ together", "≤ 0.25")] == [
            True
        ] * 5
        chart = "".join(row[8:] for row in rows[:-4])
        assert not re.search("[φNW]", chart)
    async with running(activation="relu") as (app, pilot):
        await pilot.press("2")
        assert "≤" not in line(app, "caption")
        assert "■ N" not in line(app, "caption")


async def test_nothing_is_drawn_where_there_is_nothing() -> None:
    """Dead: no pieces, a reason in words. Closed skips: every step is x1."""
    async with running(init="zeros") as (app, pilot):
        await pilot.press("2")
        rows = chain_rows(app)
        assert not any(block in row for row in rows for block in "█▇▆▅▄▃▂")
        assert "no layer has factors" in line(app, "caption")
        assert any("exactly 0" in row for row in rows)
    async with running(residual="pre_activation", residual_scale="rezero") as (app, pilot):
        await pilot.press("2")
        assert line(app, "caption").split("h legend")[0].strip().endswith("×1")
        assert "skip 1 alone" in line(app, "factors")


SIZES = [(60, 16), (80, 24), (160, 45)]


@pytest.mark.parametrize(
    ("size", "name"),
    cases(
        [(size, name) for name in NETWORKS for size in SIZES],
        lambda case: case[1] == "all",
    ),
)
async def test_every_row_fits(size: tuple[int, int], name: str) -> None:
    """The line x1, the legend, and nothing beyond the edge."""
    async with running(size=size, width=8, depth=30, **NETWORKS[name]) as (app, pilot):
        await pilot.press("2", "home")
        rows = chain_rows(app)
        width = app.main.query_one("#chain").size.width
        assert all(len(row) == width for row in rows)
        assert any(row[:8].split() == ["×1▁│"] for row in rows)
        assert "■" in line(app, "caption")


async def test_ascii_and_no_colour_tell_families_by_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """p for phi', W, N: no hue needed."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(norm="batch") as (app, pilot):
        await pilot.press("2")
        legend, rows = line(app, "caption"), chain_rows(app)
        assert "NN N norm" in legend
        assert "NN" in "".join(rows)
        assert "φφ" in "".join(rows)
    assert BLOCKS.nets != ASCII.nets
    app = ChainruleApp(Experiment(), glyphs=ASCII, motion="reduced", ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        assert all(row.isascii() for row in chain_rows(app))
        assert any("prod phi' " in row for row in chain_rows(app))
        assert any("pp" in row for row in chain_rows(app))


async def test_the_pinned_net_stays_behind() -> None:
    """A mark where the pinned layer's factors came to, named above."""
    async with running() as (app, pilot):
        await pilot.press("2")
        view = app.main.query_one("#chain")
        before = sum(
            segment.text.count("━")
            for y in range(view.size.height)
            for segment in view.render_line(y)
        )
        assert before
        await pilot.press("p", "b")
        assert "pinned" in line(app, "caption")


def strokes(app: Any, characters: str) -> list[tuple[int, int]]:
    """Rows and columns of some characters in theory's colour over or between the stacks."""
    view, colour = app.main.query_one("#chain"), Palette().colour(THEORY)
    found = []
    for y in range(view.size.height):
        x = 0
        for segment in view.render_line(y):
            ink = segment.style and segment.style.color
            for cell, character in enumerate(segment.text):
                if ink and ink.name == colour and character in characters:
                    found.append((y, x + cell))
            x += segment.cell_length
    return found


ROOMS = [(60, 16), (80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize(
    ("depth", "size"),
    cases(
        [(depth, size) for depth in (1, 2, 20, 50, 200) for size in ROOMS],
        lambda case: case in zip((1, 20), ROOMS, strict=False) or case == (2, ROOMS[1]),
    ),
)
async def test_the_bound_is_one_even_dashed_row(depth: int, size: tuple[int, int]) -> None:
    """In every gap, or without gaps in every other cell but those of a stack's mark."""
    async with running(size=size, depth=depth, width=16) as (app, pilot):
        await pilot.press("2")
        view = app.main.view.view
        cells = {x - BAR_MARGIN for _, x in strokes(app, BLOCKS.dashes)}
        # few rows and one column: the mark takes its row
        assert bool(cells) == ("φ' ≤ 0.25" in line(app, "caption"))
        assert cells or depth == 1
        if not cells:
            return
        assert len({y for y, _ in strokes(app, BLOCKS.dashes)}) == 1
        layout = view.columns
        if gap_of(layout):
            filled = {x for c in layout for x in range(c.start, c.stop)}
            assert cells == set(range(layout[-1].stop)) - filled
        else:
            every_other = set(range(0, layout[-1].stop, 2))
            assert cells <= every_other
            assert len(cells) > len(every_other) / 2


async def test_a_stack_beyond_the_axis_has_a_sign_that_is_not_the_cursors() -> None:
    """Layer 1's, which sees data of another width; the legend names it."""
    settings: dict[str, Any] = {"activation": "tanh", "init": "unit_normal", "gain": 8.0}
    async with running(**settings, depth=3, dataset="spiral") as (app, pilot):
        await pilot.press("2", "h")
        rows = chain_rows(app)
        is_cut = any(BLOCKS.cut in row for row in rows)
        legend = "\n".join(row for row in app.main.as_text().splitlines())
        assert is_cut == ("goes on beyond" in legend)
        assert not any(BLOCKS.up in row or BLOCKS.down in row for row in rows[:-3])


async def test_in_ascii_the_bounds_sign_is_the_charts() -> None:
    """One sign for one thing."""
    app = ChainruleApp(Experiment(), glyphs=ASCII, motion="reduced", ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        assert "~ phi' <= 0.25" in line(app, "caption")
        assert sum(row.count("~") for row in chain_rows(app)) == 19


@pytest.mark.heavy
async def test_a_pin_that_is_nowhere_to_be_seen_is_named_so() -> None:
    """Behind the same run, and far off the axis."""
    async with running(depth=8, init="small_normal") as (app, pilot):
        await pilot.press("2", "p")
        assert "pinned matches" in line(app, "caption")
        await pilot.press("i")
        assert app.state.experiment.network.init == "unit_normal"
        assert "pinned off the axis" in line(app, "caption")
