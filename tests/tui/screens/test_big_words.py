"""Presentation: words in large letters."""

import pytest

from tests.support.app import chart_rows, line, running


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
async def test_presentation_is_large_and_leaves_the_chart(size: tuple[int, int]) -> None:
    """Five rows of it at most, half the screen for the chart, a sentence and the formula."""
    async with running(size=size) as (app, pilot):
        await pilot.press("z")
        await pilot.pause()
        words = app.main.query_one("#big")
        assert 3 <= words.size.height <= 5
        assert "█" in words.render_line(1).text
        assert not app.main.query_one("#keys").display
        assert len(chart_rows(app)) >= size[1] / 2
        assert "layer 1 gets" in line(app, "verdict")
        assert "VANISHING" not in line(app, "verdict")
        assert "φ' 0.236 × W 1.05 = ×0.247" in line(app, "factors")
        assert "sigmoid · 20 × 64" in line(app, "experiment")
        await pilot.press("a", "a", "i")
        await pilot.pause()
        assert app.main._big._words[-1] == "HEALTHY"
        await pilot.press("escape")
        assert not app.main.presenting
        assert app.main.query_one("#keys").display
