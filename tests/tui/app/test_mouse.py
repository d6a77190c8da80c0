"""The mouse: bars, tabs, hints, rows, the wheel."""

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import DataTable

from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tui.charts.columns import columns
from tui.charts.painter import BAR_MARGIN
from tui.screens.choices import Choices
from tui.state.presets import PRESETS


async def test_a_click_on_a_bar_moves_the_cursor() -> None:
    """And on the gap beside it, on its empty part, on the axis."""
    async with running() as (app, pilot):
        chart = app.main.query_one("#chart")
        layout = columns(20, chart.size.width - BAR_MARGIN)
        for layer in (1, 12, 20):
            column = layout[layer - 1]
            await pilot.click(chart, offset=(BAR_MARGIN + column.centre, 3))
            await pilot.pause()
            assert app.state.cursor == layer
        await pilot.click(chart, offset=(0, chart.size.height - 1))
        await pilot.pause()
        assert app.state.cursor == 1


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


@pytest.mark.heavy
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


async def test_a_click_on_a_column_moves_the_cursor() -> None:
    """To the layer under the mouse; left of the bars is layer 1."""
    async with running() as (app, pilot):
        await pilot.click("#chart", offset=(75, 5))
        assert app.state.cursor == 20
        await pilot.click("#chart", offset=(2, 5))
        assert app.state.cursor == 1
