"""`chainrule`: options of the screen, and presets."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tui.commands.parser import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cursor", "21"], ["cursor 21", "from 1 to 20"]),
        (["--cursor", "0"], ["cursor 0", "from 1 to 20"]),
        (["--preset", "edge-of-caos"], ["edge-of-caos", "did you mean edge-of-chaos?"]),
        (["--preset", "selu", "--experiment", "x.toml"], ["--preset", "--experiment"]),
        (["--curser", "3"], ["did you mean --cursor?"]),
        (
            ["--glyphs", "blocks"],
            ["did you mean block?", "auto, braille, block, ascii"],
        ),
    ],
)
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_bad_screens_are_one_clear_line(
    term: str,
    arguments: list[str],
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As for every other flag, before a terminal is touched."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", term)
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


def test_without_a_terminal_the_metric_asked_for_is_drawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same picture as text."""
    assert main(["--metric", "activation", "--depth", "3"]) == 0
    assert "rms of h" in capsys.readouterr().out
    assert main(["--depth", "3"]) == 0
    assert "g = " in capsys.readouterr().out


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_terminal_without_a_cursor_gets_the_picture_as_text(
    term: str | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `chainrule run` prints, after a line that says why; a mistake is the only line."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("TERM")
    if term is not None:
        monkeypatch.setenv("TERM", term)
    arguments = ["--depth", "3", "--width", "4", "--ascii"]
    assert main(arguments) == 0
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert (f"TERM is {term!r}" if term else "TERM is not set") in shown.err
    assert main(["run", *arguments]) == 0
    assert shown.out == capsys.readouterr().out
    assert main(["--depth", "0"]) == 2
    assert "TERM" not in capsys.readouterr().err


def test_the_glyphs_asked_for_are_drawn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where they would not be chosen; of two wishes the later counts."""
    monkeypatch.setenv("TERM", "vt100")
    for arguments, is_ascii in (
        ([], True),
        (["--glyphs", "block"], False),
        (["--glyphs", "block", "--ascii"], True),
        (["--ascii", "--glyphs", "braille"], False),
        (["--glyphs", "auto"], True),
    ):
        assert main(["run", "--depth", "3", "--width", "4", *arguments]) == 0
        assert capsys.readouterr().out.isascii() == is_ascii, arguments
    assert main(["--glyphs", "blok", "run", "--format", "json"]) == 2
    assert "did you mean block?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "is_ascii"), [("C", True), ("xx_YY.ISO-8859-1", True), ("xx_YY.UTF-8", False)]
)
def test_a_locale_without_utf_8_gets_ascii(locale: str, is_ascii: bool) -> None:
    """Python writes UTF-8 there all the same, which the terminal may not know."""
    command = [sys.executable, "-m", "tui", "list", "presets"]
    done = subprocess.run(
        command, env={"LANG": locale, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=20
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii() == is_ascii
    assert b"?" not in done.stdout
