"""Themes at run time, presentation, help's search, the palette and the mouse."""

from __future__ import annotations

from typing import Any

import pytest
from rich.style import Style
from rich.table import Table
from textual.containers import VerticalScroll
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import DataTable, Input, Static

from engine import Experiment
from tests.support import experiment_of
from tests.test_app import chart_rows, line, running
from tui.app import ChainruleApp
from tui.charts.columns import columns, layer_at
from tui.charts.painter import MARGIN
from tui.screens.big_words import big
from tui.screens.choices import Choices
from tui.screens.help import matches
from tui.state.actions import ACTIONS
from tui.state.presets import PRESETS
from tui.style.glyphs import ASCII, BLOCKS
from tui.style.looks import LOOKS
from tui.style.themes import THEMES
from tui.words.actions import action_words
from tui.words.presets import preset_words
from tui.words.verdict import KIND_WORDS


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
        assert bars & stops
        assert not bars & (others - stops)
        verdict = app.main.query_one("#verdict", Static)
        assert look.kinds["vanishing"][1] in str(verdict.content.spans)  # type: ignore[union-attr]


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
        assert 'theme = "chainrule-contrast"' in line(app, "why")


async def test_without_colour_the_theme_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR goes before every wish."""
    monkeypatch.setenv("NO_COLOR", "1")
    app = ChainruleApp(Experiment(), reduced_motion=True, ticking=False, theme="nord")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("T")
        assert app.main.panel is None
        assert "NO_COLOR" in line(app, "why")
        assert app.theme == "ansi-dark"


async def test_every_theme_can_be_worn() -> None:
    """Ours and Textual's, at start and one after the other, each with one ground."""
    app = ChainruleApp(Experiment(), reduced_motion=True, ticking=False, theme="nord")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.theme == "nord"
        assert grounds(app) == {"#2e3440"}
        for theme in THEMES:
            app.choose_theme(theme)
            await pilot.pause()
            assert app.theme == theme
            assert len(grounds(app)) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
async def test_presentation_is_large_and_leaves_the_chart(size: tuple[int, int]) -> None:
    """The word as high as the rows allow, the lines gone, z or escape back."""
    async with running(size=size) as (app, pilot):
        await pilot.press("z")
        await pilot.pause()
        words = app.main.query_one("#big")
        assert words.size.height >= {16: 3, 24: 11, 45: 20}[size[1]]
        assert "█" in words.render_line(2).text
        assert not app.main.query_one("#keys").display
        assert sum("█" in row for row in chart_rows(app)) >= size[1] // 8
        await pilot.press("a", "a", "i")
        await pilot.pause()
        assert app.main._big._word == "HEALTHY"
        await pilot.press("escape")
        assert not app.main.presenting
        assert app.main.query_one("#keys").display


@pytest.mark.parametrize("word", [*KIND_WORDS.values(), "×0.233", "×1.2e+05", "FORWARD", "LOSS"])
def test_words_are_spelled_in_letters(word: str) -> None:
    """Every character has one; as large as fits, and in ASCII where blocks cannot be shown."""
    letters = big(word, 78, 5, BLOCKS)
    assert len(letters) == 5
    assert len(big(word, 158, 10, BLOCKS)) == 10
    assert max(map(len, letters)) <= 78
    assert len(big(word, 50, 5, BLOCKS)) in (3, 5)
    assert "".join(big(word, 78, 5, ASCII)).replace("#", "").strip() == ""
    assert big(word, 10, 1, BLOCKS) == [word[:10]]


def test_letters_differ() -> None:
    """No two characters look the same, but those that do in most fonts."""
    seen = {c: tuple(big(c, 20, 5, BLOCKS)) for c in "ABCDEFGHIJKLMNPQRSTUVWXYZ12346789×.-+%^"}
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize(
    ("words", "found"),
    [("batchnorm", "toggle_batch_norm"), ("ctrl+z", "suspend"), ("share copy", "copy_command")],
)
async def test_help_can_be_searched(words: str, found: str) -> None:
    """By name, key or group, in any order; what does not match is gone."""
    async with running() as (app, pilot):
        await pilot.press("question_mark", "slash", words[0])
        typed = app.screen.query_one(Input)
        assert typed.value == words[0]
        typed.value = words
        await pilot.pause()
        left = [action.id for action in ACTIONS if matches(action, words)]
        assert found in left
        assert len(left) < 5
        table = app.screen.query_one("#table", Static).content
        assert isinstance(table, Table)
        assert table.row_count < 3 * len(left) + 1
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("key", ["question_mark", "q", "escape"])
async def test_help_closes_by_what_opened_it(key: str) -> None:
    """And by the usual keys; arrows scroll it."""
    async with running() as (app, pilot):
        await pilot.press("question_mark", "down", "pagedown")
        assert app.screen.query_one(VerticalScroll).scroll_offset.y == 11
        await pilot.press(key)
        assert len(app.screen_stack) == 1


async def test_the_palette_holds_everything() -> None:
    """Every action with its key, every named value, every preset, every theme."""
    async with running() as (app, _):
        commands = {c.title: c.help for c in app.get_system_commands(app.screen)}
        for action in ACTIONS:
            about = action_words(action.id)
            assert action.id == "command_palette" or about.tooltip in commands[about.label]
        assert "init orthogonal" in commands
        assert all(f"theme {name}" in commands for name in THEMES)
        assert all(f"preset {preset_words(p)[0]}" in commands for p in PRESETS)


async def test_a_click_on_a_bar_moves_the_cursor() -> None:
    """And on the gap beside it, on its empty part, on the axis."""
    async with running() as (app, pilot):
        chart = app.main.query_one("#chart")
        layout = columns(20, chart.size.width - MARGIN)
        for layer in (1, 12, 20):
            column = layout[layer - 1]
            await pilot.click(chart, offset=(MARGIN + column.centre, 3))
            await pilot.pause()
            assert app.state.cursor == layer
        await pilot.click(chart, offset=(0, chart.size.height - 1))
        await pilot.pause()
        assert app.state.cursor == 1


def test_every_layer_of_a_shared_column_can_be_clicked() -> None:
    """The middle one first, then round the others."""
    layout = columns(300, 50)
    column = layout[20]
    reached = [layer_at(column.start, layout, 1)]
    for _ in range(column.last - column.first):
        reached.append(layer_at(column.start, layout, reached[-1]))
    assert sorted(reached) == list(range(column.first, column.last + 1))


async def test_the_wheel_moves_the_cursor() -> None:
    """Up towards the output, down towards the input, never past the ends."""
    async with running(depth=8) as (app, pilot):
        chart = app.main.query_one("#chart")

        async def turn(event: type[MouseScrollUp] | type[MouseScrollDown]) -> None:
            await scrolled(pilot, chart, event)

        start = app.state.cursor
        await turn(MouseScrollUp)
        assert app.state.cursor == start + 1
        for _ in range(9):
            await turn(MouseScrollDown)
        assert app.state.cursor == 1


async def scrolled(
    pilot: Pilot[None], chart: Widget, event: type[MouseScrollUp] | type[MouseScrollDown]
) -> None:
    """One notch of the wheel."""
    chart.post_message(event(chart, 5, 5, 0, 0, 0, False, False, False, 5, 5))
    await pilot.pause()


async def test_a_click_on_a_hint_is_its_key() -> None:
    """Every hint that is shown, by what it is for."""
    async with running(size=(180, 30)) as (app, pilot):
        keys = line(app, "keys")
        await pilot.click("#keys", offset=(keys.index("activation") + 2, 0))
        await pilot.pause()
        assert app.state.experiment == experiment_of(activation="tanh")
        await pilot.click("#keys", offset=(keys.index("settings"), 0))
        await pilot.pause()
        assert app.main.panel is not None
        await pilot.click("#keys", offset=(keys.index("norm"), 0))
        await pilot.pause()
        assert app.state.experiment == experiment_of(activation="tanh")


async def test_a_click_in_the_gallery_takes_the_preset() -> None:
    """The list is a list for the mouse too."""
    async with running() as (app, pilot):
        await pilot.press("X")
        panel = app.main.panel
        assert isinstance(panel, Choices)
        await pilot.click("Choices OptionList", offset=(3, 1))
        await pilot.pause()
        assert app.state.experiment == PRESETS["remedy-relu"].experiment


@pytest.mark.parametrize("key", ["A", "X", "T", "e", "tab"])
async def test_a_panel_closed_before_it_is_up_does_no_harm(key: str) -> None:
    """Keys typed ahead: opened and closed in one breath."""
    async with running() as (app, pilot):
        app.main.open_panel(Choices("empty", [], lambda name: None))
        app.main.close_panel()
        panel = Choices("never up", [], lambda name: None, current="x")
        panel.on_mount()
        await pilot.press(key, "escape", key, "escape")
        assert app.is_running
        assert app.main.panel is None


async def test_a_click_on_a_row_of_the_table_moves_the_cursor() -> None:
    """To that row's layer; the lines below follow."""
    async with running() as (app, pilot):
        await pilot.press("v")
        await pilot.pause()
        await pilot.click("#table", offset=(4, 5))
        await pilot.pause()
        assert app.state.cursor == app.main.query_one(DataTable).cursor_row + 1
        assert line(app, "factors").startswith(f"layer {app.state.cursor} ")
        assert app.state.cursor != 7


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
async def test_the_table_fits_the_screen(size: tuple[int, int]) -> None:
    """With as many columns as there is room for, the gradient and the factors first."""
    settings: dict[str, Any] = {"residual": "post_activation", "norm": "batch"}
    async with running(size=size, **settings) as (app, pilot):
        await pilot.press("v")
        await pilot.pause()
        table = app.main.query_one(DataTable)
        assert not table.show_horizontal_scrollbar
        titles = [str(column.label) for column in table.ordered_columns]
        assert {"layer", "δ", "×total", "φ'", "skip"} <= set(titles)
        assert ("update" in titles) == (size[0] > 60)
