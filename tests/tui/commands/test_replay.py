"""`chainrule replay` and `chainrule watch` where there is no terminal, and what they refuse."""

from argparse import Namespace
from pathlib import Path

import pytest

from engine.logs.log import Log
from tests.support.commands import printed
from tests.support.logs_shown import LAYERS, header, log_at, step
from tests.support.run_logs import recorded_lines
from tests.support.training import small
from tui.commands import log_screen
from tui.commands.parser import main


@pytest.mark.parametrize("command", ["replay", "watch"])
def test_the_last_step_is_printed(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `run` prints it, of ours; of others what their log is of."""
    ours = log_at(tmp_path / "ours", *recorded_lines(small(), 6, 2))
    assert "step 6" in printed(capsys, command, str(ours))
    lines = [step(n, decades=-5.0) for n in (0, 3)]
    foreign = log_at(tmp_path / "run.jsonl", header(), *lines)
    told = printed(capsys, command, str(foreign))
    assert told.startswith("run.jsonl · 8 layers · chainrule")
    assert "VANISHING" in told
    assert "g of step" not in told
    lost = step(4, loss=None, nonfinite=["loss"]).replace("{", '{"loss": null, ')
    log_at(tmp_path / "run.jsonl", header(), lost)
    assert "step 4  loss nan" in printed(capsys, command, str(foreign))
    log_at(tmp_path / "run.jsonl", header(), step(4, loss=None))
    assert "loss" not in printed(capsys, command, str(foreign))
    ended = step(4, output_grad_norm=None), '{"step": 5, "last": true}'
    told = printed(capsys, command, str(log_at(tmp_path / "run.jsonl", header(), *lines, *ended)))
    assert "chainrule · g of step 3\n" in told
    assert "step 4  loss 0.200" in told
    without = step(4, output_grad_norm=None, weight_grad_norm=[1.0] * len(LAYERS))
    told = printed(capsys, command, str(log_at(tmp_path / "a", header(), without)))
    assert "NO VERDICT" in told
    assert "record g" in told


@pytest.mark.parametrize("command", ["replay", "watch"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        ("", "is empty"),
        ("not a log\n", "no log"),
        ('{"chainrule_log": 9, "layers": ["a"]}\n', "newer"),
        (header() + "\n", "without a step"),
    ],
)
def test_what_is_no_log_is_one_line(
    command: str,
    content: str | None,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And the exit code of bad input; without a terminal nobody waits."""
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_text(content)
    assert main([command, str(path)]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1
    assert said in error


def test_an_empty_name_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """It would be the folder that one is in."""
    assert main(["replay", ""]) == 2
    assert "FILE" in capsys.readouterr().err


def test_what_has_no_step_never_gets_a_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty one would say nothing; what is watched may still come."""
    monkeypatch.setattr(log_screen, "has_screen", lambda: True)
    shown: list[bool] = []

    def run(options: Namespace, log: Log, follows: bool) -> int:
        log.close()
        shown.append(follows)
        return 0

    monkeypatch.setattr(log_screen, "_run", run)
    path = tmp_path / "metrics.csv"
    for text in ("", "step,l2(fc1)\n0,1\n1,1\n"):
        path.write_text(text)
        assert main(["replay", str(path)]) == 2
        assert main(["watch", str(path)]) == 0
    assert "l2(fc1); --pattern" in capsys.readouterr().err
    path.write_text("step,loss\n0,1\n")
    assert main(["replay", str(path)]) == 0
    for steps in (1, 9):
        log = log_at(tmp_path / "run.jsonl", header(), *map(step, range(steps)))
        assert main(["replay", str(log)]) == 0
    assert shown == [True, True, False, False, False]
