"""`chainrule race` without a terminal: two runs' numbers, and bad input is one line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.heavy import cases
from tui.commands.parser import main

FIRST = "--depth 5 --width 8 --activation tanh"
SECOND = "--depth 7 --width 8 --activation relu --init he_normal"


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints, which ends well."""
    assert main(words) == 0
    return capsys.readouterr().out


def of_json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What it prints as JSON."""
    return json.loads(printed(capsys, *words, "--format", "json"))


@pytest.mark.parametrize("steps", cases(["0", "40"], lambda steps: steps == "40"))
def test_it_is_two_runs_digit_for_digit(steps: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every number; but nothing was tried that might help."""
    raced = of_json(capsys, "race", FIRST, SECOND, "--steps", steps)
    for name, flags in zip("AB", (FIRST, SECOND), strict=True):
        alone = of_json(capsys, "run", *flags.split(), "--steps", steps)
        del alone["verdict"]["suggestions"]
        assert raced["runs"][name] == alone
    assert raced["same_batches"]
    assert raced["milestone"]["steps"]["A"] == raced["runs"]["A"]["milestone"]["step"]
    if steps != "0":
        accuracies = {name: raced["runs"][name]["test_accuracy"] for name in "AB"}
        assert raced["lead"]["values"] == accuracies
        assert raced["lead"]["ahead"] == max(accuracies, key=lambda name: accuracies[name])


def test_files_presets_and_flags_name_experiments(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of the two as it likes."""
    file = tmp_path / "one.toml"
    file.write_text("[network]\ndepth = 3\nwidth = 8\n[data]\nbatch_size = 32\n")
    raced = of_json(capsys, "race", str(file), "--depth 3 --width 8 --batch-size 16")
    assert raced["runs"]["A"]["experiment"]["data"]["batch_size"] == 32
    assert (raced["same_batches"], raced["differs"]) == (False, ["batch_size"])
    raced = of_json(capsys, "race", "zeros-stay-zero", "")
    assert raced["runs"]["A"]["experiment"]["network"]["init"] == "zeros"
    assert raced["runs"]["B"]["experiment"]["network"]["init"] == "xavier_normal"


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_the_text_fits(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both charts, the lead, and no line that is longer than 60 at least."""
    monkeypatch.setenv("COLUMNS", columns)
    text = printed(capsys, "race", FIRST, SECOND, "--steps", "10", "--ascii")
    lines = text.splitlines()
    assert text.isascii()
    assert max(map(len, lines)) <= max(int(columns), 60)
    assert sum("output" in line for line in lines) == 2
    assert "AHEAD" in text
    assert "at step 10" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((FIRST,), "a race is of two"),
        ((FIRST, FIRST), "the same experiment"),
        (("", "--dept 3"), "--depth"),
        (("", "--depth x"), "depth"),
        (("", "--depth 3 --steps 4"), "--steps is no setting"),
        (("", "--depth '3"), "quote"),
        (("", "no-such-file.toml"), "no-such-file.toml"),
        (("", "edge-of-caos"), "edge-of-chaos"),
        (("", FIRST, "--format", "csv"), "text, json"),
        (("", FIRST, "--steps", "-3"), "steps"),
        (("", FIRST, SECOND), "see chainrule race --help"),
    ],
)
def test_bad_input_is_one_line(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is wrong; nothing is printed."""
    assert main(["race", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert told in captured.err
