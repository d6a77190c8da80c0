"""The inspector beside every view."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Trainer
from tests.support.app import running, view_rows
from tui.state.animations import Wave
from tui.state.scene import Room, Scene, Wants
from tui.style.glyphs import BLOCKS
from tui.style.palette import Palette
from tui.views.inspector import Inspector
from tui.words.numbers import reading


@pytest.mark.heavy
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
        weight = Trainer(trace.ours).state.parameters.weights[app.state.cursor - 1]
        assert reading(float(np.linalg.norm(weight, 2))) in text
        await pilot.press("p", "b")
        assert "decades from the pinned run" in "\n".join(view_rows(app, "inspector"))
        await pilot.resize_terminal(119, 24)
        await pilot.pause()
        assert not app.main.query_one("#inspector").display


@pytest.mark.heavy
async def test_a_panel_takes_the_inspector_s_place_at_once() -> None:
    """Beside the table too, where nothing else is drawn anew."""
    async with running((140, 45)) as (app, pilot):
        await pilot.press("v")
        assert app.main.query_one("#inspector").display
        await pilot.press("tab")
        assert not app.main.query_one("#inspector").display
        await pilot.press("escape")
        assert app.main.query_one("#inspector").display


async def test_the_inspector_follows_the_wave() -> None:
    """Forward and back; what it has passed stays until the next layer is known."""
    async with running((120, 24)) as (app, pilot):
        for position, layer in ((3.0, 4), (4.0, 5), (30.0, 11)):
            app.session.animation.wave = Wave(20, position, playing=False)
            app.session.changed(True)
            await pilot.pause()
            text = "\n".join(view_rows(app, "inspector"))
            assert f"layer {layer} on this batch" in text
            assert "singular" in text
        app.session.animation.wave = Wave(20, 31.0, playing=False)
        trace = app.session.trace
        assert trace is not None
        scene = app.session.scene(Wants())
        assert isinstance(scene, Scene)
        inspector = Inspector(BLOCKS, Palette())
        known = app.session.scene(Wants(layers=frozenset((11,))))
        assert isinstance(known, Scene)
        room = Room(36, 20)
        shown = inspector.draw(replace(known, wave=Wave(20, 30.0)), room)
        assert inspector.draw(replace(scene, inspections={}), room) is shown
        await pilot.press("escape")
        assert f"layer {app.state.cursor} on" in "\n".join(view_rows(app, "inspector"))
