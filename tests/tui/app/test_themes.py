"""Themes at run time."""

import pytest
from rich.style import Style

from engine import Experiment
from tests.support.app import chart_rows, line, running
from tui.app import ChainruleApp
from tui.screens.drawn import Line
from tui.style.looks import LOOKS
from tui.style.themes import THEMES


def grounds(app: ChainruleApp) -> set[str]:
    """The colours behind the chart and the lines."""
    strips = app.main._compositor.render_strips()
    styles = [segment.style or Style() for strip in strips[4:-5] for segment in strip]
    return {style.bgcolor.name for style in styles if style.bgcolor}


@pytest.mark.parametrize("name", LOOKS)
async def test_a_theme_restyles_everything_at_once(name: str) -> None:
    """From the palette's command, on a running app: chart, words and ground."""
    async with running() as (app, pilot):
        commands = {c.title: c for c in app.get_system_commands(app.screen)}
        text = chart_rows(app)
        commands[f"theme {name}"].callback()
        await pilot.pause()
        look = LOOKS[name]
        assert grounds(app) == {look.colours["ground"]}
        assert chart_rows(app) == text
        bars = {
            segment.style.color.name
            for y in range(app.main.query_one("#chart").size.height)
            for segment in app.main.query_one("#chart").render_line(y)
            if segment.style and segment.style.color and "█" in segment.text
        }
        stops = {colour for _, colour in look.stops}
        others = {c for o in LOOKS.values() if o is not look for _, c in o.stops}
        assert bars
        assert not bars & (others - stops)
        verdict = app.main.query_one("#verdict", Line)
        assert look.kinds["vanishing"][1] in str(verdict.text.spans)


@pytest.mark.heavy
async def test_the_themes_panel_previews_and_gives_back() -> None:
    """Escape restores, enter keeps and says how to keep it for good."""
    async with running() as (app, pilot):
        await pilot.press("T", "down")
        await pilot.pause()
        assert app.theme == "chainrule-light"
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == "chainrule-dark"
        await pilot.press("T", "down", "down", "enter")
        await pilot.pause()
        assert app.theme == "chainrule-contrast"
        said = line(app, "numbers") + line(app, "why")
        assert 'theme = "chainrule-contrast"' in said


async def test_without_colour_the_theme_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR goes before every wish."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = ChainruleApp(Experiment(), motion="reduced", ticking=False, theme="nord")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("T")
        assert app.main.panel is None
        assert "NO_COLOR" in line(app, "why")
        assert app.theme == "ansi-dark"


@pytest.mark.heavy
async def test_every_theme_can_be_worn() -> None:
    """Ours and Textual's, at start and one after the other, each with one ground."""
    app = ChainruleApp(Experiment(), motion="reduced", ticking=False, theme="nord")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.theme == "nord"
        assert grounds(app) == {"#2e3440"}
        for theme in THEMES:
            app.choose_theme(theme)
            await pilot.pause()
            assert app.theme == theme
            assert len(grounds(app)) == 1
