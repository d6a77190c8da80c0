"""The table of layers."""

from typing import Any

import pytest
from textual.widgets import DataTable

from tests.support.app import running
from tui.screens.layers_table import LayersTable
from tui.words.numbers import reading


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
async def test_the_table_fits_the_screen(size: tuple[int, int]) -> None:
    """With as many columns as there is room for, the gradient and the factors first."""
    settings: dict[str, Any] = {"residual": "post_activation", "norm": "batch"}
    async with running(size=size, **settings) as (app, pilot):
        await pilot.press("v")
        await pilot.pause()
        table = app.main.query_one(DataTable)
        assert not table.show_horizontal_scrollbar
        titles = [str(column.label) for column in table.ordered_columns]
        assert {"layer", "g", "×total", "φ'", "skip"} <= set(titles)
        assert ("update" in titles) == (size[0] > 80)


async def test_the_table_follows_the_cursor() -> None:
    """Every layer is a row; the same keys move; v goes back, a view's key too."""
    async with running(norm="batch") as (app, pilot):
        await pilot.press("v")
        table = app.main.query_one(LayersTable)
        assert table.display
        assert not app.main.view.display
        assert table.row_count == 20
        assert table.cursor_row == 6
        await pilot.pause()
        # the terminal's own cursor is on the row too, for screen readers
        assert app.cursor_position == (1, 4 + 1 + 6)
        await pilot.press("pagedown", "right")
        assert table.cursor_row == app.state.cursor - 1 == 17
        trace = app.session.trace
        assert trace is not None
        row = [str(cell).strip() for cell in table.get_row_at(17)]
        header = table.render_line(0).text.split()
        assert header[:6] == ["layer", "g", "δ", "dL/dW", "h", "z"]
        assert table.virtual_size.width <= 78
        assert row[:2] == ["18", reading(float(trace.output_grad_norm[17]))]
        assert "N" in [str(column.label).strip() for column in table.columns.values()]
        await pilot.press("b")
        assert "N" not in [str(column.label).strip() for column in table.columns.values()]
        await pilot.press("up")
        assert table.row_count == 21
        await pilot.press("1")
        assert not table.display
        assert app.main.view.display
