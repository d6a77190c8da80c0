"""Hugging Face's log has numbers and no layers: every view says so, and one has the curves."""

import json
from pathlib import Path

import pytest

from engine.logs.formats import open_log
from tests.support.app import line, view_rows
from tests.support.idle import until
from tui.log_app import LogApp
from tui.state.log_state import LogState


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file as the Trainer writes it."""
    path = tmp_path / "trainer_state.json"
    entries = [
        {"step": n, "loss": 1 / n, "learning_rate": 0.5, "grad_norm": 2.5} for n in range(1, 30)
    ]
    path.write_text(json.dumps({"log_history": entries}))
    return path


async def test_every_view_of_a_log_without_layers(path: Path) -> None:
    """What it is, that it is not live, that there are no bars."""
    log = open_log(path)
    app = LogApp(LogState(cursor=1, path=str(path)), log, motion="reduced", ticking=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(lambda: app.session.trace is not None and app.state.header is not None)
        await pilot.pause()
        assert "state.json · transformers · written with each" in line(app, "experiment")
        assert "no bars" in line(app, "verdict")
        for key in ("2", "3", "v", "1", "4", "end"):
            await pilot.press(key)
        await until(lambda: any("learning rate" in row for row in view_rows(app, "training")))
        assert any("norm of the whole gradient  2.5" in row for row in view_rows(app, "training"))
        assert line(app, "factors") == ""
    log.close()
