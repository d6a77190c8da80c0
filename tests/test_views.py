"""The views through their keys: tabs, metric, pin, and each view's text."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Trace, Trainer
from engine.catalogue.activations import ACTIVATIONS
from engine.measure.inspection import linear_histogram
from tests.support import experiment_of
from tests.test_app import chart_rows, line, running
from tui.charts.histograms import block_rows, rebinned, share_within
from tui.charts.plots import curve_rows
from tui.screens.layers_table import LayersTable
from tui.screens.view_pane import view_class
from tui.state.metrics import METRICS
from tui.state.state import initial_state
from tui.state.views import VIEWS
from tui.style.glyphs import ASCII, BLOCKS
from tui.style.palette import Palette
from tui.views.lines import Writer
from tui.words.numbers import reading
from tui.words.views import view_words


async def test_tabs_name_every_view_and_can_be_clicked() -> None:
    """The key is enough; the mouse works too."""
    async with running() as (app, pilot):
        header = line(app, "header")
        for name, key in VIEWS.items():
            assert f"{key} {view_words(name)[0]}" in header
        for name, key in reversed(VIEWS.items()):
            await pilot.press(key)
            assert app.state.view == name
            assert [view.display for view in app.main._views.values()].count(True) == 1
            assert app.main.view.display
        last, key = list(VIEWS.items())[-1]
        at = header.index(f"{key} {view_words(last)[0]}")
        await pilot.click("#header", offset=(at + 1, 0))
        assert app.state.view == last


async def test_tabs_fit_a_narrow_screen() -> None:
    """Where not all titles fit, the one that is shown keeps its own."""
    many = {f"v{i}": str(i) for i in range(5, 8)}
    writer = Writer(Palette(), BLOCKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.views.lines.VIEWS", {**VIEWS, **many})
        state = initial_state(Experiment())
        assert "2 chain  3 activation" in writer.header(None, state, 118).plain
        narrow = writer.header(None, state, 58).plain
        assert len(narrow) <= 58
        assert " 1 gradients  2  3  4  5  6  7 " in narrow


async def test_a_click_on_a_column_moves_the_cursor() -> None:
    """To the layer under the mouse; left of the bars is layer 1."""
    async with running() as (app, pilot):
        await pilot.click("#chart", offset=(75, 5))
        assert app.state.cursor == 20
        await pilot.click("#chart", offset=(2, 5))
        assert app.state.cursor == 1


async def test_the_metric_key_goes_round_and_the_axis_says_which() -> None:
    """Five metrics, and back to delta."""
    async with running() as (app, pilot):
        seen = []
        for _ in METRICS:
            await pilot.press("m")
            seen.append(chart_rows(app)[0].split()[0])
            assert METRICS[app.state.metric].sign.startswith(seen[-1])
        assert len(set(seen)) == len(METRICS)
        assert app.state.metric == "delta"


async def test_update_to_data_shows_the_range_to_aim_for() -> None:
    """Dots at 1e-3, and only with that metric."""
    async with running() as (app, pilot):
        # 1e-3 has no dots here; the number format's limit has
        dotted = [row for row in chart_rows(app) if "····" in row]
        assert all("fp16" in row for row in dotted)
        await pilot.press("m", "m")
        marked = [row for row in chart_rows(app) if "····" in row]
        assert any("1e-3" in row for row in marked)


async def test_a_flat_weight_gradient_is_explained() -> None:
    """In the line of reasons, while |dL/dW| is shown."""
    async with running(activation="relu") as (app, pilot):
        assert "flat" not in line(app, "why")
        await pilot.press("m")
        assert "|dL/dW| is flat" in line(app, "why")
        await pilot.press("u")
        assert "nothing to undo" in line(app, "why")
        await pilot.press("left")
        assert "|dL/dW| is flat" in line(app, "why")
        assert len(line(app, "why")) <= 78


async def test_a_pinned_run_stays_behind_the_next_ones() -> None:
    """Ghost marks, what differs, by how many decades; P swaps, p lets go."""
    async with running() as (app, pilot):
        await pilot.press("P")
        assert "nothing is pinned" in line(app, "why")
        await pilot.press("p")
        assert "the same as now" in line(app, "experiment")
        await pilot.press("a", "a", "i")
        assert "activation sigmoid → relu · init xavier_normal → he_normal" in line(
            app, "experiment"
        )
        assert sum("━━" in row for row in chart_rows(app)) >= 8
        assert app.state.pinned is not None
        assert app.main.trace is not None
        gained = np.log10(app.main.trace.delta_norm[6] / app.state.pinned.delta_norm[6])
        assert f"(+{gained:.1f} decades)" in line(app, "numbers")
        pinned, shown = app.state.pinned.experiment, app.state.experiment
        await pilot.press("P")
        assert app.state.experiment == pinned
        assert app.state.pinned.experiment == shown
        assert "relu → sigmoid" in line(app, "experiment")
        await pilot.press("p")
        assert app.state.pinned is None
        assert not any("━" in row for row in chart_rows(app))
        assert line(app, "experiment").startswith("sigmoid")


async def test_a_pinned_run_may_be_shallower_or_deeper() -> None:
    """Layers are compared by their number."""
    async with running(depth=8) as (app, pilot):
        await pilot.press("t", "p", "right_curly_bracket", "end")
        assert app.state.cursor == 18
        assert "decades" not in line(app, "numbers")
        await pilot.press("home")
        assert "decades" in line(app, "numbers")
        await pilot.press("P")
        assert app.state.experiment == experiment_of(depth=8)


def view_rows(app: Any, name: str) -> list[str]:
    """A view as text."""
    view = app.main.query_one(f"#{name}")
    return [view.render_line(y).text for y in range(view.size.height)]


async def test_the_activation_view_shows_where_a_layer_lives() -> None:
    """Curves with the bound of phi', and the first, the cursor's and the last layer's histogram."""
    async with running() as (app, pilot):
        await pilot.press("3")
        rows = view_rows(app, "activation")
        assert "φ sigmoid" in rows[0]
        assert "never exceeds 0.25" in rows[0]
        assert any(row.split()[0] == "0.25" and "╌╌╌" in row for row in rows)
        names = [row.split("│")[0].split() for row in rows if "layer" in row]
        assert names == [["layer", "1"], ["layer", "7"], ["layer", "20"]]
        assert sum("saturated" in row for row in rows) == 3
        assert app.main.trace is not None
        share = app.main.trace.factors.activation[6]
        assert any(f"φ' ×{share:.3g}" in row for row in rows)
        await pilot.press("home")
        rows = view_rows(app, "activation")
        assert sum("layer" in row for row in rows) == 2


async def test_the_histogram_is_of_what_is_fed_to_phi() -> None:
    """After the norm: unit_normal saturates tanh, BatchNorm brings it back."""
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press("3")
        saturated = [int(s) for s in re.findall(r"(\d+)% saturated", shown(app))]
        assert min(saturated) > 60
        await pilot.press("b")
        saturated = [int(s) for s in re.findall(r"(\d+)% saturated", shown(app))]
        assert max(saturated) < 20


def shown(app: Any) -> str:
    """The activation view as one text."""
    return "\n".join(view_rows(app, "activation"))


@pytest.mark.parametrize("name", ACTIVATIONS)
async def test_every_activation_has_its_picture(name: str) -> None:
    """Both curves are drawn, in the room that there is."""
    async with running(activation=name, width=8, depth=3, size=(60, 16)) as (app, pilot):
        await pilot.press("3")
        rows = view_rows(app, "activation")
        assert all(len(row) == 58 for row in rows)
        assert any(character in "▘▝▖▗▀▄▞▚" for row in rows for character in row)


def test_curves_leave_out_what_is_off_the_picture() -> None:
    """A pole is not joined across the middle; nothing finite, nothing drawn."""
    x = np.linspace(-1, 1, 201)
    with np.errstate(divide="ignore"):
        rows = curve_rows(x, 1 / x, (40, 8), (-1, 1), (-5, 5), BLOCKS)
    assert [len(row) for row in rows] == [40] * 8
    assert all(row[20] == " " for row in rows[3:5])
    assert set("".join(curve_rows(x, x * np.nan, (9, 2), (-1, 1), (0, 1), BLOCKS))) == {" "}
    assert set("".join(curve_rows(x, x, (9, 3), (-1, 1), (-1, 1), ASCII))) == {" ", "*"}


def test_rebinning_keeps_the_counts() -> None:
    """On any range: what lies beyond is told apart."""
    values = np.random.default_rng(0).normal(size=1000)
    histogram = linear_histogram(values, 6.0)
    assert rebinned(histogram, -6, 6, 50).sum() == pytest.approx(1000)
    inside = ((values > -1) & (values < 1)).mean()
    assert share_within(histogram, -1, 1) == pytest.approx(inside, abs=0.02)
    rows = block_rows(np.array([0.0, 1.0, 4.0, 8.0]), 2, BLOCKS)
    assert rows == ["   █", " ▂██"]


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
        assert app.cursor_position == (1, 3 + 1 + 6)
        await pilot.press("pagedown", "right")
        assert table.cursor_row == app.state.cursor - 1 == 17
        trace = app.main.trace
        assert trace is not None
        row = [str(cell).strip() for cell in table.get_row_at(17)]
        header = table.render_line(0).text.split()
        assert header[:6] == ["layer", "δ", "dL/dW", "update", "h", "z"]
        assert table.virtual_size.width <= 78
        assert row[:2] == ["18", reading(float(trace.delta_norm[17]))]
        assert "N" in [str(column.label).strip() for column in table.columns.values()]
        await pilot.press("b")
        assert "N" not in [str(column.label).strip() for column in table.columns.values()]
        await pilot.press("up")
        assert table.row_count == 21
        await pilot.press("1")
        assert not table.display
        assert app.main.view.display


async def test_the_inspector_needs_120_columns() -> None:
    """Distributions, singular values and units of the cursor's layer, beside every view."""
    async with running(size=(120, 24)) as (app, pilot):
        for key in ("1", "2", "3"):
            await pilot.press(key, "left")
            text = "\n".join(view_rows(app, "inspector"))
            assert f"layer {app.state.cursor} on this batch" in text
            assert all(word in text for word in ("z ", "h ", "δ 1e-", "singular", "64 units"))
        trace = app.main.trace
        assert trace is not None
        weight = Trainer(trace.experiment).state.parameters.weights[app.state.cursor - 1]
        assert reading(float(np.linalg.norm(weight, 2))) in text
        await pilot.press("p", "b")
        assert "decades from the pinned run" in "\n".join(view_rows(app, "inspector"))
        await pilot.resize_terminal(119, 24)
        await pilot.pause()
        assert not app.main.query_one("#inspector").display


async def test_a_long_inspection_runs_beside_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is there the view says so; one that fails is not tried again and again."""
    async with running() as (app, pilot):
        monkeypatch.setattr(app._inspections, "is_quick", lambda trace: False)
        release, look = threading.Event(), app._inspections.inspect
        tries = []

        def held(trace: Trace, layers: frozenset[int]) -> None:
            tries.append(layers)
            release.wait(10)
            look(trace, layers)

        monkeypatch.setattr(app._inspections, "inspect", held)
        await pilot.press("3")
        assert "looking closer" in shown(app)
        await pilot.press("right")
        assert app.state.cursor == 8
        release.set()
        while "looking closer" in shown(app):
            await pilot.pause(0.01)
        assert tries == [frozenset((1, 7, 20)), frozenset((8,))]


async def test_memory_that_runs_out_leaves_the_view_standing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And is not asked for again at every frame."""
    tries = []

    def fail(experiment: Experiment) -> None:
        tries.append(experiment)
        raise MemoryError

    async with running() as (app, pilot):
        monkeypatch.setattr("tui.session.inspections.Trainer", fail)
        await pilot.press("3", "left", "left")
        assert len(tries) == 1
        assert "φ sigmoid" in shown(app)
        assert "no distributions" in shown(app)


def test_widgets_take_another_palette() -> None:
    """Without colour no style has one."""
    for name in VIEWS:
        view = view_class(name)(BLOCKS, Palette())
        assert view.painter.quiet.color is not None
        view.restyle(Palette(coloured=False))
        assert view.painter.quiet.color is None


def test_plotext_waits_until_a_curve_is_shown() -> None:
    """It takes a tenth of a second that the start does not have."""
    code = "import sys, tui.app; sys.exit('plotext' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("layer", [7, 150])
async def test_the_layers_line_is_never_cut(layer: int) -> None:
    """With all five families, at 80 columns."""
    settings: dict[str, Any] = {
        "residual": "post_activation",
        "residual_scale": "sqrt_depth",
        "norm": "batch",
    }
    async with running(depth=200, width=16, **settings) as (app, _):
        app.set_state(app.state.moved(layer))
        text = line(app, "factors")
        assert len(text) <= 78
        assert re.search(r"= ×[\d.e+-]+$", text)
        assert "scale" in text


CHANGES = ("a", "left", "m", "p", "s")


@pytest.mark.parametrize("key", CHANGES)
@pytest.mark.parametrize("other", ["2", "3", "v"])
async def test_a_view_is_up_to_date_when_one_comes_back_to_it(other: str, key: str) -> None:
    """Whatever was changed meanwhile: the same picture as when it is changed in the view."""
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press("1", other, key, "1")
        await pilot.pause()
        there = chart_rows(app)
    async with running(activation="tanh", init="unit_normal") as (app, pilot):
        await pilot.press(key)
        await pilot.pause()
        assert chart_rows(app) == there


async def test_a_preview_ends_when_there_is_no_room_for_its_panel() -> None:
    """The run that is set is shown again."""
    async with running() as (app, pilot):
        await pilot.press("A", "down")
        assert app.main.trace is not None
        assert app.main.trace.experiment != app.state.experiment
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.main.panel is None
        assert app.main.trace.experiment == app.state.experiment
