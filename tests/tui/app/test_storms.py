"""Many sizes in a row, down to one cell, in the app itself."""

from random import Random

import pytest
from textual.events import Resize
from textual.geometry import Size

from tests.support.app import line, running
from tui.app import ChainruleApp

OPENING = ("A", "tab", "question_mark", "d", "colon", "T", "e")
SIZE = (100, 30)


def shown(app: ChainruleApp) -> list[str]:
    """The whole screen as text."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


@pytest.mark.heavy
@pytest.mark.parametrize("key", [*OPENING, "escape", "z", "v", "4"])
async def test_the_last_of_many_sizes_is_the_one_that_is_drawn(key: str) -> None:
    """Under whatever is open, and as if it had been opened in that size."""
    random = Random(key)
    async with running(size=SIZE) as (app, pilot):
        for _ in range(500):
            app.tick()
            await pilot.pause()
            if "post-activation skips" in line(app, "why"):
                break
        await pilot.press(key)
        await pilot.pause()
        wanted = shown(app)
        for i in range(60):
            size = Size(random.randint(1, 400), random.randint(1, 120))
            app.post_message(Resize(size, size))
            app.tick()
            if i % 10 == 0:
                await pilot.pause()
        app.post_message(Resize(Size(*SIZE), Size(*SIZE)))
        await pilot.pause()
        if key in OPENING and app.screen is app.main and app.main.panel is None:
            # there was no room for it
            await pilot.press(key)
        await pilot.pause()
        assert shown(app) == wanted
