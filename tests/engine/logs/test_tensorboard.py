"""The reader of TensorBoard's event files, on files that the test writes by their descriptions."""

import itertools
import math
import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from engine.logs import tensorboard
from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import BeganAnew, Resumed, Scalar
from engine.logs.schema import MAX_STEP, BrokenLine, LoggedStep
from engine.logs.tensorboard import TensorBoardReader
from tests.support.event_files import (
    NAME,
    event,
    event_file,
    float32,
    of_tensor,
    record,
    scalars_at,
    session,
    simple,
)
from tests.support.heavy import cases
from tests.support.wandb_files import field
from tui.words.run_log import broken_line_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file that is yet to be written."""
    return tmp_path / NAME


def read(path: Path) -> list[object]:
    """All that a new reader finds."""
    reader = TensorBoardReader(path)
    try:
        return [*reader.read_on()]
    finally:
        reader.close()


def test_numbers_of_both_kinds(path: Path) -> None:
    """Several in one event, with the time of each; what is none of them is left out."""
    double = field(1, 2) + field(6, 0.1)
    event_file(
        path,
        event(0, simple("loss", 2.5), of_tensor("lr", double), time=1e9 + 0.25),
        event(3, field(1, "histogram") + field(5, b"x"), simple("loss", math.inf)),
        event(3, of_tensor("text", field(1, 7) + field(8, "hello"), "text")),
        event(3, of_tensor("curve", double, "pr_curves")),
        event(4, of_tensor("curve", double, None), of_tensor("lr", double, None)),
        event(4, of_tensor("unsaid", double, None)),
        event(300, simple("a", 1.0), float32(2, 7.0)),
    )
    assert read(path) == [
        Scalar(0, "loss", 2.5, 1e9 + 0.25),
        Scalar(0, "lr", 0.1, 1e9 + 0.25),
        Scalar(3, "loss", math.inf, 1e9),
        Scalar(4, "lr", 0.1, 1e9),
        Scalar(4, "unsaid", 0.1, 1e9),
        Scalar(300, "a", 1.0, 1e9),
        Scalar(300, "", 7.0, 1e9),
    ]


def test_however_an_event_is_put_together_it_is_read_the_same(path: Path) -> None:
    """Fields in any order, more of them, numbers that look like what is around them.

    What is remembered of one event must not be taken for another's.
    """
    chance = random.Random(0)
    tensors: dict[str, Callable[[float], bytes]] = {
        "float": lambda value: field(1, 1) + field(5, struct.pack("<f", value)),
        "double": lambda value: field(1, 2) + field(2, b"") + field(4, struct.pack("<d", value)),
        "half": lambda value: field(4, struct.pack("<e", value)) + field(1, 19),
        "int": lambda value: field(1, 3) + field(7, int(value)),
    }
    numbers = (0.0, 1.0, 2.0, 4.0, float(0x4040), float(0x101))
    events, expected = [], []
    for place in range(1500):
        key = chance.choice(["a", "b", "aa", "aaaa\x15"])
        value, step = chance.choice(numbers), chance.choice([0, 1, 200, 70_000])
        kind = chance.choice([*tensors, "simple"])
        tensor = tensors[kind](value) if kind in tensors else b""
        parts = [field(1, key), field(8, tensor) if tensor else float32(2, value)]
        if chance.random() < 0.3:
            parts.append(field(9, field(1, field(1, "scalars"))))
        if not tensor and chance.random() < 0.2:
            parts.insert(0, float32(2, 9.0))
        elif chance.random() < 0.5:
            chance.shuffle(parts)
        outer = [field(1, float(place)), field(2, step), field(5, field(1, b"".join(parts)))]
        if chance.random() < 0.3:
            chance.shuffle(outer)
        events.append(b"".join(outer))
        expected.append(Scalar(step, key, value, float(place)))
    event_file(path, *events)
    assert read(path) == expected


def test_a_number_that_looks_like_its_key_is_not_taken_for_it(path: Path) -> None:
    """Nor is zero for the zeros beside it."""
    two = struct.pack("<f", 2.0).decode()
    values = [(two, 2.0), ("aaaa", 2.0), (two, 3.0), ("aaaa", 3.0), ("\0" * 4, 0.0), ("bbbb", 0.0)]
    event_file(path, *(event(1, simple(*each)) for each in values * 2))
    assert read(path) == [Scalar(1, *each, 1e9) for each in values * 2]


@pytest.mark.parametrize("first", cases(range(8), lambda first: first == 0))
def test_a_file_cut_at_every_byte_is_read_as_far_as_it_goes(first: int, path: Path) -> None:
    """Nothing is reported, however often one looks; and what is missing is read once it comes."""
    events = [*scalars_at([0, 1, 200]), event(201, of_tensor("lr", field(1, 2) + field(6, 0.5)))]
    content = event_file(path, *events).read_bytes()
    ends = [*itertools.accumulate(len(record(each)) for each in events)]
    whole = read(path)
    start = len(content) - ends[-1]
    for size in range(first, len(content), 8):
        path.write_bytes(content[:size])
        reader = TensorBoardReader(path)
        count = sum(start + end <= size for end in ends)
        assert [*reader.read_on()] == whole[:count]
        assert [*reader.read_on()] == []
        with path.open("ab") as file:
            file.write(content[size:])
        assert [*reader.read_on(), *reader.read_on()] == whole[count:]
        reader.close()


def test_any_byte_may_be_wrong(path: Path) -> None:
    """The record is reported with its place and left out; if it is its length, all behind it."""
    content = bytearray(event_file(path, *scalars_at(range(3))).read_bytes())
    whole = read(path)
    size = len(record(scalars_at([0])[0]))
    start = len(content) - 3 * size
    for place in range(start, start + size):
        content[place] ^= 0x40
        path.write_bytes(content)
        content[place] ^= 0x40
        reader = TensorBoardReader(path)
        found = [*reader.read_on(), *reader.read_on(), *reader.read_on()]
        reader.close()
        broken = [each for each in found if isinstance(each, BrokenLine)]
        is_length = place < start + 12
        code = "log_event_length" if is_length else "log_event_damaged"
        details = {"file": NAME, "offset": start}
        assert broken == [BrokenLine(2, code, details)]
        assert [each for each in found if each not in broken] == ([] if is_length else whole[1:])
        assert broken_line_text(broken[0]).startswith(f"record 2 of {NAME}, at byte {start}")


def test_what_was_wrong_may_be_right_later(path: Path) -> None:
    """A length or an end that was not yet all written: two looks are one too few to report."""
    content = event_file(path, *scalars_at([5])).read_bytes()
    size = len(record(scalars_at([5])[0]))
    for zeros in (size, 4, 8):
        path.write_bytes(content[:-zeros] + bytes(zeros))
        reader = TensorBoardReader(path)
        assert [*reader.read_on()] == []
        with path.open("r+b") as file:
            file.write(content)
        assert [*reader.read_on()] == [Scalar(5, "loss", 5.0, 1e9)]
        reader.close()


def test_an_event_that_is_none_is_reported(path: Path) -> None:
    """Its checksum is right, its content is not; a step below 0 is no step."""
    event_file(
        path, b"\x0b", event(-1, simple("a", 1.0)), *scalars_at([1]), event(-2, simple("loss", 1))
    )
    found = read(path)
    assert [each.line if isinstance(each, BrokenLine) else 0 for each in found] == [2, 3, 0, 5]
    assert found[2] == Scalar(1, "loss", 1.0, 1e9)
    text = broken_line_text(found[0]) if isinstance(found[0], BrokenLine) else ""
    assert text.endswith("is no event")


def test_long_records_are_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever pieces end."""
    monkeypatch.setattr(tensorboard, "CHUNK", 64)
    monkeypatch.setattr(tensorboard, "LONGEST", 200)
    graph = event(0) + field(4, bytes(1000))
    event_file(path, *scalars_at([0]), graph, event(1, simple("x" * 100, 1.0)), *scalars_at([2]))
    assert [each.step for each in read(path) if isinstance(each, Scalar)] == [0, 1, 2]
    with path.open("ab") as file:
        file.write(record(graph)[:-1])
    assert len(read(path)) == 3


def test_a_file_is_told_by_its_name_or_its_first_event(tmp_path: Path) -> None:
    """Also before anything is in it."""
    for name in (NAME, "renamed"):
        log = open_log(event_file(tmp_path / name, *scalars_at([1])))
        read_all(log)
        assert (log.format, len(log)) == ("tensorboard", 1)
        log.close()
    (tmp_path / NAME).write_bytes(b"")
    log = open_log(tmp_path / NAME)
    read_all(log)
    assert (len(log), log.header.layers) == (0, ())
    log.close()


def test_a_run_that_was_resumed(tmp_path: Path) -> None:
    """Its files one after another; what was undone stays, as a segment before."""
    event_file(tmp_path / f"{NAME}.1", session(4), *scalars_at([4, 5]))
    event_file(tmp_path / NAME, *scalars_at(range(7)))
    (tmp_path / "checkpoint").write_text("no event file")
    found = read(tmp_path)
    assert Resumed(4) in found
    log = open_log(tmp_path / NAME)
    log.close()
    reader = TensorBoardReader(tmp_path)
    first = [*reader.read_on()]
    event_file(tmp_path / f"{NAME}.2", *scalars_at([6]))
    assert first == found
    assert [*reader.read_on()] == [Scalar(6, "loss", 6.0, 1e9)]
    reader.close()


def test_a_file_in_another_s_place_is_read_from_its_start(path: Path) -> None:
    """Shorter, renamed into its place, or written over it."""
    reader = TensorBoardReader(event_file(path, *scalars_at(range(4))))
    assert len([*reader.read_on()]) == 4
    event_file(path, *scalars_at([9]))
    assert [*reader.read_on()] == [BeganAnew(), Scalar(9, "loss", 9.0, 1e9)]
    os.replace(event_file(path.with_name("new"), *scalars_at([8])), path)
    assert [*reader.read_on()] == [BeganAnew(), Scalar(8, "loss", 8.0, 1e9)]
    curve = field(1, 2) + field(6, 0.1)
    event_file(path, event(0, of_tensor("curve", curve, "pr_curves")))
    assert [*reader.read_on()] == [BeganAnew()]
    event_file(path, event(0, of_tensor("curve", curve, None)))
    assert [*reader.read_on()] == [BeganAnew(), Scalar(0, "curve", 0.1, 1e9)]
    path.unlink()
    assert [*reader.read_on()] == []
    reader.close()


@pytest.mark.parametrize("step", [-1, MAX_STEP + 1, (1 << 63) - 1])
def test_a_step_that_nobody_can_count_to_is_left_out(path: Path, step: int) -> None:
    """Of a key that was seen before, too."""
    steps = [step, 3, step, MAX_STEP]
    event_file(path, *(event(each, simple("loss", 1.5)) for each in steps))
    found = read(path)
    assert [each.step for each in found if isinstance(each, Scalar)] == [3, MAX_STEP]
    broken = [each for each in found if isinstance(each, BrokenLine)]
    assert [(each.line, each.code) for each in broken] == [
        (2, "log_event_without_step"),
        (4, "log_event_without_step"),
    ]


def test_layers_of_an_event_file_are_a_log(path: Path) -> None:
    """With the metric's numbers as they were written."""
    keys = [
        "grad_2.0_norm/b.10.weight",
        "grad_2.0_norm/b.9.weight",
        "grad_2.0_norm_total",
        "train_loss",
    ]
    event_file(
        path,
        *(
            event(n, simple(key, 10.0**-k), time=1e9 + n)
            for n in (0, 5)
            for k, key in enumerate(keys)
        ),
    )
    log = open_log(path)
    read_all(log)
    step = log.step(1)
    assert isinstance(step, LoggedStep)
    assert log.header.layers == ("b.9", "b.10")
    np.testing.assert_array_equal(step.arrays["weight_grad_norm"], [np.float32(0.1), 1])
    assert step.numbers == {
        "gradient_norm": float(np.float32(0.01)),
        "loss": float(np.float32(0.001)),
        "time": 5.0,
    }
    log.close()
