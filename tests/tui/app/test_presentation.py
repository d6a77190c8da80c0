"""A presentation says how to leave it, and where wave and training are, whatever else is said."""

import pytest

from tests.support.app import line, running
from tests.support.app_training import ticks, training


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_it_says_how_to_leave_it(size: tuple[int, int]) -> None:
    """At the right end of the experiment, beside a pinned run's differences, too."""
    async with running(size, depth=3, width=4) as (app, pilot):
        await pilot.press("z")
        assert line(app, "experiment").endswith("  z back")
        await pilot.press("p", "a", "i", "r", "escape", "z")
        assert line(app, "experiment").endswith("  z back")
        assert len(line(app, "experiment")) == size[0] - 2
        await pilot.press("z")
        assert "z back" not in app.main.as_text()


async def test_the_step_stands_before_what_is_said() -> None:
    """Also that the training waits there."""
    async with training(steps=2) as (app, pilot):
        await ticks(app, pilot, 3)
        await pilot.press("z", "t")
        assert line(app, "verdict").startswith(" ‖ step 2  ")
        assert "theory" in line(app, "verdict")


async def test_the_wave_stands_before_what_is_said() -> None:
    """Also that it is paused."""
    async with training() as (app, pilot):
        await pilot.press("z", "space", "space", "t")
        assert line(app, "verdict").startswith(" ‖ FORWARD ")
        assert "theory" in line(app, "verdict")
