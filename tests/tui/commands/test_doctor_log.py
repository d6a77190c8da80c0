"""`chainrule doctor FILE`: the diagnosis of a log, and what it cannot tell."""

import json
from pathlib import Path

import pytest

from engine.logs import examination
from engine.logs.examination import examine
from engine.logs.formats import open_log
from tests.support.run_logs import recorded_lines, written
from tests.support.training import small
from tui.commands.parser import main


def recorded(path: Path, steps: int = 3) -> Path:
    """The log of a network of ours that vanishes."""
    path.write_text(
        "\n".join(recorded_lines(small(activation="sigmoid", depth=8), steps, 1)) + "\n"
    )
    return path


def test_the_log_of_one_of_our_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Its verdict is that of the run, with its cause; it lacks nothing."""
    path = recorded(tmp_path / "a.jsonl")
    assert main(["doctor", str(path), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    settings = ("--activation", "sigmoid", "--depth", "8", "--width", "8", "--batch-size", "32")
    assert main(["run", *settings, "--steps", "3", "--format", "json"]) == 0
    expected = json.loads(capsys.readouterr().out)["verdict"]
    assert found["verdict"]["kind"] == expected["kind"] == "vanishing"
    assert found["verdict"]["decades"] == expected["decades"]
    assert found["verdict"]["cause"] == expected["cause"]
    assert [each["kind"] for each in found["findings"]] == ["vanishing", "done"]
    assert (found["steps"], found["read"], found["missing"]) == (4, 4, {})
    assert main(["doctor", str(path)]) == 1
    assert "VANISHING" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "code", "missing"),
    [
        ('{"step": 0, "loss": 1, "weight_grad_norm": [1e-9, 1]}', 3, {"g", "experiment"}),
        ('{"step": 0, "loss": null, "weight_grad_norm": [1, 1]}', 1, {"g", "experiment"}),
        ('{"step": 0, "loss": 1, "output_grad_norm": [1, 1]}', 0, {"factors", "experiment"}),
        ('{"step": 0, "loss": 1, "output_grad_norm": [1e-9, 1]}', 1, {"factors", "experiment"}),
    ],
)
def test_what_it_cannot_tell_is_named(
    line: str, code: int, missing: set[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A log without g has no verdict and no cause, whatever else is in it."""
    path = written(tmp_path / "a.jsonl", line)
    assert main(["doctor", str(path), "--format", "json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert {*found["missing"]} == missing
    assert (found["verdict"]["kind"] == "unknown") == ("g" in missing)
    assert found["verdict"]["cause"] is None
    for language in ("en", "zh"):
        assert main(["doctor", str(path), "--lang", language]) == code
        assert "record g" in capsys.readouterr().out or "g" not in missing or language == "zh"


def test_a_log_without_layers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Is asked neither for g nor for their order."""
    path = tmp_path / "trainer_state.json"
    path.write_text(json.dumps({"log_history": [{"step": 1, "loss": 0.5}]}))
    assert main(["doctor", str(path), "--format", "json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert ({*found["missing"]}, found["steps"]) == ({"layers", "experiment"}, 1)
    path = tmp_path / "metrics.csv"
    path.write_text("step,loss,l2(fc1)\n0,1,1\n")
    assert main(["doctor", str(path)]) == 3
    assert "--pattern" in capsys.readouterr().out
    assert main(["doctor", str(path), "--pattern", "l2({layer})"]) == 3
    assert "--pattern" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["doctor", "replay"])
@pytest.mark.parametrize("name", ["metrics.csv", "events.out.tfevents.1", "a.jsonl"])
def test_a_log_without_steps_is_one_line(
    name: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """There is nothing to be told of it; keys that nobody knows are told."""
    (tmp_path / name).touch()
    assert main([command, str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    if name == "metrics.csv":
        (tmp_path / name).write_text("step,l2(fc1)\n0,1\n")
        assert main([command, str(tmp_path / name)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "l2(fc1); --pattern" in error


def test_of_a_long_log_a_sample_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evenly, with its ends, and that is said."""
    monkeypatch.setattr(examination, "MOST_STEPS", 5)
    lines = [f'{{"step": {n}, "output_grad_norm": [1, 1]}}' for n in range(101)]
    log = open_log(written(tmp_path / "a.jsonl", *lines))
    found = examine(log)
    log.close()
    assert (found.steps, found.read, found.first, found.last) == (101, 5, 0, 100)
    assert "steps" in found.missing


@pytest.mark.parametrize("arguments", [("--depth", "3"), ("--preset", "xavier")])
def test_a_log_has_no_settings(
    arguments: tuple[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """And what is no log is one line."""
    path = recorded(tmp_path / "a.jsonl", 0)
    assert main(["doctor", str(path), *arguments]) == 2
    assert main(["doctor", str(tmp_path / "none")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 2
