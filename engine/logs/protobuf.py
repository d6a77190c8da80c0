"""Messages in protobuf's wire format: https://protobuf.dev/programming-guides/encoding."""

from collections.abc import Iterator
from typing import Any

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""Wire types; messages, strings and packed numbers are all BYTES."""

_SIZES = {FIXED64: 8, FIXED32: 4}
_SIGN, _RANGE = 1 << 63, 1 << 64


class MalformedError(ValueError):
    """Bytes that are no such message."""


def tag(number: int, wire: int) -> int:
    """What a field of that number and wire type begins with."""
    return number << 3 | wire


def fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """A message's fields in their order, each with its tag; may raise MalformedError at any.

    A VARINT is an int of 0 to 2^64 - 1, everything else bytes: 8 of a FIXED64, 4 of a FIXED32,
    both little-endian. Whoever asks for a tag gets a value of that type.
    """
    at, end = 0, len(message)
    try:
        while at < end:
            # nearly every number is below 128, one byte: a call for each would take twice the time
            found = message[at]
            at += 1
            if found > 127:
                found, at = varint(message, at - 1)
            wire = found & 7
            if wire in (BYTES, VARINT):
                number = message[at]
                at += 1
                if number > 127:
                    number, at = varint(message, at - 1)
                if wire == VARINT:
                    yield found, number
                    continue
                start, at = at, at + number
            else:
                start, at = at, at + _SIZES[wire]
            if at > end:
                raise MalformedError
            yield found, message[start:at]
    except (IndexError, KeyError):
        # the end within a field; a group, which nobody writes any more; no wire type
        raise MalformedError from None


def varint(message: bytes, at: int) -> tuple[int, int]:
    """The number that begins there, and where it has ended; raises MalformedError."""
    value = shift = 0
    while shift < 64:
        try:
            byte = message[at]
        except IndexError:
            break
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value % _RANGE, at
        shift += 7
    raise MalformedError


def signed(value: int) -> int:
    """The int32 or int64 that a VARINT stands for."""
    return value - _RANGE if value >= _SIGN else value
