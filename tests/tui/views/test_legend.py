"""The legend tells what is on the screen, all of it, and fits."""

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.app import running, view_rows
from tests.support.app_training import step, ticks, training
from tui.app import ChainruleApp
from tui.charts.painter import Painter
from tui.screens.view_pane import ViewPane
from tui.state.views import VIEWS
from tui.style.glyphs import ASCII, BLOCKS, Glyphs
from tui.style.looks import LOOKS, READABLE, Look, contrast
from tui.style.palette import Palette
from tui.views.legend import GAP, SAMPLES, Legend
from tui.words.legend import LEGEND

LEAST = 58
"""Cells of the least screen."""


def test_every_sign_has_a_sample_and_words() -> None:
    """No id has only one of them."""
    assert set(SAMPLES) == set(LEGEND)


@pytest.mark.parametrize("glyphs", [BLOCKS, ASCII], ids=lambda g: g.name)
def test_any_two_lines_stand_side_by_side_on_the_least_screen(glyphs: Glyphs) -> None:
    """No line is cut."""
    legend = Legend(glyphs, Palette())
    legend.told = tuple(SAMPLES)
    wide = {sign: line.cell_length for sign, line in zip(SAMPLES, legend.lines(), strict=True)}
    assert not {sign for sign, cells in wide.items() if 2 * cells + GAP > LEAST}


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_words_among_the_samples_are_readable(look: Look) -> None:
    """Also those of a factor whose piece is as bright as a light ground."""
    painter = Legend(BLOCKS, Palette(look)).painter
    for sign, sample in SAMPLES.items():
        for text, style in sample(painter):
            if any(character.isalpha() for character in text):
                assert style.color is not None
                assert style.bgcolor is not None
                seen = (style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex)
                assert contrast(*seen) >= READABLE, (sign, seen)


async def ticked(app: ChainruleApp, pilot: Pilot[None]) -> None:
    """All that takes time is done, and has its room."""
    for _ in range(40):
        app.tick()
    await pilot.pause()


def told_by(app: ChainruleApp) -> tuple[str, ...]:
    """The signs that the legend tells."""
    legend = app.main.query_one("#legend", ViewPane).view
    assert isinstance(legend, Legend)
    return legend.told


SCREENS: list[tuple[tuple[int, int], tuple[str, ...], dict[str, Any]]] = [
    ((80, 24), ("1",), {}),
    ((60, 16), ("p", "r"), {"norm": "layer"}),
    ((80, 24), ("m", "m", "m"), {}),
    ((80, 24), ("1",), {"activation": "relu", "init": "zeros"}),
    ((80, 24), ("2",), {"residual": "post_activation"}),
    ((60, 16), ("3",), {}),
]


@pytest.mark.parametrize(("size", "keys", "settings"), SCREENS)
async def test_the_legend_tells_what_is_on_the_screen(
    size: tuple[int, int], keys: tuple[str, ...], settings: dict[str, Any]
) -> None:
    """Each sign that is told was to be seen, and all that is told is to be seen."""
    async with running(size, **settings) as (app, pilot):
        await pilot.press(*keys)
        await ticked(app, pilot)
        before = app.main.as_text()
        await pilot.press("h")
        await ticked(app, pilot)
        told = told_by(app)
        rows = "\n".join(view_rows(app, "legend"))
        painter = Painter(Palette(), BLOCKS)
        for sign in told:
            assert LEGEND[sign] in rows
            sample = "".join(text for text, _ in SAMPLES[sign](painter)).strip()
            if sign not in DRAWN_AS_CURVES:
                assert sample[0] in before, sign
        await pilot.press("h")
        await pilot.pause()
        # the last key's notice has gone
        assert app.main.as_text().splitlines()[:-2] == before.splitlines()[:-2]


DRAWN_AS_CURVES = {"phi", "slope", "bound", "theory", "pinned", "batch", "test"}
"""Signs that are drawn with dots, or where they differ from a bar."""


async def test_the_legend_stands_under_the_inspector_on_wide_screens() -> None:
    """Without a key, and each has its rows."""
    async with running((120, 40)) as (app, pilot):
        await ticked(app, pilot)
        told = told_by(app)
        assert app.main.query_one("#inspector").display
        assert app.main.query_one("#legend").size.height == len(told)


@pytest.mark.heavy
@pytest.mark.heavy
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 24), (120, 40), (200, 50)])
async def test_all_of_the_legend_fits_every_screen(size: tuple[int, int], view: str) -> None:
    """With everything on it that can be."""
    settings: dict[str, Any] = {
        "residual": "post_activation",
        "norm": "layer",
        "residual_scale": "sqrt_depth",
    }
    async with running(size, **settings) as (app, pilot):
        await pilot.press("p", "a", VIEWS[view], "h")
        await ticked(app, pilot)
        rows = "\n".join(view_rows(app, "legend"))
        for sign in told_by(app):
            assert LEGEND[sign] in rows


async def test_the_legend_tells_no_theory_of_trained_weights() -> None:
    """Of which it says nothing, and draws nothing."""
    async with training((120, 40), steps=1, width=64) as (app, pilot):
        await ticks(app, pilot, 3)
        assert step(app) == 1
        assert "theory" not in told_by(app)
        await pilot.press("backspace")
        await ticks(app, pilot, 3)
        assert "theory" in told_by(app)


async def test_escape_closes_the_legend() -> None:
    """As it closes whatever else is open."""
    async with running() as (app, pilot):
        await pilot.press("h")
        assert app.main.query_one("#legend").display
        await pilot.press("escape")
        assert not app.main.query_one("#legend").display
        assert not app.state.legend
