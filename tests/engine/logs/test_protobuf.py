"""Protobuf's wire format, by the examples of its specification and an encoder of our own."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.logs.protobuf import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    MalformedError,
    fields,
    signed,
    tag,
)
from tests.support.wandb_files import field, varint


def test_the_examples_of_the_specification() -> None:
    """Of protobuf.dev/programming-guides/encoding."""
    assert [*fields(b"\x08\x96\x01")] == [(tag(1, VARINT), 150)]
    assert [*fields(b"\x12\x07testing")] == [(tag(2, BYTES), b"testing")]
    assert [*fields(b"\x1a\x03\x08\x96\x01")] == [(tag(3, BYTES), b"\x08\x96\x01")]
    ((_, minus_two),) = fields(b"\x08\xfe" + b"\xff" * 8 + b"\x01")
    assert (minus_two, signed(minus_two), signed(2)) == (2**64 - 2, -2, 2)


def _encoded(number: int, value: int | bytes | float) -> tuple[tuple[int, object], bytes]:
    """A field as it is read, and as it is written: 0.0 as four bytes."""
    if isinstance(value, int):
        return (tag(number, VARINT), value), field(number, value)
    if isinstance(value, bytes):
        return (tag(number, BYTES), value), field(number, value)
    if value == 0:
        return (tag(number, FIXED32), bytes(4)), varint(tag(number, FIXED32)) + bytes(4)
    return (tag(number, FIXED64), struct.pack("<d", value)), field(number, value)


FIELDS = st.lists(
    st.tuples(
        st.integers(1, 2**29 - 1),
        st.integers(0, 2**64 - 1) | st.binary(max_size=300) | st.floats(),
    )
)


@given(FIELDS)
def test_what_is_written_is_read(values: list[tuple[int, int | bytes | float]]) -> None:
    """Any numbers of fields, any values."""
    expected, written = [], b""
    for number, value in values:
        found, encoded = _encoded(number, value)
        expected.append(found)
        written += encoded
    assert [*fields(written)] == expected


@given(FIELDS, st.data())
def test_a_message_that_is_cut_is_malformed_unless_between_two_fields(
    values: list[tuple[int, int | bytes | float]], data: st.DataObject
) -> None:
    """What is whole before the cut is read."""
    parts = [_encoded(*value)[1] for value in values]
    written = b"".join(parts)
    cut = data.draw(st.integers(0, len(written)))
    ends = {sum(map(len, parts[:count])) for count in range(len(parts) + 1)}
    if cut in ends:
        assert [*fields(written)][: len([*fields(written[:cut])])] == [*fields(written[:cut])]
    else:
        with pytest.raises(MalformedError):
            [*fields(written[:cut])]


@given(st.binary(max_size=200))
def test_other_bytes_are_read_or_malformed(message: bytes) -> None:
    """Nothing else comes of them."""
    try:
        read = [*fields(message)]
    except MalformedError:
        return
    assert all(isinstance(value, int | bytes) for _, value in read)


@pytest.mark.parametrize("message", [b"\x0b", b"\x0c", b"\x0e\x01", b"\x80" * 11, b"\x0a\x05ab"])
def test_what_is_no_message_is_malformed(message: bytes) -> None:
    """Groups, wire types without a meaning, endless numbers, lengths beyond the end."""
    with pytest.raises(MalformedError):
        [*fields(message)]
