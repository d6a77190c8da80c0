"""What Textual draws of the main screen, and when."""

from typing import Any

import pytest
from rich.text import Text
from textual._compositor import ChopsUpdate

from tests.support.app import running
from tui.screens.drawn import Line


async def test_beside_a_screen_on_top_every_column_is_up_to_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However often something changes below it: Textual let one column more go each time."""
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        app.main.refresh()
        app.main._on_timer_update()
        lefts: list[int] = []

        def display(screen: Any, update: Any) -> None:
            if screen is app.screen and isinstance(update, ChopsUpdate):
                lefts.extend(left for y, left, _right in update.spans if y == 22)

        monkeypatch.setattr(app, "_display", display)
        for letter in "abcd":
            app.main.query_one("#why", Line).show(Text(letter))
            await pilot.pause()
            app.main._on_timer_update()
            app.screen._on_timer_update()
        assert app.screen is not app.main
        assert len(lefts) > 1
        assert max(lefts) <= 1
