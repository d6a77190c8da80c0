"""A log that is not there yet, and the newest one in a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs.log import Log, News
from engine.logs.schema import LoggedStep
from engine.logs.watched import Watched
from tests.support.run_logs import HEADER, written

NOTHING = News(is_there=False)


def line(step: int) -> str:
    """Of that step."""
    return f'{{"step": {step}}}'


def numbers(log: Log) -> list[int]:
    """Of its steps."""
    steps = [log.step(index) for index in range(len(log))]
    return [step.step for step in steps if isinstance(step, LoggedStep)]


def put(path: Path, when: int, *steps: int) -> None:
    """A log with those steps, which was written to then."""
    path.parent.mkdir(exist_ok=True)
    written(path, *map(line, steps))
    os.utime(path, ns=(when, when))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Watched]:
    """What is watched."""
    watched = Watched(tmp_path)
    yield watched
    watched.close()


def why(watched: Watched) -> str | None:
    """There is no log yet."""
    return None if watched.waits is None else watched.waits.code


def test_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    """Nor its folder; that is empty; that has half a header: then it is as any log."""
    path = tmp_path / "runs" / "a.jsonl"
    watched: Watched = Watched(path)
    as_log: Log = watched
    assert (as_log.read_on(), why(watched)) == (NOTHING, "file_unreadable")
    assert (as_log.format, as_log.header.layers, len(as_log)) == ("", (), 0)
    assert (as_log.problems, as_log.left_out) == ((), 0)
    with pytest.raises(IndexError):
        as_log.step(0)
    path.parent.mkdir()
    path.touch()
    assert (as_log.read_on(), why(watched)) == (NOTHING, "log_empty")
    path.write_text(HEADER[:20])
    assert (as_log.read_on(), why(watched)) == (NOTHING, "log_unbegun")
    written(path, line(0), line(1), "nothing")
    assert (as_log.read_on(), why(watched)) == (News(steps=2), None)
    assert (as_log.format, as_log.header.layers, numbers(as_log)) == ("run_log", ("a", "b"), [0, 1])
    assert (as_log.left_out, len(as_log.problems)) == (1, 1)
    path.unlink()
    assert [as_log.read_on() for _ in range(2)] == [NOTHING, NOTHING]
    written(path, line(5))
    assert (as_log.read_on(), numbers(as_log)) == (News(steps=1, began_anew=True), [5])
    as_log.close()


def test_what_will_never_be_a_log_is_said(tmp_path: Path) -> None:
    """At the first look."""
    path = tmp_path / "a"
    path.write_text("step,loss\n")
    with pytest.raises(SettingError, match="log_foreign"):
        Watched(path).read_on()


def test_the_newest_log_of_a_folder(folder: Watched, tmp_path: Path) -> None:
    """As soon as there is one, also in a format of others; another file is none."""
    assert (folder.read_on(), why(folder)) == (NOTHING, "log_none_in_folder")
    (tmp_path / "model.pt").touch()
    assert (folder.read_on(), why(folder)) == (NOTHING, "log_none_in_folder")
    put(tmp_path / "a.jsonl", 1, 1)
    put(tmp_path / "b.jsonl", 3, 2)
    put(tmp_path / "c.jsonl", 2, 3)
    assert (folder.read_on(), folder.shown, numbers(folder)) == (
        News(steps=1),
        tmp_path / "b.jsonl",
        [2],
    )


def test_a_newer_log_that_comes_later(folder: Watched, tmp_path: Path) -> None:
    """Is taken; those that were there before are not, whoever writes to them."""
    put(tmp_path / "a.jsonl", 1, 1)
    put(tmp_path / "b.jsonl", 2, 2)
    folder.read_on()
    put(tmp_path / "a.jsonl", 3, 1, 2)
    assert (folder.read_on(), numbers(folder)) == (News(), [2])
    put(tmp_path / "c.jsonl", 2, 7)
    assert (folder.read_on(), numbers(folder)) == (News(), [2])
    put(tmp_path / "c.jsonl", 4, 7, 8)
    assert folder.read_on() == News(steps=2, began_anew=True)
    assert (folder.shown, numbers(folder)) == (tmp_path / "c.jsonl", [7, 8])
    put(tmp_path / "b.jsonl", 5, 2, 3)
    assert folder.read_on() == News()


def test_a_newer_log_that_is_none_yet(folder: Watched, tmp_path: Path) -> None:
    """Is waited for; one that never will be is passed over."""
    put(tmp_path / "a.jsonl", 1, 1)
    folder.read_on()
    (tmp_path / "b.jsonl").touch()
    assert (folder.read_on(), numbers(folder)) == (News(), [1])
    written(tmp_path / "b.jsonl", line(4))
    assert (folder.read_on(), numbers(folder)) == (News(steps=1, began_anew=True), [4])
    (tmp_path / "c.jsonl").write_text("{}\n")
    assert [folder.read_on() for _ in range(2)] == [News(), News()]


def test_the_log_of_a_folder_that_is_rotated(folder: Watched, tmp_path: Path) -> None:
    """Its old part is not another log."""
    path = tmp_path / "a.jsonl"
    put(path, 1, 1)
    folder.read_on()
    path.rename(tmp_path / "a.1.jsonl")
    assert folder.read_on().began_anew is False
    written(path, line(2))
    assert (folder.read_on(), numbers(folder)) == (News(steps=1, began_anew=True), [2])


def test_files_of_one_run_are_one_log(folder: Watched, tmp_path: Path) -> None:
    """A checkpoint that comes later goes on with those before it."""
    for number, step in enumerate((5, 10), 1):
        entries = ", ".join(f'{{"step": {n}, "loss": 1.0}}' for n in range(1, step + 1))
        state = tmp_path / f"checkpoint-{step}" / "trainer_state.json"
        state.parent.mkdir()
        state.write_text(f'{{\n  "best_metric": null, "log_history": [{entries}]}}')
        os.utime(state, ns=(number, number))
        assert not folder.read_on().began_anew
        folder.read_on()
        assert numbers(folder) == [*range(1, step + 1)]


def test_a_log_without_steps_is_one(folder: Watched, tmp_path: Path) -> None:
    """It has its format, its header, what is left out, and is closed."""
    (tmp_path / "a.jsonl").write_text(f"{HEADER}\nnothing\n")
    folder.read_on()
    folder.read_on()
    assert (len(folder), folder.format, folder.left_out) == (0, "run_log", 1)
    assert folder.header.layers
    assert len(folder.problems) == 1
