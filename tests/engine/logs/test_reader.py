"""Run logs that others wrote: whole, cut, broken, newer, or something else."""

import json
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import SettingError
from engine.logs import pieces, run_log
from engine.logs.log import read_all
from engine.logs.run_log import RunLog
from engine.logs.schema import BrokenLine, LoggedStep
from tests.support.heavy import cases
from tests.support.run_logs import (
    HEADER,
    read_header,
    read_steps,
    recorded_lines,
    steps_of,
    written,
)
from tests.support.training import small
from tui.words.errors import error_text
from tui.words.foreign import LINE
from tui.words.run_log import LINE_ERRORS, broken_line_text


def test_what_is_absent_null_or_unknown(tmp_path: Path) -> None:
    """Absent stays absent, null is nan and named, other fields mean nothing."""
    line = '{"step": 3, "loss": null, "output_grad_norm": [1, null], "mine": {"x": 1}, "scale": 4}'
    (step,) = steps_of(written(tmp_path / "a", line))
    assert (step.step, step.line, {*step.numbers}) == (3, 2, {"loss", "scale"})
    np.testing.assert_array_equal(step.arrays["output_grad_norm"], [1, np.nan])
    assert step.nonfinite == ("loss", "output_grad_norm")
    assert not step.skipped
    assert not step.arrays["output_grad_norm"].flags.writeable


def test_the_names_that_python_writes_are_read(tmp_path: Path) -> None:
    """Which are no JSON: a writer of one's own may use them just where a run goes wrong."""
    (step,) = steps_of(
        written(tmp_path / "a", '{"step": 0, "loss": NaN, "delta_norm": [Infinity, 1]}')
    )
    assert step.nonfinite == ("loss", "delta_norm")


def test_a_step_that_goes_back_begins_a_segment(tmp_path: Path) -> None:
    """As after a restart from a checkpoint."""
    lines = [f'{{"step": {n}}}' for n in (0, 5, 5, 3, 4, 0)]
    assert [each.segment for each in steps_of(written(tmp_path / "a", *lines))] == [
        0,
        0,
        0,
        1,
        1,
        2,
    ]


LONG_NUMBER = "9" * 5000
"""More digits than Python reads."""

BROKEN = {
    "nothing": "log_line_no_object",
    "[1]": "log_line_no_object",
    "[" * 100_000: "log_line_no_object",
    f'{{"step": {LONG_NUMBER}}}': "log_line_no_object",
    '{"loss": 1}': "log_line_without_step",
    '{"step": true}': "log_line_without_step",
    '{"step": -1}': "log_line_without_step",
    '{"step": 1000000000000001}': "log_line_without_step",
    '{"step": 1.5}': "log_line_without_step",
    '{"step": 1, "loss": "low"}': "log_line_no_number",
    f'{{"step": 1, "loss": 1{"0" * 400}}}': "log_line_no_number",
    f'{{"step": 1, "delta_norm": [1, 1{"0" * 400}]}}': "log_line_no_number",
    '{"step": 1, "delta_norm": 2}': "log_line_no_array",
    '{"step": 1, "delta_norm": ["1", "2"]}': "log_line_no_array",
    '{"step": 1, "delta_norm": [1, [2]]}': "log_line_no_array",
    '{"step": 1, "delta_norm": [1]}': "log_line_length",
    '{"step": 1, "factors": {"total": [1, 2, 3]}}': "log_line_length",
}


@pytest.mark.parametrize(("line", "code"), BROKEN.items(), ids=[*map(str, range(len(BROKEN)))])
def test_a_broken_line_is_told_and_left_out(line: str, code: str, tmp_path: Path) -> None:
    """With its number; those round it are read."""
    path = written(tmp_path / "a", '{"step": 0}', "", line, '{"step": 2}')
    first, broken, last = read_steps(path)
    assert isinstance(first, LoggedStep)
    assert isinstance(last, LoggedStep)
    assert (first.step, last.step) == (0, 2)
    assert isinstance(broken, BrokenLine)
    assert (broken.line, broken.code) == (4, code)
    text = broken_line_text(broken)
    assert text.startswith("line 4")
    assert text.isprintable()


def test_every_reason_is_tested_and_has_words() -> None:
    """Those of lines that are not whole are tested below, and where a log grows."""
    others = ("unfinished", "too_long", "changed", "other_run")
    assert {*LINE_ERRORS} == {*BROKEN.values(), *(f"log_line_{name}" for name in others)}


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A last one may still be written; one that is too long is never held."""
    path = written(tmp_path / "a", '{"step": 0}')
    with path.open("a") as file:
        file.write('{"step": 1, "lo')
    *_, last = read_steps(path)
    assert isinstance(last, BrokenLine)
    assert (last.line, last.code) == (3, "log_line_unfinished")
    monkeypatch.setattr(run_log, "PIECE_BYTES", 30)
    for module in (run_log, pieces):
        monkeypatch.setattr(module, "MAX_LINE_BYTES", 50)
    path = written(tmp_path / "b", f'{{"step": 0}}{" " * 50}', "x" * 500, '{"step": 1}')
    codes = [each.code if isinstance(each, BrokenLine) else each.line for each in read_steps(path)]
    assert codes == ["log_line_too_long", "log_line_too_long", 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "log_empty"),
        (b"\n\n", "log_without_header"),
        (b"step,loss\n1,2\n", "log_without_header"),
        (b'{"step": 0}\n', "log_without_header"),
        (b'{"chainrule_log": "1", "layers": ["a"]}\n', "log_without_header"),
        (b'{"chainrule_log": true, "layers": ["a"]}\n', "log_without_header"),
        (b'{"chainrule_log": NaN, "layers": ["a"]}\n', "log_without_header"),
        (b"\x89PNG\r\n\x1a\n", "log_without_header"),
        (HEADER.encode("utf-16"), "log_without_header"),
        (b'{"chainrule_log": 2, "layers": ["a"]}\n', "log_newer"),
        (b'{"chainrule_log": Infinity, "layers": ["a"]}\n', "log_newer"),
        (b'{"chainrule_log": 1}\n', "log_without_layers"),
        (b'{"chainrule_log": 1, "layers": []}\n', "log_without_layers"),
        (b'{"chainrule_log": 1, "layers": [1, 2]}\n', "log_without_layers"),
    ],
)
def test_what_is_no_log_is_one_clear_line(content: bytes, code: str, tmp_path: Path) -> None:
    """Of the header alone, and of the steps."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    for attempt in (read_header, lambda path: list(read_steps(path))):
        with pytest.raises(SettingError) as caught:
            attempt(path)
        assert caught.value.code == code
        text = error_text(caught.value)
        assert "a.jsonl" in text
        assert text.isprintable()
        assert len(text) <= LINE


def test_a_newer_minor_version_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    """What is new in it is a field that nobody here knows."""
    path = tmp_path / "a"
    path.write_bytes(
        b'\xef\xbb\xbf{"chainrule_log": 1.7, "layers": ["a"], "new": 1}\r\n{"step": 0}\r\n'
    )
    assert [each.step for each in steps_of(path)] == [0]


@pytest.mark.parametrize("name", ["missing", ".", "pipe", "\0"])
def test_what_cannot_be_read_is_one_clear_line(name: str, tmp_path: Path) -> None:
    """Nothing waits for a pipe."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingError) as caught:
        read_header(tmp_path / name)
    assert error_text(caught.value).isprintable()


def outcome(path: Path) -> list[LoggedStep | BrokenLine] | SettingError:
    """All lines, or the one error that reading a log may raise."""
    try:
        return list(read_steps(path))
    except SettingError as error:
        return error


def lines_of(kind: str) -> list[str]:
    """A log of three steps."""
    if kind == "recorded":
        return recorded_lines(small(depth=1), 2, 1)
    return [HEADER, *(f'{{"step": {n}, "delta_norm": [1, null]}}' for n in range(3))]


@pytest.mark.parametrize("kind", cases(["short", "recorded"], lambda kind: kind == "short"))
def test_a_log_cut_at_every_byte(kind: str, tmp_path: Path) -> None:
    """The steps before the cut are there, and of the rest only a last line is told."""
    lines = lines_of(kind)
    path = tmp_path / "a"
    path.write_text("\n".join((*lines, "")))
    # where a line has all but its end, everything in it is known
    ends = [len("\n".join(lines[:count])) for count in range(1, len(lines) + 1)]
    assert len(ends) == 4
    for cut in reversed(range(path.stat().st_size + 1)):
        os.truncate(path, cut)
        read, whole = outcome(path), sum(end <= cut for end in ends)
        if isinstance(read, SettingError):
            assert whole == 0
            assert read.code == ("log_unbegun" if cut else "log_empty")
            continue
        assert [each.step for each in read if isinstance(each, LoggedStep)] == [*range(whole - 1)]
        broken = [(each.line, each.code) for each in read if isinstance(each, BrokenLine)]
        assert broken in ([], [(whole + 1, "log_line_unfinished")])
        assert len(read) == whole - 1 + len(broken)


@given(st.data())
def test_no_bytes_raise_anything_else(data: st.DataObject) -> None:
    """A log with pieces of it replaced, doubled or left out, at random."""
    content = "\n".join((HEADER, '{"step":0,"delta_norm":[1,2],"dead":[true,null]}', '{"step":1}'))
    mixed = bytearray(content.encode())
    for _ in range(data.draw(st.integers(0, 5))):
        start, end = sorted(data.draw(st.lists(st.integers(0, len(mixed)), min_size=2, max_size=2)))
        mixed[start:end] = data.draw(st.binary(max_size=8) | st.just(bytes(mixed[start:end] * 2)))
    path = Path("a")
    path.write_bytes(mixed)
    read = outcome(path)
    told = [read] if isinstance(read, SettingError) else read
    texts = [
        error_text(each) if isinstance(each, SettingError) else broken_line_text(each)
        for each in told
        if not isinstance(each, LoggedStep)
    ]
    assert all(text.isprintable() for text in texts)


def test_no_more_than_a_piece_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the log."""
    monkeypatch.setattr(run_log, "PIECE_BYTES", 20_000)
    step = f'{{"step": 1, "delta_norm": [{"1.234567e-10, " * 499}1.0]}}\n'
    with (tmp_path / "a").open("w") as file:
        file.write(json.dumps({"chainrule_log": 1, "layers": ["x"] * 500}) + "\n")
        file.writelines(step for _ in range(100))
    tracemalloc.start()
    try:
        log = RunLog(tmp_path / "a")
        read_all(log)
        assert all(isinstance(log.step(index), LoggedStep) for index in range(100))
        assert tracemalloc.get_traced_memory()[1] < 200_000
    finally:
        tracemalloc.stop()
        log.close()
