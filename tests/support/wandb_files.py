""".wandb files, written by the formats' descriptions: protobuf messages in LevelDB's records."""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping

BLOCK = 32 * 1024
HEADER = b":W&B\xe1\xbe\x00"


def varint(value: int) -> bytes:
    """A number, seven bits a byte."""
    digits = [value & 127]
    while value := value >> 7:
        digits[-1] |= 128
        digits.append(value & 127)
    return bytes(digits)


def field(number: int, value: int | float | bytes | str) -> bytes:
    """A field of a message: an int is a VARINT, a float a FIXED64, all else BYTES."""
    match value:
        case int():
            return varint(number << 3) + varint(value)
        case float():
            return varint(number << 3 | 1) + struct.pack("<d", value)
        case str():
            return field(number, value.encode())
    return varint(number << 3 | 2) + varint(len(value)) + value


def history(step: int, values: Mapping[str, object]) -> bytes:
    """A Record of a step; a value of a dict is one of nested keys."""
    return history_of(step, items(values))


def history_of(step: int, items: bytes) -> bytes:
    """A Record of a step with these items."""
    return field(1, 7) + field(2, items + field(2, field(1, step)))


def items(values: Mapping[str, object]) -> bytes:
    """All of a HistoryRecord but the step."""
    return b"".join(
        field(1, item) for key, value in values.items() for item in _items((key,), value)
    )


def _items(names: tuple[str, ...], value: object) -> Iterable[bytes]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _items((*names, key), inner)
    else:
        yield b"".join(field(2, name) for name in names) + field(16, json.dumps(value))


def wandb_file(records: Iterable[bytes]) -> bytes:
    """All of a file with those records."""
    content = bytearray(HEADER)
    for record in records:
        kinds, left = (1, 2), record
        while True:
            room = BLOCK - len(content) % BLOCK
            if room < 7:
                content += bytes(room)
                room = BLOCK
            part, left = left[: room - 7], left[room - 7 :]
            kind = kinds[bool(left)]
            content += struct.pack("<IHB", zlib.crc32(bytes([kind]) + part), len(part), kind)
            content += part
            if not left:
                break
            kinds = (4, 3)
    return bytes(content)
