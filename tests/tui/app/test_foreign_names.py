"""A file whose name holds what a terminal or a markup language would obey."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.support.app import line, running
from tests.support.commands import brought_back
from tui.app import ChainruleApp
from tui.terminal.control_filter import ControlFilter

NAME = "[bold]\x1b]0;t\x07\u202e\n[/x] 'a' $(b) 日本.csv"
SEEN = r"[bold]\x1b]0;t\x07\u202e\n[/x] 'a' $(b) 日本.csv"
ROWS = "x,y\n" + "".join(f"{i},{i % 2}\n" for i in range(200))


async def _looked_at(app: ChainruleApp, pilot: Pilot[None], *keys: str) -> str:
    """All that is on the screen after those keys, in characters that can be seen."""
    await pilot.press(*keys)
    await pilot.pause()
    text = [strip.text for strip in app.screen._compositor.render_strips()]
    assert all(row.isprintable() for row in text)
    return "\n".join(text)


@pytest.mark.heavy
async def test_the_name_of_a_file_styles_steers_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the header, the settings, the comparison and the copied command, which is exact."""
    # it would take away what should not have come so far
    monkeypatch.setattr(ControlFilter, "apply", lambda self, segments, background: list(segments))
    path = Path(NAME)
    path.parent.mkdir()
    path.write_text(ROWS)
    async with running(size=(200, 50), dataset=NAME, depth=3, width=8) as (app, pilot):
        assert SEEN in await _looked_at(app, pilot)
        assert SEEN[:10] in await _looked_at(app, pilot, "tab")
        assert SEEN in await _looked_at(app, pilot, "escape", "p", "x")
        assert app.state.experiment.data.dataset != NAME
        assert SEEN in await _looked_at(app, pilot, "u", "d")
        assert "stands here as an escape" in await _looked_at(app, pilot, "escape", "y")
        again = brought_back(app.clipboard).experiment
        assert again == app.state.experiment.with_settings(dataset=str(path.absolute()))


async def test_a_file_that_has_vanished_can_still_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the copied command, which reads it no more, and without its folder, too."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("own.csv").write_text(ROWS)
    async with running(dataset="own.csv", depth=3, width=8) as (app, pilot):
        Path("own.csv").unlink()
        await pilot.press("y")
        assert f"--dataset {folder}/own.csv" in app.clipboard
        await pilot.press("escape")
        folder.rmdir()
        await pilot.press("y")
        await pilot.pause()
        assert "--dataset own.csv" in app.clipboard
        assert "clipboard" in line(app, "why")
