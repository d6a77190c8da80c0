"""The chain view in the app."""

import re
from typing import Any

import numpy as np
import pytest

from engine import Experiment
from tests.support.app import line, running
from tests.support.heavy import cases
from tests.support.networks import NETWORKS
from tui.state.animations import Phase
from tui.style.glyphs import ASCII, BLOCKS


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
        trace = app.session.trace
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
        assert app.session.animation.wave.phase is Phase.FORWARD
        assert not any("|/|" in row for row in chain_rows(app))
        assert not any("█" in row for row in chain_rows(app))
        app.session.advance(1.8)
        await pilot.press("space", "full_stop")
        reached = app.session.animation.wave.reached
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


SIZES = [(60, 16), (80, 24), (160, 45)]


@pytest.mark.parametrize(
    ("size", "name"),
    cases(
        [(size, name) for name in NETWORKS for size in SIZES],
        lambda case: case[0] == (80, 24) or case[1] == "all",
    ),
)
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
