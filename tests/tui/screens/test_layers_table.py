"""The table of layers."""

import math
from typing import Any

import numpy as np
import pytest
from textual.widgets import DataTable

from engine import Trace, run
from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.screens.layers_table import LayersTable
from tui.screens.view_pane import ViewPane
from tui.state.layer_columns import HEATS, LAYER_COLUMNS, SORTS, layers_in_order
from tui.words.numbers import reading


def rows(table: LayersTable) -> list[int]:
    """The layers from top to bottom."""
    return [int(str(table.get_row_at(y)[0])) for y in range(table.row_count)]


SIZES = [(60, 16), (80, 24), (160, 45)]


@pytest.mark.parametrize(("width", "height"), cases(SIZES, lambda size: size == SIZES[0]))
async def test_the_table_fits_the_screen(width: int, height: int) -> None:
    """With as many columns as there is room for, the gradient and the factors first."""
    settings: dict[str, Any] = {"residual": "post_activation", "norm": "batch"}
    async with running(size=(width, height), **settings) as (app, pilot):
        await pilot.press("v")
        await pilot.pause()
        table = app.main.query_one(DataTable)
        assert not table.show_horizontal_scrollbar
        titles = [str(column.label) for column in table.ordered_columns]
        assert {"layer", "g", "×total", "φ'", "skip"} <= set(titles)
        assert ("update" in titles) == (width > 80)


@pytest.mark.heavy
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
        assert header[:6] == ["layer", "g", "δ", "∂L/∂W", "h", "saturated"]
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


@pytest.mark.heavy
async def test_a_key_or_a_click_sorts_the_table() -> None:
    """By the next column, by the title clicked: the largest first, the smallest, by layer."""
    async with running(depth=12) as (app, pilot):
        await pilot.press("S")
        table = app.main.query_one(LayersTable)
        trace = app.session.trace
        assert trace is not None
        by_g = [int(i) + 1 for i in np.argsort(-trace.output_grad_norm, kind="stable")]
        assert rows(table) == by_g != sorted(by_g)
        assert "g↓" in table.render_line(0).text
        assert line(app, "why") == "sorted by g, the largest first"
        # the cursor's layer is lit wherever its row has gone
        assert rows(table)[table.cursor_row] == app.state.cursor
        await pilot.pause()
        by_weight = [int(i) + 1 for i in np.argsort(-trace.factors.weight, kind="stable")]
        for wanted in (by_weight, by_weight[::-1], list(range(1, 13))):
            await pilot.click(table, offset=(table.render_line(0).text.rindex("W"), 0))
            await pilot.pause()
            assert rows(table) == wanted
        await pilot.click(table, offset=(2, 5))
        await pilot.pause()
        assert app.state.cursor == rows(table)[table.cursor_row] == 5
        for sort in SORTS:
            assert sorted(layers_in_order(trace, sort, False)) == list(range(1, 13))


async def test_the_worst_layer_comes_first_on_a_key() -> None:
    """The layer whose g is farthest from the last one's; the same key goes back."""
    async with running(depth=10) as (app, pilot):
        await pilot.press("D")
        table = app.main.query_one(LayersTable)
        assert rows(table) == list(range(1, 11))
        assert "worst first" in line(app, "caption")
        assert table.render_line(0).text.startswith("layer")
        await pilot.press("D")
    trace = run(experiment_of(activation="tanh", init="unit_normal", depth=12))
    distance = np.abs(np.log10(trace.output_grad_norm / trace.output_grad_norm[-1]))
    order = layers_in_order(trace, "worst", False)
    assert [distance[layer - 1] for layer in order] == sorted(distance, reverse=True)
    assert order[-1] == 12


@pytest.mark.heavy
async def test_a_trained_network_s_table_has_the_displacement() -> None:
    """And no other has."""
    async with running(size=(120, 30), activation="relu", depth=4) as (app, pilot):
        await pilot.press("v")
        table = app.main.query_one(LayersTable)
        assert "moved" not in table.render_line(0).text
        await pilot.press("4", "full_stop", "v")
        await pilot.pause()
        trace = app.session.trace
        assert trace is not None
        assert trace.step == 1
        assert "moved" in table.render_line(0).text
        assert reading(float(trace.displacement[0])) in table.render_line(1).text


def heats_of(trace: Trace, name: str) -> np.ndarray:
    """How hot the values of a column are."""
    column = LAYER_COLUMNS[name]
    return HEATS[column.kind](column.values(trace), trace)


@pytest.mark.heavy
def test_heat_is_each_column_s_own() -> None:
    """Decades from the last layer; a factor's over the whole chain; none beside a skip."""
    trace = run(experiment_of(depth=10))
    g = trace.output_grad_norm
    assert heats_of(trace, "g")[0] == pytest.approx(math.log10(g[0] / g[-1]))
    assert heats_of(trace, "g")[-1] == heats_of(trace, "total")[0] == 0
    # nine steps that all had the mean factor make what layer 1 has
    assert heats_of(trace, "total")[1:].mean() == pytest.approx(heats_of(trace, "g")[0])
    skipping = run(experiment_of(depth=10, residual="pre_activation"))
    assert not heats_of(skipping, "weight").any()
    assert heats_of(skipping, "total")[1:].all()
    assert heats_of(run(experiment_of(init="zeros")), "g")[0] == -math.inf
    # signals that overflow are told from the last layer that still has some
    overflowing = run(experiment_of(activation="relu", init="unit_normal", depth=500))
    signals, heats = overflowing.activation_rms, heats_of(overflowing, "activation_rms")
    assert not np.isfinite(signals[-1])
    assert heats[np.isfinite(signals)][-1] == 0


@pytest.mark.heavy
async def test_another_order_is_shown_from_its_top() -> None:
    """Wherever the cursor's layer has gone."""
    async with running(depth=120, width=8) as (app, pilot):
        await pilot.press("v", "end")
        table = app.main.query_one(LayersTable)
        await pilot.pause()
        assert table.scroll_y > 80
        await pilot.press("D")
        await pilot.pause()
        assert table.scroll_y == 0
        await pilot.press("left")
        await pilot.pause()
        assert table.scroll_y > 80


async def test_hot_digits_stand_on_a_hot_ground() -> None:
    """Layer 1 of a dying network does, the last layer does not; the step down the rows shows."""
    async with running(depth=8) as (app, pilot):
        await pilot.press("v", "end")
        table = app.main.query_one(LayersTable)
        grounds = [str(table.get_row_at(y)[1].spans[-1].style) for y in range(8)]
        assert grounds[0] != grounds[7]
        assert len(set(grounds)) > 5
        # layer 1's step leads to the input; no ground touches the column before it
        total = [str(column.value) for column in table.columns].index("total")
        first, second = (table.get_row_at(y)[total] for y in (0, 1))
        grey, hot = (str(text.spans[-1].style) for text in (first, second))
        assert " on " in hot
        assert grey != hot
        assert second.spans[-1].start == 1


@pytest.mark.parametrize("width", cases([60, 80, 120], lambda width: width != 120))
async def test_the_caption_says_the_order_and_what_grounds_tell(width: int) -> None:
    """As long as the table is so sorted, and as fully as fits."""
    async with running(size=(width, 24)) as (app, pilot):
        await pilot.press("v")
        assert line(app, "caption").startswith("every layer")
        assert ("from the last layer's, factors from ×1" in line(app, "caption")) == (width > 60)
        await pilot.press("D", "left")
        assert line(app, "caption").startswith("worst first")
        assert len(line(app, "caption")) <= width - 2
        await pilot.press("1")
        assert "worst" not in line(app, "caption")


@pytest.mark.heavy
async def test_beside_a_panel_no_other_row_is_lit() -> None:
    """A click there changes nothing, and the row is the cursor's."""
    async with running(depth=12) as (app, pilot):
        await pilot.press("v", "X")
        table = app.main.query_one(LayersTable)
        await pilot.pause()
        await pilot.click(table, offset=(2, 3))
        await pilot.pause()
        assert rows(table)[table.cursor_row] == app.state.cursor != 3


@pytest.mark.heavy
async def test_the_legend_names_the_columns_that_are_shown() -> None:
    """At once, and in their order: those of another network are others."""
    async with running(size=(81, 50)) as (app, pilot):
        for key in ("h", "v", "n", "r"):
            await pilot.press(key)
            await pilot.pause()
        table = app.main.query_one(LayersTable)
        shown = [str(column.label).strip() for column in table.ordered_columns[1:]]
        assert {"N", "skip"} <= set(shown)
        pane = app.main.query_one("#legend", ViewPane)
        named = [pane.render_line(y).text.split()[1:2] for y in range(pane.size.height)]
        assert [name for sign in named for name in sign if name in shown] == shown
