"""Presentation: words in large letters."""

import pytest

from tests.support.app import chart_rows, running


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
