"""Sharing from the app: `y`, `e` and the gallery."""

import csv
import io
import json
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.support.app import chart_rows, line, running
from tests.support.commands import brought_back
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.config.experiment_files import from_toml
from tui.screens.command import ShareScreen
from tui.state.presets import PRESETS
from tui.views.export import FORMATS
from tui.words.presets import preset_words


async def test_y_shows_a_long_command_whole() -> None:
    """In a box of its own where the line is too short."""
    async with running(
        activation="relu", init="he_normal", residual="pre_activation", norm="batch", depth=50
    ) as (app, pilot):
        await pilot.press("home", "y")
        await pilot.pause()
        assert isinstance(app.screen, ShareScreen)
        shown = str(app.screen.query_one("#shared", Static).render())
        assert shown == app.clipboard
        assert brought_back(shown).experiment == app.state.experiment
        assert brought_back(shown).cursor == 1
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize(
    ("term", "short", "long"),
    [
        ("xterm-256color", "sent to the terminal's clipboard: ", "Sent to the terminal's"),
        ("vt100", "this opens the same screen: ", "This terminal has no clipboard"),
    ],
)
async def test_y_claims_no_clipboard_where_there_is_none(
    term: str, short: str, long: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command stands there, to be copied by hand."""
    monkeypatch.setenv("TERM", term)
    async with running() as (app, pilot):
        await pilot.press("y")
        assert line(app, "why").strip() == short + app.clipboard
    async with running(activation="relu", init="he_normal", residual="pre_activation") as (
        app,
        pilot,
    ):
        await pilot.press("y")
        await pilot.pause()
        assert long in str(app.screen.query(Static).first().render())


async def export_keys(pilot: object, name: str) -> None:
    """Choose a format from the list."""
    down = ["down"] * list(FORMATS).index(name)
    await pilot.press("e", *down, "enter")  # type: ignore[attr-defined]
    for _ in range(4):
        await pilot.pause()  # type: ignore[attr-defined]


async def test_e_writes_every_format_and_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sensible names, numbered from the second on, each with what it should hold."""
    monkeypatch.chdir(tmp_path)
    async with running(activation="relu", depth=5, width=8) as (app, pilot):
        for name in FORMATS:
            await export_keys(pilot, name)
            assert f"wrote ~/chainrule-relu-5x8-xavier_normal-gradients.{name}" in line(app, "why")
        await export_keys(pilot, "csv")
        assert "wrote ~/chainrule-relu-5x8-xavier_normal-gradients-2.csv" in line(app, "why")
        bars = chart_rows(app)
        trace = app.session.trace
        assert trace is not None
    files = {path.suffix[1:]: path.read_text() for path in tmp_path.glob("*gradients.*")}
    assert set(files) == set(FORMATS)
    assert files["svg"].startswith("<svg")
    # the panel is gone, and the chart has its room again
    assert "export" not in files["txt"]
    for row in bars:
        assert row.strip() in files["txt"]
    rows = list(csv.DictReader(io.StringIO(files["csv"])))
    assert [float(row["delta_norm"]) for row in rows] == trace.delta_norm.tolist()
    assert json.loads(files["json"])["experiment"]["network"]["depth"] == 5
    assert from_toml(files["toml"]) == trace.experiment


@pytest.mark.parametrize("width", cases([60, 80], lambda width: width == 60))
async def test_where_a_file_is_stands_there_in_full(
    width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the root or from home on, in a box of its own where the line is too short."""
    folder = tmp_path / "an-experiment-of-a-name" / "that-is-long"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    async with running(size=(width, 20), residual="pre_activation", norm="batch") as (app, pilot):
        await export_keys(pilot, "toml")
        (path,) = folder.iterdir()
        assert isinstance(app.screen, ShareScreen)
        shown = app.screen.query_one("#shared", Static)
        rows = [shown.render_line(y).text.strip() for y in range(shown.size.height)]
        assert Path("".join(rows)).expanduser() == path
        await pilot.press("escape")
        assert line(app, "why") == "wrote the file"


async def test_an_export_that_fails_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the app lives."""
    monkeypatch.chdir(tmp_path)

    def fail(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tui.screens.sharing.export", fail)
    async with running() as (app, pilot):
        await export_keys(pilot, "svg")
        assert "cannot write: Permission denied" in line(app, "why")


@pytest.mark.heavy
@pytest.mark.parametrize("looked_at", [3, len(PRESETS)])
async def test_the_gallery_previews_each_preset_and_takes_one(looked_at: int) -> None:
    """Looked at first, with its line beside the list; then taken, or given back."""
    async with running(depth=3) as (app, pilot):
        await pilot.press("X")
        for preset in list(PRESETS.values())[:looked_at]:
            assert app.session.trace is not None
            assert app.session.trace.experiment == preset.experiment
            assert preset_words(preset.id)[1] in str(
                app.main.query_one("#panel-about", Static).render()
            )
            assert app.state.experiment == experiment_of(depth=3)
            await pilot.press("down")
        await pilot.press("escape")
        assert app.session.trace is not None
        assert app.session.trace.experiment == app.state.experiment == experiment_of(depth=3)
        await pilot.press("X", "end", "up", "enter")
        await pilot.pause()
        taken = list(PRESETS.values())[-2]
        assert app.state.experiment == taken.experiment
        assert preset_words(taken.id)[1] in line(app, "why")
        await pilot.press("u")
        assert app.state.experiment == experiment_of(depth=3)
