"""The wave and the sweep in the app, by stepped time."""

import pytest

from tests.support.app import chart_rows, line, running
from tui.state.animations import Phase


async def test_the_wave_plays_pauses_steps_and_ends() -> None:
    """Forward, loss, backward with the running product, by stepped time."""
    async with running(motion="full") as (app, pilot):
        assert app.session.animation.wave.phase is Phase.FORWARD
        assert "FORWARD" in line(app, "verdict")
        assert "10⁰" in "".join(chart_rows(app))
        app.session.advance(1.0)
        assert "LOSS" in line(app, "verdict")
        app.session.advance(1.0)
        assert "BACKWARD" in line(app, "verdict")
        assert "× 10⁻" in line(app, "verdict")
        await pilot.press("space")
        assert not app.session.animation.wave.playing
        reached = app.session.animation.wave.reached
        await pilot.press("full_stop")
        assert app.session.animation.wave.reached == reached - 1
        await pilot.press("comma", "comma")
        assert app.session.animation.wave.reached == reached + 1
        assert "of g₂₀" in line(app, "verdict")
        await pilot.press("space")
        app.session.advance(10.0)
        assert "VANISHING" in line(app, "verdict")
        await pilot.press("space")
        assert app.session.animation.wave.phase is Phase.FORWARD
        await pilot.press("escape")
        assert str(app.session.animation.wave.phase) == str(Phase.DONE)


async def test_speed_changes_how_far_the_wave_goes() -> None:
    """Twice the speed, twice the way."""
    async with running(motion="full") as (app, pilot):
        await pilot.press("space", "greater_than_sign", "space", "escape", "space")
        app.session.advance(0.3)
        fast = app.session.animation.wave.position
        await pilot.press("escape", "less_than_sign", "space")
        app.session.advance(0.3)
        assert fast == pytest.approx(2 * app.session.animation.wave.position)


async def test_any_key_cuts_a_sweep_short() -> None:
    """An impatient person never waits."""
    async with running(motion="full") as (app, pilot):
        await pilot.press("escape", "a")
        assert app.session.animation.moving
        await pilot.press("a")
        app.session.advance(0.31)
        assert not app.session.animation.moving
        settled = chart_rows(app)
        await pilot.press("right", "left")
        assert chart_rows(app) == settled


@pytest.mark.parametrize("motion", ["reduced", "off"])
async def test_with_less_motion_the_wave_can_still_be_stepped(motion: str) -> None:
    """Nothing moves, asked or not."""
    async with running(motion=motion) as (app, pilot):
        await pilot.press("a")
        assert not app.session.animation.moving
        await pilot.press("space")
        assert "less motion" in line(app, "why")
        await pilot.press("comma")
        assert app.session.animation.wave.phase is Phase.BACKWARD


async def test_the_wave_goes_on_while_speed_and_cursor_change() -> None:
    """Only a change of the experiment ends it."""
    async with running(motion="full") as (app, pilot):
        app.session.advance(0.2)
        await pilot.press("less_than_sign", "left", "greater_than_sign")
        assert app.session.animation.wave.phase is Phase.FORWARD
        await pilot.press("a")
        assert app.session.animation.wave.phase is not Phase.FORWARD
