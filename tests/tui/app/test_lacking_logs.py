"""Logs without much in them: what nobody wrote down is not drawn as if it were measured."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.app import view_rows
from tests.support.logs_shown import LAYERS, header, log_app, log_at, settled, step

SIZES = [[name, place, 100] for place, name in enumerate(LAYERS, 1)]


@pytest.mark.heavy
@pytest.mark.parametrize("array", ["weight_grad_norm", "output_grad_norm", "activation_rms"])
async def test_a_step_without_what_the_bars_show(tmp_path: Path, array: str) -> None:
    """There are no bars, and nothing that is nan, in any view."""
    loss = json.dumps({"step": 300, "loss": 1.0})
    first = json.dumps({"step": 0, array: [1.0] * len(LAYERS)})
    # g of a step that long ago is not looked for
    between = [json.dumps({"step": n, "loss": 1.0}) for n in range(1, 300)]
    path = log_at(tmp_path / "run", header(parameters=SIZES), first, *between, loss)
    async with log_app(path) as (app, pilot):
        assert any("█" in row for row in view_rows(app, "chart"))
        await pilot.press("enter")
        await settled(app, pilot)
        for key, view in [("1", "chart"), ("2", "chain"), ("4", "training")]:
            await pilot.press(key)
            await settled(app, pilot)
            rows = view_rows(app, view)
            assert not any("nan" in row or "finite" in row for row in rows), rows
            assert view != "chart" or not any("█" in row for row in rows)


async def test_the_bars_of_a_log_go_when_it_is_emptied(tmp_path: Path) -> None:
    """In the table, too; then those of what is written next are there."""
    path = log_at(tmp_path / "run", header(), *map(step, range(3)))
    async with log_app(path, follows=True) as (app, pilot):
        assert any("█" in row for row in view_rows(app, "chart"))
        for key in ("1", "v"):
            await pilot.press(key)
            path.write_text("")
            app.session.look()
            await settled(app, pilot)
            assert not any("█" in row for row in view_rows(app, "chart"))
            assert "waiting for the first step" in app.main.as_text()
            assert not any(f" {g} " in app.main.as_text() for g in ("0.100", "0.139"))
            log_at(path, header(), step(7))
            app.session.look()
            await settled(app, pilot)
            assert "step 7" in app.main.as_text()
            await pilot.press("1")


async def test_no_bars_of_a_log_in_whose_place_is_none(tmp_path: Path) -> None:
    """It is said as long as that lies there, and what comes after it is shown."""
    path = log_at(tmp_path / "run", header(), *map(step, range(3)))
    async with log_app(path, follows=True) as (app, pilot):
        for text, said in [("hello\n", "is no run log"), ('{"chainrule_log": 2}', "version 2")]:
            path.write_text(text)
            for _ in range(3):
                app.session.look()
                await settled(app, pilot)
                # in as many lines as it takes
                assert said in " ".join(app.main.as_text().split())
                assert not any("█" in row for row in view_rows(app, "chart"))
            log_at(path, header(), step(7))
            app.session.look()
            await settled(app, pilot)
            assert "step 7" in app.main.as_text()


async def test_the_legend_has_no_sign_that_a_log_does_not_show(tmp_path: Path) -> None:
    """Neither of how far layers have moved nor of a test set that nobody asked."""
    known: dict[str, Any] = {"test_loss": 1.0, "displacement": [0.1] * len(LAYERS)}
    nothing: dict[str, Any] = {}
    for fields, are_there in [(nothing, False), (known, True)]:
        path = log_at(tmp_path / "run", header(), *(step(n, **fields) for n in range(3)))
        async with log_app(path, size=(120, 40)) as (app, pilot):
            await pilot.press("4", "h", "enter")
            await settled(app, pilot)
            legend = app.main.as_text()
            assert "on the training batch" in legend
            for sign in ("on the test set", "moved by training"):
                assert (sign in legend) == are_there, legend


async def test_the_large_words_go_with_an_emptied_log(tmp_path: Path) -> None:
    """They told of what it held."""
    path = log_at(tmp_path / "run", header(), *map(step, range(3)))
    async with log_app(path, follows=True) as (app, pilot):
        await pilot.press("z")
        await settled(app, pilot)
        assert "▀" in app.main.as_text()
        path.write_text("")
        app.session.look()
        await settled(app, pilot)
        assert "▀" not in app.main.as_text()
