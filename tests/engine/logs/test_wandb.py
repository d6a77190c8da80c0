"""The reader of wandb's offline files, on files that the test writes by their descriptions."""

import math
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import SettingError
from engine.logs import wandb_records
from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import About, BeganAnew, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from engine.logs.wandb import WandbReader
from engine.logs.wandb_records import WandbRecords
from tests.support.wandb_files import BLOCK, HEADER, field, history, wandb_file
from tui.words.run_log import broken_line_text


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a file that is yet to be written."""
    return tmp_path / "run-x.wandb"


def read(path: Path) -> list[object]:
    """All that a new reader finds in a file."""
    reader = WandbReader(path)
    try:
        return [*reader.read_on()]
    finally:
        reader.close()


def many() -> Iterator[bytes]:
    """Records of all sizes around that of a block, the last one of several."""
    for size in (0, 1, 300, BLOCK - 400, 5, BLOCK - 24, 20, BLOCK, 3 * BLOCK, 1):
        yield history(size, {"loss": size / 7, "text": "x" * size})


def test_the_numbers_of_a_step(path: Path) -> None:
    """As wandb names, nests and spells them; what is no number is none, what is wandb's is not."""
    values = {
        "loss": 0.1 + 0.2,
        "grads": {"fc.1": {"weight": 1e-310}},
        "n": 3,
        "nan": math.nan,
        "up": math.inf,
        "down": -math.inf,
        "strict": "NaN",
        "large": 2**2000,
        "no": {"b": True, "s": "1", "l": [1, 2], "none": None},
        "h": {"_type": "histogram", "bins": [1.0], "packedBins": {"min": 1.0}},
        "_timestamp": 1e9,
        "_step": 12,
        "_wandb": {"runtime": 3},
    }
    path.write_bytes(wandb_file([field(3, b"summary"), history(12, values)]))
    found = {each.key: each for each in read(path) if isinstance(each, Scalar)}
    assert {(each.step, each.time) for each in found.values()} == {(12, 1e9)}
    np.testing.assert_equal(
        {key: each.value for key, each in found.items()},
        {
            "loss": 0.1 + 0.2,
            "grads.fc.1.weight": 1e-310,
            "n": 3.0,
            "nan": math.nan,
            "up": math.inf,
            "down": -math.inf,
            "strict": math.nan,
            "large": math.inf,
        },
    )


def test_objects_in_one_value(path: Path) -> None:
    """As wandb before 0.17 wrote them."""
    value = '{"a": {"b": 0.5, "c": true}, "h": {"_type": "histogram", "n": 1}, "large": 1e3}'
    items = [("grads", value), ("huge", '{"a": 1' + "0" * 400 + "}"), ("cut", '{"a": 1')]
    record = b"".join(field(1, field(1, key) + field(16, text)) for key, text in items)
    path.write_bytes(wandb_file([field(2, record)]))
    assert read(path) == [Scalar(0, "grads.a.b", 0.5), Scalar(0, "grads.large", 1000.0)]


def test_names_and_values_of_any_length(path: Path) -> None:
    """Also of as many bytes as a value's tag has, and names with that tag in them."""
    names = ["x" * size for size in range(125, 134)] + ["\x82\x01", "\u0182\x01\x01", ""]
    texts = ["1" + "0" * size for size in range(124, 134)] + ["0.5"]
    values = [(name, text) for name in names for text in texts] * 2
    items = [
        field(1, b"".join(field(2, part) for part in (name, text)) + field(16, text))
        for name, text in values
    ]
    path.write_bytes(wandb_file([field(2, b"".join(items))]))
    assert read(path) == [
        Scalar(0, f"{name}.{text}", float(text)) for name, text in dict.fromkeys(values)
    ]


def test_what_the_run_was(path: Path) -> None:
    """Its name, its settings as they come, without wandb's own."""

    def setting(name: str, value: str) -> bytes:
        return field(1, field(1, name) + field(16, value))

    config = setting("rate", "0.1") + setting("_wandb", "{}") + setting("odd", "{")
    run = field(17, field(1, "id") + field(3, "project") + field(4, config))
    later = field(5, setting("rate", "0.2"))
    path.write_bytes(wandb_file([run, history(0, {"gradients/a.weight": 1}), later]))
    first, number, second = read(path)
    assert first == About({"name": "project/id", "config": {"rate": 0.1, "odd": "{"}})
    assert isinstance(number, Scalar)
    assert second == About({"name": "project/id", "config": {"rate": 0.2, "odd": "{"}})
    log = open_log(path)
    read_all(log)
    assert (log.header.layers, log.header.what) == (("a",), second.what)
    log.close()
    path.write_bytes(wandb_file([field(17, field(1, "id") + field(8, "named"))]))
    assert read(path) == [About({"name": "named", "config": {}})]


def test_the_step_is_that_of_training(path: Path) -> None:
    """Where Lightning or Hugging Face have said it: wandb's own counts what was logged."""
    lines = [(5, {"trainer/global_step": 50, "x": 1.5}), (6, {"train/global_step": 60, "x": 2.5})]
    path.write_bytes(wandb_file(history(step, values) for step, values in lines))
    found = [each for each in read(path) if isinstance(each, Scalar) and each.key == "x"]
    assert found == [Scalar(50, "x", 1.5), Scalar(60, "x", 2.5)]


def test_records_over_several_blocks_are_read_as_they_come(path: Path) -> None:
    """In any pieces, to the same end; only what is whole is told."""
    content = wandb_file(many())
    path.write_bytes(b"")
    records, found, shares = WandbRecords(path), [], []
    with path.open("ab", buffering=0) as file:
        for start in range(0, len(content), 5000):
            file.write(content[start : start + 5000])
            found += [*records.read_on()]
            shares.append(len(found))
    records.close()
    assert found == [*enumerate(many(), 1)]
    assert len({*shares}) > 3


@pytest.mark.parametrize("size", [*range(len(HEADER) + 1), 8, 13, 14, 50, BLOCK, BLOCK + 3])
def test_a_file_that_is_cut_is_read_up_to_there(size: int, path: Path) -> None:
    """And on, once there is more."""
    content = wandb_file(many())
    path.write_bytes(content[:size])
    records = WandbRecords(path)
    before = [*records.read_on()]
    path.write_bytes(content)
    assert [*before, *records.read_on()] == [*enumerate(many(), 1)]
    records.close()


def test_what_is_damaged_is_told_and_the_next_block_read(path: Path) -> None:
    """Once, however often somebody looks."""
    content = bytearray(wandb_file(history(step, {"x": step}) for step in range(3000)))
    content[BLOCK + 2000] ^= 1
    path.write_bytes(content)
    reader = WandbReader(path)
    found = [*reader.read_on()]
    steps = [each.step for each in found if isinstance(each, Scalar)]
    (broken,) = (each for each in found if isinstance(each, BrokenLine))
    assert broken.code == "log_record_damaged"
    lost = BLOCK * 3000 / len(content)
    assert 2990 - lost < len(steps) < 3000
    assert (steps[0], steps[broken.line - 2], steps[-1]) == (0, broken.line - 2, 2999)
    assert [*reader.read_on()] == []
    reader.close()


def test_what_is_damaged_at_the_end_is_tried_again(path: Path) -> None:
    """On a disk behind a network, zeros stand for a moment where bytes will be."""
    content = wandb_file(history(step, {"x": step}) for step in range(20))
    path.write_bytes(content[:200] + bytes(len(content) - 200))
    reader = WandbReader(path)
    first = [*reader.read_on()]
    assert [*map(type, first)].count(BrokenLine) == 1
    assert [*reader.read_on()] == []
    with path.open("r+b") as file:
        file.write(content)
    steps = [each.step for each in (*first, *reader.read_on()) if isinstance(each, Scalar)]
    assert steps == [*range(20)]
    reader.close()


def test_a_record_that_is_no_message_is_told(path: Path) -> None:
    """Also one whose step is none."""
    records = [history(1, {"x": 1}), b"\x0b", history(2**63, {"x": 1}), history(2, {"x": 2})]
    path.write_bytes(wandb_file(records))
    assert [each.line if isinstance(each, BrokenLine) else "x" for each in read(path)] == [
        *("x", 2, 3, "x")
    ]


def test_a_file_that_is_begun_anew(path: Path) -> None:
    """Its header may come later; or it is longer than the old one from the start."""
    path.write_bytes(wandb_file([history(1, {"x": 1}), history(2, {"x": 2})]))
    reader = WandbReader(path)
    assert len([*reader.read_on()]) == 2
    path.write_bytes(HEADER[:3])
    assert [*reader.read_on()] == [BeganAnew()]
    path.write_bytes(wandb_file([history(3, {"x": 3})]))
    assert [*reader.read_on()] == [Scalar(3, "x", 3)]
    path.write_bytes(wandb_file(history(step, {"x": step}) for step in (4, 5)))
    assert [*reader.read_on()] == [BeganAnew(), Scalar(4, "x", 4), Scalar(5, "x", 5)]
    reader.close()


def chunk(kind: int, data: bytes) -> bytes:
    """A record's part, of that type."""
    return struct.pack("<IHB", zlib.crc32(bytes([kind]) + data), len(data), kind) + data


@pytest.mark.parametrize(
    ("chunks", "says"),
    [
        ([chunk(5, b"")], "record 1 is damaged: bytes 7 to 32,768 of the file are left out"),
        ([chunk(1, b"\x0b")], "record 1 is no message of that format"),
        ([chunk(2, b"a"), chunk(1, b"")], "record 1 was never finished"),
        ([chunk(1, b""), chunk(3, b"a"), chunk(4, b"a")], None),
        ([chunk(2, b"a"), *[chunk(3, b"a")] * 9], "record 1 has more than 262,144 bytes"),
    ],
)
def test_every_reason_has_words(
    chunks: list[bytes], says: str | None, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rest whose begin is missing needs none: what was before it has been told."""
    monkeypatch.setattr(wandb_records, "MAX_RECORD_BYTES", 8 * BLOCK)
    path.write_bytes(HEADER + b"".join(chunks))
    told = [broken_line_text(each) for each in read(path) if isinstance(each, BrokenLine)]
    assert told == ([says] if says else [])


@pytest.mark.parametrize(
    ("content", "code"), [(HEADER[:6] + b"\x01", "log_newer"), (b":W&Bxxx", "log_foreign")]
)
def test_other_files_are_refused(content: bytes, code: str, path: Path) -> None:
    """A newer version, another program's."""
    path.write_bytes(content)
    with pytest.raises(SettingError) as caught:
        WandbRecords(path)
    assert caught.value.code == code


def test_it_is_a_log(path: Path) -> None:
    """Whatever its name."""
    path = path.with_name("renamed")
    lines = ({"loss": 1.0 / step, "gradients/b.weight": step} for step in range(1, 4))
    path.write_bytes(wandb_file(history(step, values) for step, values in enumerate(lines)))
    log = open_log(path)
    read_all(log)
    last = log.step(2)
    assert isinstance(last, LoggedStep)
    assert (log.format, len(log), log.header.layers) == ("wandb", 3, ("b",))
    assert (last.numbers["loss"], last.arrays["weight_grad_norm"].tolist()) == (1 / 3, [3.0])
    log.close()
