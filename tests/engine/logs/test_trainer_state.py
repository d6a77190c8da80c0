"""The reader of Hugging Face's trainer_state.json, from checkpoint to checkpoint."""

import json
import math
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import BeganAnew, Found, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from engine.logs.trainer_state import TrainerStateReader
from tui.words.errors import error_text
from tui.words.run_log import broken_line_text


def entry(step: int) -> dict[str, object]:
    """What the Trainer logs."""
    return {"epoch": step / 9, "grad_norm": 1.5, "loss": step / 7, "step": step}


def write(path: Path, history: Iterable[object], when: int = 1) -> Path:
    """A file as the Trainer writes it, so many nanoseconds after the epoch."""
    path.parent.mkdir(exist_ok=True)
    state = {"best_metric": None, "global_step": 7, "log_history": [*history]}
    path.write_text(json.dumps(state, indent=2, sort_keys=True) + "\n")
    os.utime(path, ns=(when, when))
    return path


def read(reader: TrainerStateReader) -> list[Found]:
    """What is new."""
    return [*reader.read_on()]


def test_the_entries_of_a_file(tmp_path: Path) -> None:
    """Without the last one, which is of the whole run; numbers to the last digit."""
    whole = {"step": 2, "train_loss": 0.7, "train_runtime": 1.0}
    odd = {"step": 2, "eval_loss": 0.1 + 0.2, "up": math.inf, "on": True, "large": -(10**400)}
    path = write(tmp_path / "trainer_state.json", [entry(1), odd, whole])
    assert read(TrainerStateReader(path)) == [
        *(Scalar(1, "epoch", 1 / 9), Scalar(1, "grad_norm", 1.5), Scalar(1, "loss", 1 / 7)),
        *(Scalar(2, "eval_loss", 0.1 + 0.2), Scalar(2, "large", -math.inf)),
        Scalar(2, "up", math.inf),
    ]


def test_each_checkpoint_brings_what_was_logged_since(tmp_path: Path) -> None:
    """The newest one counts, also where others are deleted."""
    write(tmp_path / "checkpoint-5" / "trainer_state.json", [entry(1)])
    reader = TrainerStateReader(tmp_path)
    assert {each.step for each in read(reader) if isinstance(each, Scalar)} == {1}
    assert read(reader) == []
    old = tmp_path / "checkpoint-5" / "trainer_state.json"
    write(tmp_path / "checkpoint-10" / "trainer_state.json", map(entry, (1, 2)), 2)
    old.unlink()
    assert {each.step for each in read(reader) if isinstance(each, Scalar)} == {2}
    write(tmp_path / "trainer_state.json", map(entry, (1, 2, 3)), 3)
    assert {each.step for each in read(reader) if isinstance(each, Scalar)} == {3}
    write(tmp_path / "checkpoint-5" / "trainer_state.json", map(entry, (1, 7)), 4)
    anew, *found = read(reader)
    assert anew == BeganAnew()
    assert {each.step for each in found if isinstance(each, Scalar)} == {1, 7}


def test_a_file_that_is_being_written_is_read_later(tmp_path: Path) -> None:
    """Cut anywhere, it says so once, and nothing else."""
    path = write(tmp_path / "trainer_state.json", [entry(1)])
    content = path.read_bytes()
    for size in range(0, len(content) - 2, 9):
        reader = TrainerStateReader(path)
        path.write_bytes(content[:size])
        (broken,) = read(reader)
        assert isinstance(broken, BrokenLine)
        assert broken_line_text(broken) == f"line {content[:size].count(10) + 1} is not finished"
        assert read(reader) == []
        path.write_bytes(content)
        assert len(read(reader)) == 3
    path.unlink()
    assert read(reader) == []


def test_entries_without_a_step_are_told(tmp_path: Path) -> None:
    """With their number."""
    broken = [{"loss": 1}, 3, {"step": True}, {"step": -1}, {"step": 1.5}]
    path = write(tmp_path / "trainer_state.json", [entry(1), *broken])
    told = [each for each in read(TrainerStateReader(path)) if isinstance(each, BrokenLine)]
    assert [broken_line_text(each) for each in told] == [
        f"entry {number} has no step, a whole number from 0 to 1e15" for number in range(2, 7)
    ]


@pytest.mark.parametrize("content", ["{}", "[]", "3", '{"log_history": 3}'])
def test_another_object_is_refused(content: str, tmp_path: Path) -> None:
    """By what it lacks."""
    path = tmp_path / "trainer_state.json"
    path.write_text(content)
    log = open_log(path)
    with pytest.raises(SettingError) as caught:
        log.read_on()
    assert "has no log_history" in error_text(caught.value)


@pytest.mark.parametrize("name", ["", "checkpoint-5", "checkpoint-5/renamed"])
def test_it_is_a_log(name: str, tmp_path: Path) -> None:
    """Of curves alone, whether by its folder, its checkpoint's, or another name."""
    path = write(tmp_path / "checkpoint-5" / "trainer_state.json", map(entry, (1, 2)))
    path.with_name("renamed").write_bytes(path.read_bytes())
    log = open_log(tmp_path / name)
    read_all(log)
    step = log.step(1)
    assert isinstance(step, LoggedStep)
    assert (log.format, log.header.layers, step.step) == ("trainer_state", (), 2)
    assert step.numbers == {"loss": 2 / 7, "gradient_norm": 1.5}
    log.close()
