"""The one number in a TensorProto of TensorFlow's: the fields of tensor.proto, by their numbers."""

import struct
from typing import Any, NamedTuple

from engine.logs.protobuf import BYTES, FIXED32, FIXED64, VARINT, fields, tag, varint

_FLOAT = struct.Struct("<f")


class _Kind(NamedTuple):
    """How a dtype lies in `tensor_content`, and in which field its numbers are otherwise."""

    layout: struct.Struct
    field: int
    wire: int


def _kind(layout: str, field: int, wire: int = VARINT) -> _Kind:
    return _Kind(struct.Struct(f"<{layout}"), field, wire)


_KINDS = {
    1: _kind("f", 5, FIXED32),
    2: _kind("d", 6, FIXED64),
    3: _kind("i", 7),
    4: _kind("B", 7),
    5: _kind("h", 7),
    6: _kind("b", 7),
    9: _kind("q", 10),
    10: _kind("?", 11),
    14: _kind("H", 13),
    17: _kind("H", 7),
    19: _kind("e", 13),
    22: _kind("I", 16),
    23: _kind("Q", 17),
}
"""By the number in types.proto: DT_FLOAT, DT_DOUBLE, ..., DT_UINT64."""

_BFLOAT16 = 14
_DTYPE, _SHAPE, _CONTENT = tag(1, VARINT), tag(2, BYTES), tag(4, BYTES)
_DIMENSION, _SIZE, _UNKNOWN_RANK = tag(2, BYTES), tag(1, VARINT), tag(3, VARINT)


class Number(NamedTuple):
    """A tensor's number as the nearest float64, and the bytes that are it, if there are such.

    These stand somewhere in the tensor, and are unpacked by the layout.
    """

    value: float
    content: bytes = b""
    layout: struct.Struct = _FLOAT


def number_in(tensor: bytes) -> Number | None:
    """Its number; None where it holds none, or many.

    Of every numeric dtype, in `tensor_content` or in a field of its own, shape () or all ones.
    Raises MalformedError.
    """
    found = dict(fields(tensor))
    kind = _KINDS.get(found.get(_DTYPE, 0))
    if kind is None or not _is_single(found.get(_SHAPE, b"")):
        return None
    content = found.get(_CONTENT) or _own_field(found, kind)
    if content is None or len(content) != kind.layout.size:
        return None
    if found[_DTYPE] == _BFLOAT16:
        # the upper half of a float
        return Number(_FLOAT.unpack(b"\0\0" + content)[0])
    value = float(kind.layout.unpack(content)[0])
    is_there = kind.wire != VARINT or _CONTENT in found
    return Number(value, content, kind.layout) if is_there else Number(value)


def _is_single(shape: bytes) -> bool:
    """Whether a tensor of that TensorShapeProto holds one number."""
    return all(
        dict(fields(value)).get(_SIZE, 0) == 1 if field == _DIMENSION else field != _UNKNOWN_RANK
        for field, value in fields(shape)
    )


def _own_field(found: dict[int, Any], kind: _Kind) -> bytes | None:
    """The number in the dtype's own field as `tensor_content` would have it."""
    packed: bytes | None = found.get(tag(kind.field, BYTES))
    single = found.get(tag(kind.field, kind.wire))
    if kind.wire != VARINT:
        return single if packed is None else packed
    value = varint(packed, 0)[0] if packed else single
    # two's complement of 64 bits: the lower ones are the number's, or a half's as they are
    return None if value is None else value.to_bytes(8, "little")[: kind.layout.size]
