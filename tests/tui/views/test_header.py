"""Tabs and the lines round a view."""

import re
from typing import Any

import pytest

from engine import Experiment
from tests.support.app import chart_rows, line, running
from tests.support.heavy import cases
from tui.charts.painter import Painter
from tui.screens.view_pane import view_of
from tui.state.state import initial_state
from tui.state.views import VIEWS
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.header_lines import header_line
from tui.words.views import view_words


async def test_tabs_name_every_view_and_can_be_clicked() -> None:
    """The key is enough; the mouse works too."""
    async with running() as (app, pilot):
        header = line(app, "header")
        for name, key in VIEWS.items():
            assert f"{key} {view_words(name)[0]}" in header
        for name, key in reversed(VIEWS.items()):
            await pilot.press(key)
            assert app.state.view == name
            assert [view.display for view in app.main._views.values()].count(True) == 1
            assert app.main.view.display
        last, key = list(VIEWS.items())[-1]
        at = header.index(f"{key} {view_words(last)[0]}")
        await pilot.click("#header", offset=(at + 1, 0))
        assert app.state.view == last


async def test_tabs_fit_a_narrow_screen() -> None:
    """Where not all titles fit, the one that is shown keeps its own."""
    many = {f"v{i}": str(i) for i in range(len(VIEWS) + 1, 8)}
    painter = Painter(Palette(), BLOCKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.views.header_lines.VIEWS", {**VIEWS, **many})
        state = initial_state(Experiment())
        assert "2 chain  3 activation" in header_line(painter, state, None, 118).plain
        narrow = header_line(painter, state, None, 58).plain
        assert len(narrow) <= 58
        assert " 1 gradients  2  3  4  5  6  7 " in narrow


def test_widgets_take_another_palette() -> None:
    """Without colour no style has one."""
    for name in VIEWS:
        view = view_of(name, BLOCKS, Palette())
        assert view.painter.quiet.color is not None
        view.restyle(Palette(coloured=False))
        assert view.painter.quiet.color is None


@pytest.mark.parametrize("layer", [7, 150])
async def test_the_layers_line_is_never_cut(layer: int) -> None:
    """With all five families, at 80 columns."""
    settings: dict[str, Any] = {
        "residual": "post_activation",
        "residual_scale": "sqrt_depth",
        "norm": "batch",
    }
    async with running(depth=200, width=16, **settings) as (app, _):
        app.session.set_state(app.state.moved(layer))
        text = line(app, "factors")
        assert len(text) <= 78
        assert re.search(r"make ×[\d.]+$", text)
        assert "scale" in text


CHANGES = ("a", "left", "m", "p", "s")


BACK = [(other, key) for other in ("2", "3", "v") for key in CHANGES]


@pytest.mark.parametrize(
    ("other", "key"),
    cases(BACK, lambda case: case in (("2", "a"), ("3", "left"), ("v", "m"), ("2", "p"))),
)
async def test_a_view_is_up_to_date_when_one_comes_back_to_it(other: str, key: str) -> None:
    """Whatever was changed meanwhile: the same picture as when it is changed in the view."""
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press("1", other, key, "1")
        await pilot.pause()
        there = chart_rows(app)
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert chart_rows(app) == there


async def test_one_loss_on_the_screen() -> None:
    """The training view tells it at its curves, and the header in every other view."""
    async with running(size=(120, 30)) as (app, pilot):
        assert "loss" in line(app, "header")
        await pilot.press("4")
        assert "loss" not in line(app, "header")
        await pilot.press("v")
        assert "loss" in line(app, "header")
