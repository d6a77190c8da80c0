"""The reader of .wandb files, on those that wandb itself writes: equal to the last digit."""

import json
import math
import os
import random
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import About, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from engine.logs.wandb import WandbReader
from engine.logs.wandb_records import WandbRecords
from tests.support.wandb_files import BLOCK, HEADER, history_of, items, wandb_file

pytestmark = pytest.mark.heavy

RUN = """
import json, sys
import numpy as np, torch, wandb

settings = wandb.Settings(
    console="off", x_disable_stats=True, x_disable_meta=True, disable_git=True, disable_code=True
)
run = wandb.init(project="p", config={"rate": 0.1}, settings=settings)
model = torch.nn.Linear(3, 2)
run.watch(model, log="all", log_freq=1)
for step, values in json.load(sys.stdin):
    model(torch.ones(3)).sum().backward()
    run.log({
        **values,
        "single": np.float32(values["loss"]),
        "text": "1", "on": True, "array": np.array([1.0, 2.0]), "none": None,
        "histogram": wandb.Histogram([1.0, 2.0, 4.0]),
    }, step=step)
run.summary["best"] = 1.0
run.finish()
"""
"""Logs what it is given: every kind of number, and what is none."""

Logged = list[tuple[int, dict[str, Any]]]


def doubles(generator: random.Random) -> Iterator[float]:
    """Of all sizes, every bit a coin."""
    while True:
        (value,) = struct.unpack("<d", generator.randbytes(8))
        yield value


@pytest.fixture(scope="module")
def logged() -> Logged:
    """Steps and what is logged at them, in all nearly a megabyte."""
    values = doubles(random.Random(0))
    odd = iter([0.1 + 0.2, 5e-324, sys.float_info.max, -0.0, math.nan, math.inf, -math.inf, 7])
    names = [f"blocks.{n}.{kind}" for n in range(20) for kind in ("weight", "bias")]
    return [
        (
            3 * step,
            {
                "loss": next(odd, 1 / (step + 1)),
                **{f"grad_2.0_norm/{name}": next(values) for name in names},
                "nested": {"a.b": {"c": next(values)}},
            },
        )
        for step in range(200)
    ]


@pytest.fixture(scope="module")
def folder(logged: Logged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the run, which wandb recorded offline."""
    home = tmp_path_factory.mktemp("wandb")
    places = ("DIR", "CACHE_DIR", "CONFIG_DIR", "DATA_DIR", "ARTIFACT_DIR")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        stdin=subprocess.PIPE,
        cwd=home,
        env={
            **os.environ,
            **{f"WANDB_{place}": str(home) for place in places},
            "WANDB_MODE": "offline",
            "WANDB_SILENT": "true",
            "WANDB_ERROR_REPORTING": "false",
        },
        start_new_session=True,
    )
    try:
        process.communicate(json.dumps(logged).encode(), timeout=60)
    finally:
        # its service is a process of its own
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == 0
    (found,) = (home / "wandb").glob("offline-run-*")
    return found


def expected(logged: Logged) -> dict[tuple[int, str], float]:
    """The numbers at each step under the names that wandb gives them."""
    found: dict[tuple[int, str], float] = {}
    for step, values in logged:
        flat = {**values, "nested.a.b.c": values["nested"]["a.b"]["c"]}
        del flat["nested"]
        with np.errstate(over="ignore"):
            flat["single"] = float(np.float32(values["loss"]))
        found |= {(step, name): value for name, value in flat.items()}
    return found


def numbers(path: Path) -> dict[tuple[int, str], float]:
    """All numbers that our reader finds, none of them twice."""
    reader = WandbReader(path)
    found = [*reader.read_on()]
    reader.close()
    scalars = [each for each in found if not isinstance(each, About)]
    read = {(each.step, each.key): each.value for each in scalars if isinstance(each, Scalar)}
    assert len(read) == len(scalars)
    return read


def bits(numbers: dict[tuple[int, str], float]) -> dict[tuple[int, str], bytes]:
    """Each number's, one for all that are none."""
    return {
        place: struct.pack("<d", math.nan if math.isnan(number) else number)
        for place, number in numbers.items()
    }


def test_every_number_is_equal(folder: Path, logged: Logged) -> None:
    """Bit by bit; what is no number is none."""
    assert bits(numbers(folder)) == bits(expected(logged))


def test_a_run_is_a_log(folder: Path, logged: Logged) -> None:
    """Opened by its folder, by the one of all runs, or by its file."""
    for path in (folder, folder.parent, *folder.glob("run-*.wandb")):
        log = open_log(path)
        read_all(log)
        steps = [log.step(place) for place in range(len(log))]
        log.close()
        assert (log.format, log.problems) == ("wandb", [])
        name = f"p/{folder.name.rpartition('-')[2]}"
        assert log.header.what == {"name": name, "config": {"rate": 0.1}}
        assert [each.step for each in steps if isinstance(each, LoggedStep)] == [
            step for step, _ in logged
        ]
        assert log.header.layers == tuple(f"blocks.{n}" for n in range(20))
        last = steps[-1]
        assert isinstance(last, LoggedStep)
        _, values = logged[-1]
        assert last.numbers["loss"] == values["loss"]
        np.testing.assert_array_equal(
            last.arrays["bias_grad_norm"],
            [values[f"grad_2.0_norm/blocks.{n}.bias"] for n in range(20)],
        )


def test_a_file_that_grows_byte_by_byte(folder: Path, tmp_path: Path) -> None:
    """Is read as well as at once, and at no moment anything else."""
    (path,) = folder.glob("run-*.wandb")
    content = path.read_bytes()[:60_000]
    grown = tmp_path / "grown"
    grown.write_bytes(content)
    at_once = numbers(grown)
    grown.write_bytes(b"")
    reader, found = WandbReader(grown), []
    with grown.open("ab", buffering=0) as file:
        for byte in content:
            file.write(bytes([byte]))
            found += [*reader.read_on()]
    reader.close()
    assert {*map(type, found)} == {About, Scalar}
    assert bits({(s.step, s.key): s.value for s in found if isinstance(s, Scalar)}) == bits(at_once)
    assert len(at_once) > 100


def test_bytes_that_change_do_no_more_than_leave_records_out(folder: Path, tmp_path: Path) -> None:
    """What is read is what was written, whichever bytes another program has spoiled."""
    (path,) = folder.glob("run-*.wandb")
    content, generator = path.read_bytes(), random.Random(1)
    truth = bits(numbers(path))
    spoiled = tmp_path / "spoiled"
    for _ in range(25):
        other = bytearray(content)
        for _ in range(generator.choice((1, 1, 3, 30))):
            place = generator.randrange(len(HEADER), len(other))
            other[place] = generator.randrange(256)
        spoiled.write_bytes(other)
        reader = WandbReader(spoiled)
        found = [*reader.read_on()]
        reader.close()
        read = {(s.step, s.key): s.value for s in found if isinstance(s, Scalar)}
        assert bits(read).items() <= truth.items()
        assert len(read) == len(truth) or BrokenLine in map(type, found)
        assert len(read) > len(truth) / 20


def test_messages_that_change_are_read_or_told(folder: Path, tmp_path: Path) -> None:
    """With the right checksum: any other program's idea of what a record is."""
    (path,) = folder.glob("run-*.wandb")
    records = [each[1] for each in WandbRecords(path).read_on() if isinstance(each, tuple)]
    generator, kinds = random.Random(2), set[type]()
    for _ in range(600):
        record = bytearray(generator.choice(records)[: generator.choice((60, 300, 10**6))])
        for _ in range(generator.choice((0, 1, 3))):
            record[generator.randrange(len(record))] = generator.randrange(256)
        changed = tmp_path / "changed"
        changed.write_bytes(wandb_file([bytes(record)]))
        reader = WandbReader(changed)
        kinds |= {*map(type, reader.read_on())}
        reader.close()
    assert kinds - {About} == {Scalar, BrokenLine}


def test_what_wandbs_own_store_writes_and_reads(tmp_path: Path) -> None:
    """Its records are ours, and ours are its: of all sizes around that of a block."""
    from wandb.proto import wandb_internal_pb2 as messages
    from wandb.sdk.internal.datastore import DataStore

    records = []
    for size in (0, 1, 300, BLOCK - 400, 5, *range(BLOCK - 40, BLOCK + 4), 3 * BLOCK, 1):
        record = messages.Record()
        item = record.history.item.add()
        item.key, item.value_json = "x" * size, "0.5"
        records.append(record)
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    store = DataStore()
    store.open_for_write(str(theirs))
    for record in records:
        store.write(record)
    store.close()
    contents = [record.SerializeToString() for record in records]
    ours.write_bytes(wandb_file(contents))
    assert ours.read_bytes() == theirs.read_bytes()
    reader = WandbRecords(theirs)
    assert [*reader.read_on()] == [*enumerate(contents, 1)]
    reader.close()


LARGE = """
import re, sys
from pathlib import Path
from engine.logs.formats import open_log
from engine.logs.log import read_all

log = open_log(Path(sys.argv[1]))
read_all(log)
# not what getrusage says, which is at least what this process's parent had
peak = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
print(len(log), len(log.header.layers), peak)
"""


def test_a_large_run_takes_little_memory(tmp_path: Path) -> None:
    """A hundred megabytes of 500 layers, in less than 150 MB."""
    values = {f"grad_2.0_norm/blocks.{n}.weight": 1 / (n + 7) for n in range(500)}
    same = items(values)
    steps = 100_000_000 // len(same)
    path = tmp_path / "run-large.wandb"
    path.write_bytes(wandb_file(history_of(step, same) for step in range(steps)))
    command = [sys.executable, "-c", LARGE, str(path)]
    found = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.split()
    size = path.stat().st_size
    path.unlink()
    assert (int(found[0]), int(found[1])) == (steps, 500)
    assert size > 99_000_000
    assert int(found[2]) * 1024 < 150_000_000
