"""The command line that `y` copies brings back the screen."""

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

from engine import Experiment, run
from engine.experiment.domains import Choice, Domain
from tests.support.commands import brought_back
from tests.support.experiments import experiment_of, experiments
from tui.config.command_line import command_line, flag_value, opened
from tui.config.experiment_files import from_toml, to_toml
from tui.state.notices import notice
from tui.state.state import SHARED


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
    experiment = experiment_of(dataset="own.csv", depth=3)
    command, file = command_line(opened(experiment, {})), to_toml(experiment)
    monkeypatch.chdir(tmp_path)
    for again in (brought_back(command).experiment, from_toml(file)):
        assert again.data.dataset == str(folder / "own.csv")
        assert (run(again).delta_norm > 0).all()


@pytest.mark.heavy
def test_another_process_gives_the_same_numbers() -> None:
    """The copied line through a shell, to the last digit."""
    experiment = experiment_of(activation="tanh", gain=1.23456789, depth=9, width=33, seed=7)
    command = command_line(opened(experiment, {"cursor": 2}))
    line = command.replace("chainrule ", f"{shlex.quote(sys.executable)} -m tui ", 1)
    shell = f"{line} run --format json"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, check=True, env=os.environ)
    layers = json.loads(done.stdout)["layers"]
    assert [layer["delta_norm"] for layer in layers] == run(experiment).delta_norm.tolist()
