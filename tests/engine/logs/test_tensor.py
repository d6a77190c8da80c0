"""The number in a tensor of TensorFlow's, in every way in which one is written."""

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.logs.protobuf import MalformedError
from engine.logs.tensor import number_in
from tests.support.event_files import float32
from tests.support.wandb_files import field

SCALAR, ONE = b"", field(2, field(1, 1))
SHAPES = {"()": SCALAR, "(1,)": ONE, "(1, 1)": ONE + ONE}


def value_in(tensor: bytes) -> float | None:
    """The number alone, of which the bytes, if any, are there."""
    found = number_in(tensor)
    if found is None:
        return None
    if found.content:
        assert found.content in tensor
        assert [*found.layout.unpack(found.content)] == [pytest.approx(found.value, nan_ok=True)]
    return found.value


def tensor(dtype: int, content: bytes, shape: bytes = SCALAR) -> bytes:
    """A TensorProto of one of the types in types.proto."""
    return field(1, dtype) + field(2, shape) + content


def packed(layout: str, value: float) -> bytes:
    """Little-endian."""
    return struct.pack(f"<{layout}", value)


def bits(layout: str, value: float) -> int:
    """Of a number, as an unsigned one."""
    return int.from_bytes(packed(layout, value), "little")


BFLOAT16 = bits("f", -1.5) >> 16
WRITTEN = {
    "float": (1, field(5, packed("f", 0.1)), float(np.float32(0.1))),
    "float, not packed": (1, float32(5, 0.1), float(np.float32(0.1))),
    "float, content": (1, field(4, packed("f", 0.1)), float(np.float32(0.1))),
    "double": (2, field(6, packed("d", 0.1)), 0.1),
    "double, not packed": (2, field(6, 0.1), 0.1),
    "double, content": (2, field(4, packed("d", 1e-310)), 1e-310),
    "half": (19, field(13, bits("e", 0.1)), float(np.float16(0.1))),
    "half, packed": (19, field(13, b"\xe6\x5c"), float(np.uint16(0x2E66).view(np.float16))),
    "half, content": (19, field(4, packed("e", 6e-8)), float(np.float16(6e-8))),
    "bfloat16": (14, field(13, BFLOAT16), -1.5),
    "bfloat16, content": (14, field(4, struct.pack("<H", BFLOAT16)), -1.5),
    "int32": (3, field(7, -3 % 2**64), -3.0),
    "int32, content": (3, field(4, packed("i", -3)), -3.0),
    "uint8": (4, field(7, 200), 200.0),
    "int16": (5, field(7, -300 % 2**64), -300.0),
    "int8": (6, field(7, -3 % 2**64), -3.0),
    "uint16": (17, field(7, 60000), 60000.0),
    "int64": (9, field(10, -(2**60) % 2**64), -(2.0**60)),
    "int64, content": (9, field(4, packed("q", -(2**60))), -(2.0**60)),
    "bool": (10, field(11, 1), 1.0),
    "uint32": (22, field(16, 2**32 - 1), 2.0**32 - 1),
    "uint64": (23, field(17, 2**64 - 1), float(2**64 - 1)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", WRITTEN)
def test_each_type_in_each_way(name: str, shape: str) -> None:
    """To the last digit."""
    dtype, content, value = WRITTEN[name]
    assert value_in(tensor(dtype, content, SHAPES[shape])) == value


@given(st.floats(width=16))
def test_halves_are_those_of_numpy(value: float) -> None:
    """All of them, nan and the subnormal ones too."""
    found = value_in(tensor(19, field(13, bits("e", value))))
    assert found == value or (math.isnan(value) and found is not None and math.isnan(found))


@given(st.integers(0, 2**16 - 1))
def test_bfloat16_is_the_upper_half_of_a_float(upper: int) -> None:
    """Whatever its bits say."""
    expected = np.array([upper << 16], np.uint32).view(np.float32)
    found = value_in(tensor(14, field(4, struct.pack("<H", upper))))
    np.testing.assert_array_equal(np.array([found], np.float32), expected)


NONE = {
    "text": tensor(7, field(8, "0.5")),
    "complex": tensor(8, field(9, packed("f", 1.0))),
    "two": tensor(1, field(5, packed("f", 1.0) * 2), field(2, field(1, 2))),
    "no number": tensor(1, b""),
    "no type": field(5, packed("f", 1.0)),
    "none": tensor(1, b"", field(2, b"")),
    "an unknown number of dimensions": tensor(1, field(5, packed("f", 1.0)), field(3, 1)),
    "too short": tensor(2, field(4, packed("f", 1.0))),
    "too many in its field": tensor(1, field(5, packed("f", 1.0) * 2)),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_not_one_number(name: str) -> None:
    """Is none."""
    assert value_in(NONE[name]) is None


@given(st.binary(max_size=40))
def test_any_bytes_are_a_number_none_or_malformed(content: bytes) -> None:
    """Never another error."""
    try:
        found = value_in(field(1, 1) + content)
    except MalformedError:
        return
    assert found is None or isinstance(found, float)
