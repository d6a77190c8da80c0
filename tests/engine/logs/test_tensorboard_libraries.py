"""The reader of event files beside tensorboard's own, on files that the libraries write."""

import math
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.logs.formats import open_log
from engine.logs.log import read_all
from engine.logs.scalars import Resumed, Scalar
from engine.logs.schema import LoggedStep
from engine.logs.tensor import number_in
from engine.logs.tensorboard import TensorBoardReader

pytestmark = pytest.mark.heavy

STEPS = 40
VALUES = [*(10.0**n / 3 for n in range(-45, 39, 2)), 0.0, -0.0, math.inf, -math.inf, math.nan]

Events = dict[str, list[tuple[int, float, str]]]
"""By tag: step, wall time, and the value as a text, in which nan is nan and -0.0 is not 0.0."""


def torch_writer(folder: Path, **options: Any) -> Any:
    """PyTorch's SummaryWriter."""
    from torch.utils.tensorboard import SummaryWriter

    return SummaryWriter(str(folder), **options)


def ours(folder: Path) -> Events:
    """What our reader finds, all of it."""
    reader, events = TensorBoardReader(folder), defaultdict(list)
    for each in reader.read_on():
        if not isinstance(each, Resumed):
            assert isinstance(each, Scalar)
            assert each.time is not None
            events[each.key].append((each.step, each.time, repr(each.value)))
    reader.close()
    return dict(events)


def theirs(folder: Path, purges: bool = False) -> Events:
    """What tensorboard finds: numbers, and tensors of one number that are scalars."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util.tensor_util import make_ndarray

    read = EventAccumulator(str(folder), {"scalars": 0, "tensors": 0}, purge_orphaned_data=purges)
    read.Reload()
    tags = read.Tags()
    events = {
        tag: [(each.step, each.wall_time, repr(each.value)) for each in read.Scalars(tag)]
        for tag in tags["scalars"]
    }
    for tag in tags["tensors"]:
        if read.SummaryMetadata(tag).plugin_data.plugin_name == "scalars":
            events[tag] = [
                (each.step, each.wall_time, repr(float(make_ndarray(each.tensor_proto))))
                for each in read.Tensors(tag)
            ]
    return events


def old_style(folder: Path) -> None:
    """Among what else there is to log."""
    writer = torch_writer(folder)
    for step, value in enumerate(VALUES):
        writer.add_scalar("loss", value, step)
        writer.add_scalar(f"grads/层.{step % 3}", value / 7, step * 1000, walltime=step / 3)
        writer.add_histogram("weights", np.arange(9.0), step)
        writer.add_text("note", "hello", step)
        writer.add_image("image", np.zeros((1, 2, 2)), step)
        writer.add_pr_curve("curve", np.array([0, 1]), np.array([0.1, 0.9]), step)
    writer.close()


def new_style(folder: Path) -> None:
    """As tensors, of float and double."""
    writer = torch_writer(folder)
    for step, value in enumerate(VALUES):
        writer.add_scalar("float", value, step, new_style=True)
        writer.add_scalar("double", value, step, new_style=True, double_precision=True)
    writer.close()


def tensorboards_own(folder: Path) -> None:
    """Values of both kinds in one event, the metadata with the first alone."""
    from tensorboard.compat.proto import event_pb2, summary_pb2
    from tensorboard.summary.writer.event_file_writer import EventFileWriter
    from tensorboard.util import tensor_util

    writer = EventFileWriter(str(folder))
    for step, value in enumerate(VALUES):
        summary = summary_pb2.Summary()
        summary.value.add(tag="simple", simple_value=value)
        for dtype in (np.float32, np.float64):
            tensor = tensor_util.make_tensor_proto(np.asarray(value, dtype))
            added = summary.value.add(tag=dtype.__name__, tensor=tensor)
            if step == 0:
                added.metadata.plugin_data.plugin_name = "scalars"
        writer.add_event(event_pb2.Event(wall_time=step / 3, step=step, summary=summary))
    writer.close()


def tensorboard_x(folder: Path) -> None:
    """Which frames and encodes by itself."""
    from tensorboardX import SummaryWriter

    writer = SummaryWriter(str(folder))
    for step, value in enumerate(VALUES):
        writer.add_scalar("loss", value, step)
        writer.add_histogram("weights", np.arange(9.0), step)
    writer.close()


WRITERS = (old_style, new_style, tensorboards_own, tensorboard_x)


@pytest.mark.parametrize("write", WRITERS)
def test_the_values_are_tensorboards(write: Callable[[Path], None], tmp_path: Path) -> None:
    """To the last digit, with steps and times; and nothing else is taken for a number."""
    write(tmp_path)
    found = ours(tmp_path)
    assert sum(map(len, found.values())) >= len(VALUES)
    assert found == theirs(tmp_path)
    (path,) = tmp_path.iterdir()
    # by what it begins with, too
    log = open_log(path.rename(tmp_path / "renamed"))
    assert log.format == "tensorboard"
    log.close()


@pytest.mark.parametrize("write", WRITERS)
def test_a_file_of_a_library_cut_anywhere(write: Callable[[Path], None], tmp_path: Path) -> None:
    """At each of 300 places, and read on from there in two pieces."""
    write(tmp_path)
    (path,) = tmp_path.iterdir()
    content, whole = path.read_bytes(), _found(TensorBoardReader(path))
    places = random.Random(0).sample(range(len(content)), 300)
    for place in places:
        path.write_bytes(content[:place])
        reader = TensorBoardReader(path)
        first = _found(reader)
        assert first == whole[: len(first)]
        middle = (place + len(content)) // 2
        for start, end in ((place, middle), (middle, len(content))):
            with path.open("ab") as file:
                file.write(content[start:end])
            first += _found(reader)
        assert first == whole
        reader.close()


def _found(reader: TensorBoardReader) -> list[str]:
    return [*map(repr, reader.read_on())]


def value_in(tensor: Any) -> str | None:
    """The number in a message of the library."""
    found = number_in(tensor.SerializeToString())
    return None if found is None else repr(found.value)


DTYPES = {
    "half_val": ("float16",),
    "float_val": ("float32",),
    "double_val": ("float64",),
    "int_val": ("int8", "int16", "int32", "uint8", "uint16"),
    "int64_val": ("int64",),
    "uint32_val": ("uint32",),
    "uint64_val": ("uint64",),
    "bool_val": ("bool",),
}


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for field, names in DTYPES.items() for name in names]
)
def test_tensors_of_every_dtype(name: str, field: str, shape: tuple[int, ...]) -> None:
    """In the dtype's own field, and as bytes."""
    from tensorboard.util import tensor_util

    bits = np.random.default_rng(0).integers(0, 2, (50, 64), np.uint8)
    size = np.dtype(name).itemsize * 8
    for row in bits:
        # any bits that there are, of bool 0 and 1
        value = row[:1].astype(bool) if name == "bool" else np.packbits(row[:size]).view(name)
        tensor = tensor_util.make_tensor_proto(value.reshape(shape))
        expected = repr(float(value.item()))
        assert len(getattr(tensor, field)) == 1
        assert value_in(tensor) == expected
        tensor.ClearField(field)
        assert value_in(tensor) is None
        tensor.tensor_content = value.tobytes()
        assert value_in(tensor) == expected


def test_bfloat16() -> None:
    """As torch has it, in both ways."""
    import torch
    from tensorboard.compat.proto import tensor_pb2, types_pb2

    for value in VALUES:
        number = torch.tensor(value, dtype=torch.bfloat16)
        bits = int(number.view(torch.int16)) % 2**16
        for content in ({"half_val": [bits]}, {"tensor_content": bits.to_bytes(2, "little")}):
            tensor = tensor_pb2.TensorProto(dtype=types_pb2.DT_BFLOAT16, **content)
            assert value_in(tensor) == repr(float(number))


def test_what_a_resumed_run_has_undone_is_what_tensorboard_purges(tmp_path: Path) -> None:
    """The last segment and what is before it are what tensorboard still shows."""
    for start, steps in ((None, range(30)), (12, range(12, 40)), (25, range(27, 50, 2))):
        writer = torch_writer(tmp_path, purge_step=start, filename_suffix=f".{start}")
        for step in steps:
            writer.add_scalar("loss", step + (start or 0) / 100, step)
        writer.close()
    log = open_log(tmp_path)
    read_all(log)
    shown: dict[int, float] = {}
    segment = 0
    for index in range(len(log)):
        each = log.step(index)
        assert isinstance(each, LoggedStep)
        if each.segment != segment:
            segment = each.segment
            shown = {step: value for step, value in shown.items() if step < each.step}
        shown[each.step] = each.numbers["loss"]
    log.close()
    expected = {step: float(value) for step, _, value in theirs(tmp_path, purges=True)["loss"]}
    assert segment == 2
    # which the last one undid, and did not do again
    assert {*shown} - {*expected} == {25, 26}
    assert {step: shown[step] for step in expected} == expected


def test_a_writer_is_followed(tmp_path: Path) -> None:
    """Whatever it has flushed is there; the last step once it is over."""
    writer = torch_writer(tmp_path)
    writer.flush()
    log = open_log(tmp_path)
    read_all(log)
    for step in range(STEPS):
        writer.add_scalar("train/loss", step, step)
        for layer in range(12):
            writer.add_scalar(f"grad_2.0_norm/blocks.{layer}.fc.weight", layer + step / 7, step)
        writer.flush()
        assert log.read_on().steps == (step > 0)
    assert log.read_on().steps == 1
    assert log.header.layers == tuple(f"blocks.{layer}.fc" for layer in range(12))
    last = log.step(STEPS - 1)
    assert isinstance(last, LoggedStep)
    expected = np.array([layer + (STEPS - 1) / 7 for layer in range(12)], np.float32)
    np.testing.assert_array_equal(last.arrays["weight_grad_norm"], expected)
    writer.close()
    log.close()
