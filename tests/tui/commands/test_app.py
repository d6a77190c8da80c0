"""`chainrule`: options of the screen, and presets."""

import json
import sys

import pytest

from tui.commands.parser import main


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


def test_without_a_terminal_the_metric_asked_for_is_drawn(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same picture as text."""
    assert main(["--metric", "activation", "--depth", "3"]) == 0
    assert "rms of h" in capsys.readouterr().out
    assert main(["--depth", "3"]) == 0
    assert "g = " in capsys.readouterr().out
