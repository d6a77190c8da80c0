"""Command lines: what they print, and the state that they open."""

import shlex

import pytest

from tui.commands.base import experiment_of as experiment_of_options
from tui.commands.base import screen_options
from tui.commands.parser import main, parse
from tui.config.command_line import opened
from tui.state.state import State


def run_text(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a successful command prints."""
    assert main(["run", *arguments]) == 0
    return capsys.readouterr().out


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a successful command prints."""
    assert main(arguments) == 0
    return capsys.readouterr().out


def brought_back(command: str) -> State:
    """The state that a copied command line opens."""
    program, *arguments = shlex.split(command)
    assert program == "chainrule"
    options = parse(arguments)
    experiment = experiment_of_options(options)
    return opened(experiment, screen_options(options, experiment))
