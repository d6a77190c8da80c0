"""A run log that is followed: what is appended, cut, moved away, deleted, begun anew."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs.log import Log, News, read_all
from engine.logs.run_log import RunLog
from engine.logs.schema import BrokenLine, LoggedStep
from tests.support.run_logs import HEADER, all_of, written

OTHER = '{"chainrule_log": 1, "layers": ["a", "b", "c"]}'


def lines_of(*steps: int) -> list[str]:
    """A line for each of those steps."""
    return [f'{{"step": {step}, "loss": {step / 4}}}' for step in steps]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a log with three steps."""
    return written(tmp_path / "log", *lines_of(0, 1, 2))


@pytest.fixture
def log(path: Path) -> Iterator[RunLog]:
    """It, read to its end."""
    log = RunLog(path)
    read_all(log)
    yield log
    log.close()


def append(path: Path, text: str) -> None:
    """At the end of that file."""
    with path.open("a") as file:
        file.write(text)


def numbers(log: Log) -> list[int]:
    """Of its steps, each of which is asked for."""
    steps = [log.step(index) for index in range(len(log))]
    return [step.step for step in steps if isinstance(step, LoggedStep)]


def codes(log: Log) -> list[tuple[int, str]]:
    """What it has left out."""
    return [(each.line, each.code) for each in log.problems]


def test_what_is_appended_is_news(log: RunLog, path: Path) -> None:
    """Each step once, at the place it keeps; at rest there are none."""
    as_log: Log = log
    assert (as_log.format, log.header.layers, numbers(log)) == ("run_log", ("a", "b"), [0, 1, 2])
    append(path, "\n".join((*lines_of(3, 4), "")))
    assert [log.read_on() for _ in range(2)] == [News(steps=2), News()]
    assert numbers(log) == [0, 1, 2, 3, 4]
    assert [log.step(index).line for index in (4, 0)] == [6, 2]
    for index in (-1, 5):
        with pytest.raises(IndexError):
            log.step(index)


def test_half_a_line_is_told_once_nothing_comes(log: RunLog, path: Path) -> None:
    """And is a step when the rest has come, with its newline or without."""
    append(path, '{"step": 3, "lo')
    assert (log.read_on(), codes(log), log.left_out) == (News(), [], 0)
    assert (log.read_on(), codes(log), log.left_out) == (News(), [(5, "log_line_unfinished")], 1)
    append(path, 'ss": 0.75}')
    assert (log.read_on(), codes(log), log.left_out) == (News(steps=1), [], 0)
    append(path, "\n" + lines_of(4)[0])
    assert (log.read_on(), numbers(log), codes(log)) == (News(steps=1), [0, 1, 2, 3, 4], [])
    assert log.step(4).line == 6


def test_half_a_line_that_is_taken_back_is_not_missed(log: RunLog, path: Path) -> None:
    """As a writer does whose disk is full."""
    size = path.stat().st_size
    append(path, '{"step": 3, "lo')
    log.read_on()
    os.truncate(path, size)
    assert log.read_on() == News()
    append(path, lines_of(5)[0] + "\n")
    assert (log.read_on(), numbers(log)) == (News(steps=1), [0, 1, 2, 5])


@pytest.mark.parametrize("after", [(), (3,), (3, 4)])
def test_a_last_step_that_turns_out_to_be_something_else(
    after: tuple[int, ...], log: RunLog, path: Path
) -> None:
    """Nobody is left with a step under another's place."""
    append(path, lines_of(9)[0])
    assert log.read_on() == News(steps=1)
    append(path, "\n".join((*lines_of(0), *lines_of(*after), "")))
    assert log.read_on() == News(steps=3 + len(after), began_anew=True)
    assert (numbers(log), codes(log)) == ([0, 1, 2, *after], [(5, "log_line_no_object")])


def test_a_writer_that_died_and_one_that_goes_on_in_its_file(log: RunLog, path: Path) -> None:
    """The broken line is told, what follows is a segment of its own where it goes back."""
    append(path, '{"step": 9, "lo' + "\n".join((*lines_of(1), *lines_of(1, 2), "")))
    assert log.read_on().steps == 2
    steps = [log.step(index) for index in range(len(log))]
    assert [(each.step, each.segment) for each in steps if isinstance(each, LoggedStep)] == [
        (0, 0),
        (1, 0),
        (2, 0),
        (1, 1),
        (2, 1),
    ]
    assert codes(log) == [(5, "log_line_no_object")]


def test_a_log_that_was_cut(log: RunLog, path: Path) -> None:
    """To its header, to nothing, and with the header after that."""
    os.truncate(path, len(HEADER) + 1)
    assert (log.read_on(), len(log)) == (News(began_anew=True), 0)
    os.truncate(path, 0)
    assert [log.read_on() for _ in range(2)] == [News(began_anew=True), News()]
    append(path, OTHER[:20])
    assert log.read_on() == News()
    append(path, OTHER[20:] + "\n" + lines_of(7)[0] + "\n")
    assert log.read_on() == News(steps=1, began_anew=True)
    assert (numbers(log), log.header.layers) == ([7], ("a", "b", "c"))


@pytest.mark.parametrize("extra", [0, 100])
def test_a_log_that_was_cut_and_grew_between_two_looks(extra: int, log: RunLog, path: Path) -> None:
    """To its old size or beyond, with the same header: its last lines are other ones."""
    before = path.stat()
    path.write_text("\n".join((HEADER, *lines_of(5, 6, 7, *range(8, 8 + extra)), "")))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert (path.stat().st_ino, path.stat().st_size >= before.st_size) == (before.st_ino, True)
    assert log.read_on() == News(steps=3 + extra, began_anew=True)
    assert numbers(log)[:3] == [5, 6, 7]


def test_growth_is_seen_where_no_time_moves(log: RunLog, path: Path) -> None:
    """As on some network drives."""
    before = path.stat()
    append(path, lines_of(3)[0] + "\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert log.read_on() == News(steps=1)


def test_a_log_that_is_rotated(log: RunLog, path: Path) -> None:
    """The old one can be read while there is no new one; the new one needs no header."""
    path.rename(path.with_suffix(".1"))
    assert (log.read_on(), numbers(log)) == (News(is_there=False), [0, 1, 2])
    path.touch()
    assert [log.read_on() for _ in range(2)] == [News(began_anew=True), News()]
    append(path, lines_of(3)[0] + "\n")
    assert (log.read_on(), numbers(log)) == (News(steps=1, began_anew=True), [3])
    assert (log.step(0).line, log.header.layers) == (1, ("a", "b"))


def test_a_log_whose_writer_did_not_notice_that_it_was_cut(log: RunLog, path: Path) -> None:
    """It goes on where it was: a hole is before it."""
    size = path.stat().st_size
    os.truncate(path, 0)
    log.read_on()
    with path.open("r+b") as file:
        file.seek(size)
        file.write(lines_of(3)[0].encode() + b"\n")
    assert (log.read_on(), numbers(log), codes(log)) == (News(1, began_anew=True), [3], [])


def test_another_kind_of_file_in_its_place(log: RunLog, path: Path) -> None:
    """It is said as long as that is so, and a log that comes after it is followed."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    for _ in range(3):
        with pytest.raises(SettingError, match="log_without_header"):
            log.read_on()
    assert len(log) == 0
    written(path, *lines_of(4))
    assert (log.read_on(), numbers(log)) == (News(steps=1, began_anew=True), [4])


def test_what_is_not_there_when_a_step_is_asked_for(log: RunLog, path: Path) -> None:
    """Nothing is made up: the last piece is in memory, and what is not is told."""
    os.truncate(path, 0)
    assert numbers(log) == [0, 1, 2]


def test_the_header_once_more_begins_a_segment(path: Path) -> None:
    """Of a writer that appended a second run, whatever it says of that in `what`."""
    again = HEADER.replace('"layers"', '"what": {"run": 2}, "layers"')
    append(path, "\n".join((again, *lines_of(3, 4), again, again, *lines_of(9), "")))
    log = RunLog(path)
    found = [(each.line, each.segment) for each in all_of(log) if isinstance(each, LoggedStep)]
    assert found == [(2, 0), (3, 0), (4, 0), (6, 1), (7, 1), (10, 2)]
    assert not log.problems
    log.close()


def test_another_header_begins_the_log_anew(path: Path) -> None:
    """The last run in a file is shown, and that there is one before it is said."""
    append(path, "\n".join((OTHER, '{"step": 0, "delta_norm": [1, 2, 3]}', "")))
    log = RunLog(path)
    assert log.read_on() == News(began_anew=True, more=True)
    assert log.read_on() == News(steps=1)
    assert (numbers(log), log.header.layers) == ([0], ("a", "b", "c"))
    assert (codes(log), log.step(0).line) == ([(5, "log_line_other_run")], 6)
    log.close()


def test_lines_that_are_left_out_are_counted_once(tmp_path: Path) -> None:
    """However many there are, the first are kept; also those that only reading shows."""
    wrong = '{"step": 1, "delta_norm": [1]}'
    path = written(tmp_path / "a", *["nothing"] * 200, *[wrong] * 50, *lines_of(5))
    log = RunLog(path)
    for _ in range(2):
        read = all_of(log)
        assert [each.line for each in read if isinstance(each, LoggedStep)] == [252]
        assert (log.left_out, len(log.problems)) == (250, 100)
    assert all(isinstance(log.step(index), BrokenLine) for index in range(50))
    log.close()
