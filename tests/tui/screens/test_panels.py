"""Panels beside the chart: pickers and the list of settings."""

import pytest
from textual.widgets import Input, OptionList

from engine import Experiment
from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.screens.choices import Choices, Picker
from tui.screens.settings_list import SettingsList


async def test_the_picker_previews_takes_and_gives_back() -> None:
    """The chart follows the choice; escape restores, enter keeps."""
    async with running() as (app, pilot):
        await pilot.press("A")
        assert isinstance(app.main.panel, Picker)
        await pilot.press("down", "down")
        await pilot.pause()
        assert app.session.trace is not None
        assert app.session.trace.ours.network.activation == "hard_sigmoid"
        assert app.state.experiment == Experiment()
        await pilot.press("escape")
        await pilot.pause()
        assert app.main.panel is None
        assert app.session.trace.experiment == Experiment()
        await pilot.press("I")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.state.experiment == experiment_of(init="xavier_uniform")
        assert app.main.panel is None
        await pilot.press("u")
        assert app.state.experiment == Experiment()


async def test_the_settings_list_changes_and_types_values() -> None:
    """Left and right, and a typed number with live preview; nonsense changes nothing."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        panel = app.main.panel
        assert isinstance(panel, SettingsList)
        await pilot.press("right")
        assert app.state.experiment.network.activation == "linear"
        await pilot.press("left", "down", "down", "enter")
        await pilot.pause()
        typed = panel.query_one(Input)
        assert typed.value == "20"
        typed.value = "55"
        await pilot.pause()
        assert app.session.trace is not None
        assert app.session.trace.depth == 55
        assert app.state.experiment.network.depth == 20
        typed.value = "0"
        await pilot.press("enter")
        await pilot.pause()
        assert "from 1 to 1000" in line(app, "why")
        assert app.state.experiment.network.depth == 20
        typed.value = "30"
        await pilot.press("enter")
        await pilot.pause()
        assert app.state.experiment.network.depth == 30
        prompts = [str(o.prompt) for o in panel.query_one(OptionList).options]
        assert any("depth" in p and "30" in p for p in prompts)
        await pilot.press("escape")
        await pilot.pause()
        assert app.main.panel is None


async def test_letters_wait_while_a_panel_is_open() -> None:
    """They do not change the experiment behind it."""
    async with running() as (app, pilot):
        await pilot.press("A", "r", "b")
        assert app.state.experiment == Experiment()


async def test_a_panel_opened_from_the_palette_over_another() -> None:
    """Refused with a word, as its key would be."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        panel = app.main.panel
        await app.perform("pick_init")
        await pilot.pause()
        assert app.main.panel is panel
        assert "close the panel" in line(app, "why")


@pytest.mark.heavy
async def test_a_cancelled_preview_leaves_axis_and_words() -> None:
    """While it lasts the experiment line names what is shown."""
    async with running(depth=8) as (app, pilot):
        before = app.session.axis
        await pilot.press("tab", "down", "down", "enter")
        await pilot.pause()
        assert app.main.panel is not None
        app.main.panel.query_one(Input).value = "50"
        await pilot.pause()
        assert "50 × 64" in line(app, "experiment")
        assert app.session.axis != before
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "8 × 64" in line(app, "experiment")
        assert app.session.axis == before


@pytest.mark.heavy
async def test_nothing_opens_where_there_is_no_room() -> None:
    """A panel that was open closes; random keys do no harm."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        await pilot.resize_terminal(50, 10)
        await pilot.pause()
        assert app.main.panel is None
        await pilot.press("A", "pagedown", "tab", "pageup", "question_mark", "a")
        assert app.state.experiment == Experiment()
        await pilot.resize_terminal(80, 24)
        await pilot.press("a")
        assert app.state.experiment == experiment_of(activation="tanh")


@pytest.mark.parametrize("key", cases(["A", "X", "T", "e", "tab"], lambda key: key == "A"))
async def test_a_panel_closed_before_it_is_up_does_no_harm(key: str) -> None:
    """Keys typed ahead: opened and closed in one breath."""
    async with running() as (app, pilot):
        app.main.open_panel(Choices("empty", list, lambda name: None))
        app.main.close_panel()
        panel = Choices("never up", list, lambda name: None, current="x")
        panel.on_mount()
        await pilot.press(key, "escape", key, "escape")
        assert app.is_running
        assert app.main.panel is None


async def test_a_preview_ends_when_there_is_no_room_for_its_panel() -> None:
    """The run that is set is shown again."""
    async with running() as (app, pilot):
        await pilot.press("A", "down")
        assert app.session.trace is not None
        assert app.session.trace.experiment != app.state.experiment
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.main.panel is None
        assert app.session.trace.experiment == app.state.experiment
