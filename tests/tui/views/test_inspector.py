"""The inspector beside every view."""

import numpy as np

from engine import Trainer
from tests.support.app import running, view_rows
from tui.words.numbers import reading


async def test_the_inspector_needs_120_columns() -> None:
    """Distributions, singular values and units of the cursor's layer, beside every view."""
    async with running(size=(120, 24)) as (app, pilot):
        for key in ("1", "2", "3"):
            await pilot.press(key, "left")
            text = "\n".join(view_rows(app, "inspector"))
            assert f"layer {app.state.cursor} on this batch" in text
            assert all(word in text for word in ("z ", "h ", "δ 1e-", "singular", "64 units"))
        trace = app.session.trace
        assert trace is not None
        weight = Trainer(trace.experiment).state.parameters.weights[app.state.cursor - 1]
        assert reading(float(np.linalg.norm(weight, 2))) in text
        await pilot.press("p", "b")
        assert "decades from the pinned run" in "\n".join(view_rows(app, "inspector"))
        await pilot.resize_terminal(119, 24)
        await pilot.pause()
        assert not app.main.query_one("#inspector").display


async def test_a_panel_takes_the_inspector_s_place_at_once() -> None:
    """Beside the table too, where nothing else is drawn anew."""
    async with running((140, 45)) as (app, pilot):
        await pilot.press("v")
        assert app.main.query_one("#inspector").display
        await pilot.press("tab")
        assert not app.main.query_one("#inspector").display
        await pilot.press("escape")
        assert app.main.query_one("#inspector").display
