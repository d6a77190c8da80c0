"""Completion for the shells."""

import argparse
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import printed
from tui.commands.completion import SHELLS, _offer, _words
from tui.commands.parser import build_parser, commands


def script(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The completion script in a file."""
    path = tmp_path / f"completion.{shell}"
    path.write_text(printed(capsys, "completion", shell))
    return path


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_scripts_name_everything(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands, flags, values; the shell finds no fault, where there is that shell."""
    path = script(shell, tmp_path, capsys)
    text = path.read_text()
    words = "residual-scale", "pre_activation", "edge-of-chaos", "chainrule-light"
    for word in (*commands(), *words):
        assert word in text, word
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(path)], check=True)


def test_every_option_that_takes_a_name_offers_some() -> None:
    """Of the app and of every command."""
    parser = build_parser()
    _offer(parser, _words())
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for each in (parser, *commands.choices.values()):
        for action in each._actions:
            assert action.choices or action.metavar != "NAME", action.dest


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["--activ"], {"--activation"}),
        (["--activation", "re"], {"relu"}),
        (["li"], {"list"}),
        (["list", "act"], {"activations"}),
        (["run", "--preset", "edge"], {"edge-of-chaos"}),
        (["completion", ""], set(SHELLS)),
    ],
)
def test_bash_completes(
    typed: list[str], offered: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the function that the script registers."""
    path = script("bash", tmp_path, capsys)
    code = (
        'source "$1"; shift; COMP_WORDS=(chainrule "$@"); COMP_CWORD=$#; '
        "_comp=$(complete -p chainrule | sed 's/.*-F \\([^ ]*\\).*/\\1/'); "
        '"$_comp" chainrule "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", code, "bash", str(path), *typed], capture_output=True, text=True, check=True
    )
    assert {word.strip() for word in done.stdout.split()} == offered
