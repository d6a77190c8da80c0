"""Streams that take nothing, and users without a home."""

import io
import os
import pwd
import sys
from pathlib import Path

import pytest

from tui.commands.parser import main
from tui.config.folders import config_folder, log_folder
from tui.config.settings_file import PATH_VARIABLE
from tui.screens.sharing import _from_home

COMMANDS = ["--version", "--help", "list", "config", "completion bash", "run --depth 2 --width 2"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_said_in_one_line(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing more is tried when Python ends."""
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(command.split()) == 1
    assert capsys.readouterr().err == "chainrule: cannot write: No space left on device\n"


def test_closed_streams_are_written_to_by_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python has None for them."""
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["list", "nothing"]) == 2
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["--depth", "2", "--width", "2"]) == 0


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_wanted_characters_that_a_stream_does_not_know_are_not_used(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A settings file may ask for braille, and a locale have none."""
    (tmp_path / "own.toml").write_text('glyphs = "braille"')
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "own.toml"))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1"))
    assert main([command, "--depth", "2", "--width", "2"]) in (0, 1)
    assert written.getvalue().isascii()


def test_too_little_memory_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A defect of the machine, not of the program."""

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("tui.commands.run.run", fail)
    assert main(["run"]) == 1
    assert "not enough memory" in capsys.readouterr().err


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without HOME and without an entry among the system's users."""

    def fail(*_: object) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", fail)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "CHAINRULE_CONFIG"):
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("nobody")
def test_a_user_without_a_home_has_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    """As in many containers."""
    assert (config_folder(), log_folder()) == (None, None)
    assert main(["config"]) == 0
    assert capsys.readouterr().out.startswith("file: none")
    assert _from_home(Path("/a/b")) == "/a/b"


def test_a_home_that_is_no_folder_has_no_settings_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is wrong with what is not there."""
    monkeypatch.delenv("CHAINRULE_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    assert main(["config"]) == 0
    assert "ignored" not in capsys.readouterr().out
