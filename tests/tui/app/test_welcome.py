"""The welcome at the first start: who gets it, what it says, and what ends it."""

import argparse

import pytest

from tests.support.app import running
from tui.app import ChainruleApp
from tui.commands.app import _welcomed
from tui.config.progress import Progress, is_first_start, keep_progress
from tui.config.settings_file import PATH_VARIABLE


def told(app: ChainruleApp) -> str:
    """What stands in the tour's room."""
    room = app.main.query_one("#tour-under")
    return "\n".join(room.render_line(y).text for y in range(room.size.height))


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is remembered, in the test's own folder."""
    monkeypatch.delenv(PATH_VARIABLE)


async def test_the_welcome_says_what_one_sees_and_the_wave_reveals_the_rest() -> None:
    """Over a slow wave; any key goes on, and does what it does."""
    assert is_first_start()
    async with running(motion="full") as (app, pilot):
        app.touring.welcome()
        await pilot.pause()
        assert len(told(app).strip().splitlines()) == 3
        assert "Watch it" in told(app)
        assert app.state.speed < 0.5
        app.session.advance(100.0)
        await pilot.pause()
        assert "Layer 1 gets about a trillionth of it" in told(app)
        await pilot.press("a")
        assert app.touring.told is None
        assert (app.state.experiment.network.activation, app.state.speed) == ("tanh", 1.0)
    assert not is_first_start()


async def test_without_motion_there_is_nothing_to_watch() -> None:
    """What stands there is told instead, and the answer at once."""
    async with running(motion="reduced") as (app, pilot):
        app.touring.welcome()
        await pilot.pause()
        assert "Watch it" not in told(app)
        assert "Each bar is what came back" in told(app)
        assert "Layer 1 gets about a trillionth of it" in told(app)


@pytest.mark.heavy
async def test_the_welcome_gives_back_the_speed_and_takes_the_place_of_a_step() -> None:
    """No question is answered by its wave."""
    async with running() as (app, pilot):
        app.touring.open("chain-rule")
        app.touring.welcome()
        await pilot.press("greater_than_sign")
        assert (app.touring.is_open, app.state.speed) == (False, 2.0)
        app.touring.welcome()
        await pilot.press("home")
        assert app.state.speed == 2.0


async def test_a_key_that_means_nothing_ends_the_welcome_too() -> None:
    """And the tour's key opens the tour."""
    async with running() as (app, pilot):
        app.touring.welcome()
        await pilot.press("j")
        assert app.touring.told is None
        app.touring.welcome()
        await pilot.press("6")
        assert app.touring.is_open


@pytest.mark.parametrize(
    ("options", "welcomed"),
    [
        ({}, True),
        ({"theme": "chainrule-light", "fps": "10"}, True),
        ({"depth": "3"}, False),
        ({"preset": "selu"}, False),
        ({"view": "chain"}, False),
        ({"steps": "3"}, False),
        ({"experiment": "x.toml"}, False),
    ],
)
def test_who_is_welcomed(
    options: dict[str, str], welcomed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who starts plainly, once; who asks, always; where nothing can be remembered, nobody."""
    given = argparse.Namespace(**options)
    assert _welcomed(given) == welcomed
    keep_progress(Progress())
    assert not _welcomed(given)
    assert _welcomed(argparse.Namespace(**options, welcome=True))
    monkeypatch.setattr("tui.config.state_files.state_folder", lambda: None)
    assert not _welcomed(given)


def test_whoever_wants_no_settings_file_gets_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written, and nobody welcomed."""
    monkeypatch.setenv(PATH_VARIABLE, "")
    assert not is_first_start()
    keep_progress(Progress("relu", 1))
    monkeypatch.delenv(PATH_VARIABLE)
    assert is_first_start()
