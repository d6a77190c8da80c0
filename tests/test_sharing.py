"""Sharing: command lines that bring back the screen, and files that overwrite nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Static

from engine import Experiment, run
from engine.experiment.domains import Choice, Domain
from tests.support import experiment_of
from tests.test_app import chart_rows, line, running
from tests.test_experiment import experiments
from tui.commands.base import experiment_of as experiment_of_options
from tui.commands.base import screen_options
from tui.commands.command_line import main, parse
from tui.config.command_line import command_line, flag_value, opened
from tui.config.experiment_files import from_toml
from tui.screens.command import ShareScreen
from tui.state.notices import notice
from tui.state.presets import PRESETS
from tui.state.state import SHARED, State
from tui.views.export import FORMATS, write_new
from tui.words.presets import preset_words


def brought_back(command: str) -> State:
    """The state that a copied command line opens."""
    program, *arguments = shlex.split(command)
    assert program == "chainrule"
    options = parse(arguments)
    experiment = experiment_of_options(options)
    return opened(experiment, screen_options(options, experiment))


def _names(domain: Domain) -> tuple[str, ...]:
    assert isinstance(domain, Choice)
    return domain.names


@given(experiments(), st.data())
def test_a_copied_command_brings_back_the_screen(
    experiment: Experiment, data: st.DataObject
) -> None:
    """Experiment and all that is shared of the state, for any experiment."""
    cursor = data.draw(st.integers(1, experiment.network.depth))
    screen = {
        name: data.draw(st.sampled_from(_names(shared.domain(experiment))))
        for name, shared in SHARED.items()
        if name != "cursor"
    }
    state = opened(experiment, {**screen, "cursor": cursor})
    state = replace(state, speed=4.0, notices=(notice("hello"),))
    again = brought_back(command_line(state))
    assert again.experiment == experiment
    for name in SHARED:
        assert flag_value(again, name) == flag_value(state, name)


def test_the_default_screen_is_the_bare_command() -> None:
    """Nothing is said that holds anyway."""
    assert command_line(opened(Experiment(), {})) == "chainrule"
    state = opened(experiment_of(activation="relu"), {"cursor": 5})
    assert command_line(state) == "chainrule --activation relu --cursor 5"


def test_files_are_named_so_that_any_folder_finds_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Absolute, and quoted for the shell."""
    folder = tmp_path / "my data; rm"
    folder.mkdir()
    (folder / "own.csv").write_text("x,y\n" + "".join(f"{i},{i % 2}\n" for i in range(200)))
    monkeypatch.chdir(folder)
    command = command_line(opened(experiment_of(dataset="own.csv", depth=3), {}))
    monkeypatch.chdir(tmp_path)
    again = brought_back(command).experiment
    assert again.data.dataset == str(folder / "own.csv")
    assert (run(again).delta_norm > 0).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cursor", "21"], ["cursor 21", "from 1 to 20"]),
        (["--cursor", "0"], ["cursor 0", "from 1 to 20"]),
        (["--preset", "edge-of-caos"], ["edge-of-caos", "did you mean edge-of-chaos?"]),
        (["--preset", "selu", "--experiment", "x.toml"], ["--preset", "--experiment"]),
        (["--curser", "3"], ["did you mean --cursor?"]),
    ],
)
def test_bad_screens_are_one_clear_line(
    arguments: list[str],
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As for every other flag, before a terminal is touched."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    for word in words:
        assert word in err


def test_a_preset_can_be_run_and_changed(capsys: pytest.CaptureFixture[str]) -> None:
    """By name, flags over it, headless too."""
    assert main(["run", "--preset", "selu", "--depth", "7", "--format", "json"]) == 0
    network = json.loads(capsys.readouterr().out)["experiment"]["network"]
    assert (network["activation"], network["init"], network["depth"]) == ("selu", "lecun_normal", 7)


def test_another_process_gives_the_same_numbers() -> None:
    """The copied line through a shell, to the last digit."""
    experiment = experiment_of(activation="tanh", gain=1.23456789, depth=9, width=33, seed=7)
    command = command_line(opened(experiment, {"cursor": 2}))
    line = command.replace("chainrule ", f"{shlex.quote(sys.executable)} -m tui ", 1)
    shell = f"{line} run --format json"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=True, env=os.environ)
    layers = json.loads(done.stdout)["layers"]
    assert [layer["delta_norm"] for layer in layers] == run(experiment).delta_norm.tolist()


async def test_y_shows_a_long_command_whole() -> None:
    """In a box of its own where the line is too short."""
    async with running(
        activation="relu", init="he_normal", residual="pre_activation", norm="batch", depth=50
    ) as (app, pilot):
        await pilot.press("home", "y")
        await pilot.pause()
        assert isinstance(app.screen, ShareScreen)
        shown = str(app.screen.query_one("#command", Static).render())
        assert shown == app.clipboard
        assert brought_back(shown).experiment == app.state.experiment
        assert brought_back(shown).cursor == 1
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


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
            assert f"wrote chainrule-relu-5x8-xavier_normal-gradients.{name}" in line(app, "why")
        await export_keys(pilot, "csv")
        assert "wrote chainrule-relu-5x8-xavier_normal-gradients-2.csv" in line(app, "why")
        bars = chart_rows(app)
        trace = app.main.trace
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


async def test_an_export_that_fails_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the app lives."""
    monkeypatch.chdir(tmp_path)

    def fail(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tui.app_personal.export", fail)
    async with running() as (app, pilot):
        await export_keys(pilot, "svg")
        assert "cannot write: Permission denied" in line(app, "why")


def test_files_are_numbered(tmp_path: Path) -> None:
    """The first free number, and nothing is touched."""
    for number, expected in enumerate(("a.txt", "a-2.txt", "a-3.txt")):
        assert write_new(tmp_path, "a", "txt", str(number)).name == expected
    assert (tmp_path / "a.txt").read_text() == "0\n"


async def test_the_gallery_previews_each_preset_and_takes_one() -> None:
    """Looked at first, with its line beside the list; then taken, or given back."""
    async with running(depth=3) as (app, pilot):
        await pilot.press("X")
        for preset in PRESETS.values():
            assert app.main.trace is not None
            assert app.main.trace.experiment == preset.experiment
            assert preset_words(preset.id)[1] in str(
                app.main.query_one("#panel-about", Static).render()
            )
            assert app.state.experiment == experiment_of(depth=3)
            await pilot.press("down")
        await pilot.press("escape")
        assert app.main.trace is not None
        assert app.main.trace.experiment == app.state.experiment == experiment_of(depth=3)
        await pilot.press("X", "end", "up", "enter")
        await pilot.pause()
        taken = list(PRESETS.values())[-2]
        assert app.state.experiment == taken.experiment
        assert preset_words(taken.id)[1] in line(app, "why")
        await pilot.press("u")
        assert app.state.experiment == experiment_of(depth=3)
