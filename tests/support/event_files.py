"""TensorBoard's event files, written by the formats' descriptions: events in TFRecord's records."""

import struct
from collections.abc import Iterable
from pathlib import Path

from google_crc32c import value as crc32c

from tests.support.wandb_files import field, varint

VERSION = field(1, 1e9) + field(3, "brain.Event:2")
START = field(1, 1)
NAME = "events.out.tfevents.1700000000.host.1.0"


def _checksum(content: bytes) -> bytes:
    crc = crc32c(content)
    return struct.pack("<I", ((crc >> 15 | crc << 17 & 0xFFFFFFFF) + 0xA282EAD8) % 2**32)


def record(event: bytes) -> bytes:
    """An event with its length and checksums."""
    length = struct.pack("<Q", len(event))
    return length + _checksum(length) + event + _checksum(event)


def float32(number: int, value: float) -> bytes:
    """A field of four bytes."""
    return varint(number << 3 | 5) + struct.pack("<f", value)


def simple(key: str, value: float) -> bytes:
    """A value of the old kind."""
    return field(1, key) + float32(2, value)


def of_tensor(key: str, tensor: bytes, plugin: str | None = "scalars") -> bytes:
    """A value of the new kind, perhaps without word of whose it is."""
    metadata = b"" if plugin is None else field(9, field(1, field(1, plugin)))
    return field(1, key) + field(8, tensor) + metadata


def event(step: int, *values: bytes, time: float = 1e9) -> bytes:
    """Those values at a step."""
    summary = b"".join(field(1, value) for value in values)
    return field(1, time) + field(2, step % 2**64) + field(5, summary)


def session(step: int) -> bytes:
    """A run that goes on from there."""
    return field(1, 1e9) + field(2, step) + field(7, START)


def event_file(path: Path, *events: bytes) -> Path:
    """A file with those events, which begins as they all do."""
    path.write_bytes(b"".join(map(record, (VERSION, *events))))
    return path


def scalars_at(steps: Iterable[int], key: str = "loss") -> list[bytes]:
    """An event a step, the value being the step."""
    return [event(step, simple(key, float(step))) for step in steps]
