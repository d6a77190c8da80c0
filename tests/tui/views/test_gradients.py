"""The gradients view: metrics and the pinned run."""

import numpy as np

from tests.support.app import chart_rows, line, running
from tests.support.experiments import experiment_of
from tui.state.metrics import METRICS


async def test_the_metric_key_goes_round_and_the_axis_says_which() -> None:
    """Six metrics, and back to g."""
    async with running() as (app, pilot):
        seen = []
        for _ in METRICS:
            await pilot.press("m")
            seen.append(chart_rows(app)[0].split()[0])
            assert METRICS[app.state.metric].sign.startswith(seen[-1])
        assert len(set(seen)) == len(METRICS)
        assert app.state.metric == "g"


async def test_update_to_data_shows_the_range_to_aim_for() -> None:
    """Dots at 1e-3, and only with that metric."""
    async with running() as (app, pilot):
        # 1e-3 has no dots here; the number format's limit has
        dotted = [row for row in chart_rows(app) if "····" in row]
        assert all("fp16" in row for row in dotted)
        await pilot.press("m", "m", "m")
        marked = [row for row in chart_rows(app) if "····" in row]
        assert any("1e-3" in row for row in marked)


async def test_a_flat_weight_gradient_is_explained() -> None:
    """In the line of reasons, while |dL/dW| is shown."""
    async with running(activation="relu") as (app, pilot):
        assert "flat" not in line(app, "why")
        await pilot.press("m", "m")
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
        assert app.session.trace is not None
        gained = np.log10(
            app.session.trace.output_grad_norm[6] / app.state.pinned.output_grad_norm[6]
        )
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
