"""`chainrule run --log`: its file, its lines on stdout, and what it refuses."""

import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import Trainer
from tests.support.commands import run_text
from tests.support.run_logs import read_header, steps_of
from tui.commands import recorded_run
from tui.commands.parser import main
from tui.views.trace_records import FACTOR_FIELDS, LAYER_FIELDS
from tui.words.foreign import LINE

SMALL = ("--depth", "2", "--width", "4", "--batch-size", "16", "--activation", "relu")


def as_printed(capsys: pytest.CaptureFixture[str], step: int) -> dict[str, Any]:
    """What `chainrule run --format json` prints at a step, by name."""
    text = run_text(capsys, *SMALL, "--steps", str(step), "--format", "json")
    found: dict[str, Any] = json.loads(text)
    rows = found.pop("layers")
    for row in rows:
        row.update({f"factors.{name}": value for name, value in row.pop("factors").items()})
    return {**found, **{name: [row[name] for row in rows] for name in rows[0]}}


def test_the_file_has_what_json_has(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """At each of its steps, to the last digit; and the same is printed as without a log."""
    arguments = (*SMALL, "--steps", "10")
    plain = run_text(capsys, *arguments)
    logged = run_text(capsys, *arguments, "--log", "a.jsonl", "--log-every", "4")
    assert logged == plain
    header, steps = read_header(tmp_path / "a.jsonl"), steps_of(tmp_path / "a.jsonl")
    assert [each.step for each in steps] == [0, 4, 8, 10]
    for each in steps:
        printed = as_printed(capsys, each.step)
        assert header.experiment == printed["experiment"]
        compared = 0
        for name, values in {**each.numbers, **each.arrays}.items():
            if name in printed and not name.startswith("test_"):
                kept = np.asarray(values).tolist()
                assert none_as_nan(printed[name]) == pytest.approx(kept, rel=0, abs=0, nan_ok=True)
                compared += 1
        factors = {f"factors.{name}" for name in FACTOR_FIELDS}
        known = {*LAYER_FIELDS, *factors} - ({"gradient_cosine"} if each.step == 0 else set())
        assert known <= each.arrays.keys()
        assert compared >= len(known)
    assert steps[-1].numbers["test_accuracy"] == as_printed(capsys, 10)["test_accuracy"]


def none_as_nan(value: Any) -> Any:
    """As an array has it."""
    if isinstance(value, list):
        return [*map(none_as_nan, value)]
    return float("nan") if value is None else float(value)


def test_by_default_a_thousand_steps_have_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the help says."""
    monkeypatch.setattr("engine.logs.recording.MOST_LINES", 4)
    run_text(capsys, *SMALL, "--steps", "9", "--log", "a.jsonl")
    assert [each.step for each in steps_of(tmp_path / "a.jsonl")] == [0, 3, 6, 9]


def test_stdout_has_the_log_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """For a pipe."""
    (tmp_path / "a.jsonl").write_text(run_text(capsys, *SMALL, "--steps", "3", "--log", "-"))
    assert [each.step for each in steps_of(tmp_path / "a.jsonl")] == [0, 1, 2, 3]
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--log there.jsonl", ["there.jsonl is there already", "--force"]),
        ("--log missing/a.jsonl", ["cannot write missing/a.jsonl", "No such file"]),
        ("--log . --force", ["Is a directory"]),
        ("--log=", ["--log", "needs a value"]),
        ("--log-every 2", ["--log-every goes with --log FILE"]),
        ("--force", ["--force goes with --log FILE"]),
        ("--log new.jsonl --log-every 0", ["log_every 0", "from 1 to"]),
        ("--log new.jsonl --log-every all", ["'all'", "whole number"]),
        ("--log new.jsonl --steps -1", ["steps -1"]),
        ("--log new.jsonl --depth 0", ["depth 0"]),
        ("--log - --format json", ["--log -", "--format"]),
        ("--log new.jsonl --depth 1000 --width 2048", ["memory"]),
    ],
)
def test_bad_input_is_one_clear_line_before_any_training(
    arguments: str,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit 2, no new file, and an old one stays what it is."""
    (tmp_path / "there.jsonl").write_text("mine")
    monkeypatch.setattr(recorded_run, "Trainer", None)
    assert main(["run", "--steps", "5", *arguments.split()]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert len(err) <= LINE + 1
    for word in words:
        assert word in err
    assert [path.name for path in tmp_path.iterdir()] == ["there.jsonl"]
    assert (tmp_path / "there.jsonl").read_text() == "mine"


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("name", ["mine.csv", "mine.toml", "link"])
def test_what_a_run_reads_is_not_overwritten(
    name: str, force: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its data and its experiment, under whatever name."""
    rows = "".join(f"{i},{i % 2}\n" for i in range(40))
    (tmp_path / "mine.csv").write_text(rows)
    (tmp_path / "mine.toml").write_text("[network]\ndepth = 2\n")
    (tmp_path / "link").symlink_to(tmp_path / "mine.csv")
    arguments = ("--experiment", "mine.toml", "--dataset", "mine.csv", "--batch-size", "8")
    assert main(["run", "--steps", "1", *arguments, "--log", name, *force]) == 2
    assert capsys.readouterr().err == (
        f"chainrule: {name} is read by this run: its log needs another file\n"
    )
    assert (tmp_path / "mine.csv").read_text() == rows
    assert (tmp_path / "mine.toml").read_text() == "[network]\ndepth = 2\n"


def test_a_file_named_as_a_dataset_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A log may have the name of one of the catalogue."""
    for force in ([], ["--force"]):
        run_text(capsys, *SMALL, "--steps", "1", "--log", "digits", *force)
    assert len(steps_of(tmp_path / "digits")) == 2


def test_force_overwrites(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """All that was in it."""
    (tmp_path / "a.jsonl").write_text("mine\n" * 10_000)
    run_text(capsys, *SMALL, "--steps", "1", "--log", "a.jsonl", "--force")
    assert [each.step for each in steps_of(tmp_path / "a.jsonl")] == [0, 1]


def test_a_full_disk_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed."""
    assert main(["run", *SMALL, "--steps", "1", "--log", "/dev/full"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "chainrule: cannot write /dev/full: No space left on device\n"


def test_a_full_disk_behind_stdout_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for all that is printed."""
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["run", *SMALL, "--steps", "1", "--log", "-"]) == 1
    assert capsys.readouterr().err == "chainrule: cannot write: No space left on device\n"


def test_ctrl_c_keeps_what_there_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, the signal's exit code, and ctrl+c does afterwards what it did before."""
    advance = Trainer.advance

    def interrupted(trainer: Any, steps: int) -> Any:
        if trainer.step_number == 2:
            signal.raise_signal(signal.SIGINT)
        return advance(trainer, steps)

    monkeypatch.setattr(Trainer, "advance", interrupted)
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        assert main(["run", *SMALL, "--steps", "5", "--log", "a.jsonl"]) == 130
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGINT, before)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "chainrule: interrupted: a.jsonl has 4 whole lines\n"
    assert [each.step for each in steps_of(tmp_path / "a.jsonl")] == [0, 1, 2]


@pytest.mark.skipif(not shutil.which("jq"), reason="there is no jq")
def test_the_line_of_the_readme_reads_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Word for word: a row a step."""
    readme = (Path(__file__).parents[3] / "README.md").read_text()
    (line,) = re.findall(r"^jq .*?(?=  +#|$)", readme, re.MULTILINE)
    run_text(capsys, *SMALL, "--steps", "2", "--log", "run.jsonl")
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    steps = steps_of(tmp_path / "run.jsonl")
    assert rows == [
        [each.step, each.numbers["loss"], each.arrays["output_grad_norm"][0]] for each in steps
    ]


class GoneTerminal(io.StringIO):
    """What stderr is to a program that outlives its terminal."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def flush(self) -> None:
        self.write("")


def test_training_outlives_its_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar that nobody can see any more ends nothing."""
    monkeypatch.setattr(sys, "stderr", GoneTerminal())
    run_text(capsys, *SMALL, "--steps", "3", "--log", "a.jsonl")
    assert len(steps_of(tmp_path / "a.jsonl")) == 4
