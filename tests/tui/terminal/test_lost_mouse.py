"""A mouse that is on nothing leaves the keys where they are."""

import pytest

from tests.support.app import running
from tests.support.monkey import WAIT
from tests.support.monkey_app import do
from tui.app import ChainruleApp


def list_has_the_keys(app: ChainruleApp) -> bool:
    """Whether they go to the open panel's list."""
    return app.main.panel is not None and app.focused is app.main.panel.entries


async def test_a_mouse_beside_the_screen() -> None:
    """The terminal was larger a moment ago."""
    async with running() as (app, _):
        await do(app, ("key", "A"), WAIT, ("click", 300, 100), ("wheel", 300, 100, 1), WAIT)
        assert list_has_the_keys(app)


@pytest.mark.heavy
async def test_a_scrollbar_that_is_closed_while_the_mouse_holds_it() -> None:
    """The next panel has the keys, and the mouse is free."""
    async with running() as (app, _):
        await do(app, ("key", "A"), WAIT)
        assert app.main.panel is not None
        place = app.main.panel.entries.vertical_scrollbar.region
        await do(app, ("press", place.x, place.y), WAIT)
        assert app.mouse_captured is not None
        await do(app, ("key", "escape"), WAIT, ("key", "I"), WAIT, ("click", 30, 10), WAIT)
        assert list_has_the_keys(app)
        assert app.mouse_captured is None
