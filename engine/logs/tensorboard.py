"""TensorBoard's event files: records of TFRecord, each an Event of event.proto."""

import struct
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from engine.logs.folders import newest
from engine.logs.growing import GrowingFile
from engine.logs.protobuf import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    MalformedError,
    fields,
    signed,
    tag,
    varint,
)
from engine.logs.scalars import BeganAnew, Found, Resumed, Scalar
from engine.logs.schema import MAX_STEP, BrokenLine
from engine.logs.tensor import Number, number_in

CHUNK = 1 << 20
KNOWN_BYTES = 64
LONGEST = 1 << 24
"""Bytes of a record that are read; longer ones hold graphs, images, sound."""

MARK = "tfevents"
"""What the name of each event file has in it."""

# the length and its checksum before a record, the record's checksum behind it
_LENGTH_AND_CHECKSUM, _CHECKSUM = struct.Struct("<QI"), struct.Struct("<I")
_HEAD, _TAIL = _LENGTH_AND_CHECKSUM.size, _CHECKSUM.size
_MASK = 0xA282EAD8
_ENOUGH_LOOKS = 2

_DOUBLE, _FLOAT = struct.Struct("<d"), struct.Struct("<f")
_WALL_TIME, _STEP, _SUMMARY, _SESSION = (
    *(tag(1, FIXED64), tag(2, VARINT)),
    *(tag(5, BYTES), tag(7, BYTES)),
)
_PLAIN, _STEP_AT = [_WALL_TIME, _STEP, _SUMMARY], 10
_STATUS, _START = tag(1, VARINT), 1
_VALUE = tag(1, BYTES)
_TAG, _SIMPLE_VALUE, _TENSOR, _METADATA = (
    *(tag(1, BYTES), tag(2, FIXED32)),
    *(tag(8, BYTES), tag(9, BYTES)),
)
_PLUGIN, _PLUGIN_NAME, _SCALARS = tag(1, BYTES), tag(1, BYTES), b"scalars"


class _NoStepError(Exception):
    """A step below 0, or beyond what can be counted on."""


def is_event_file(path: Path, head: bytes) -> bool:
    """By its name, which TensorBoard goes by, too, or by its first record, which says a version."""
    return MARK in path.name or head[_HEAD + 9 :].startswith(b"\x1a\x0dbrain.Event:")


def _crc32c() -> Callable[[bytes], int]:
    """The checksum of TFRecord, from a library that only these files need."""
    with warnings.catch_warnings():
        # where it has to do without its C part it says that it is slow
        warnings.simplefilter("ignore", RuntimeWarning)
        from google_crc32c import value
    checksum: Callable[[bytes], int] = value
    return checksum


def in_folder(folder: Path) -> Path | None:
    """Of the newest run in a folder of one or of several: the file that was changed last."""
    form = f"*{MARK}*"
    found = newest(folder, form, f"*/{form}", f"*/*/{form}")
    # PyTorch's add_scalars and add_hparams begin folders of their own in that of a run
    outer = [each for each in found.parents if each.is_relative_to(folder)] if found else []
    own = (newest(each, form) for each in reversed(outer))
    return next(filter(None, own), None)


class TensorBoardReader:
    """Reads an event file, or those that lie beside the newest in a folder: of a run that was
    resumed, one after another as they were begun.

    Histograms and the like are no scalars, and neither is a tensor of more than one number.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._crc = path, _crc32c()
        newest_file = in_folder(path)
        self._folder = newest_file.parent if newest_file else None
        self._files: dict[Path, _EventFile] = {}
        # by tag: whose it is
        self._plugins: dict[bytes, bytes] = {}
        # by a summary's length, where its number stands; by what is around it, what it is
        self._places: dict[int, tuple[int, int]] = {}
        self._keys: dict[tuple[bytes, bytes], tuple[str, struct.Struct]] = {}
        self._find_files()

    def _find_files(self) -> bool:
        """Those that have come since; whether of those before none is there any more."""
        paths = sorted(self._folder.glob(f"*{MARK}*")) if self._folder else [self._path]
        are_others = bool(paths) and self._files.keys().isdisjoint(paths)
        for path in paths:
            if path not in self._files:
                self._files[path] = _EventFile(path, self._crc)
        return are_others

    def read_on(self) -> Iterator[Found]:
        """What has been written since the last time."""
        if self._find_files() or any(file.began_anew() for file in self._files.values()):
            self.close()
            for known in (self._files, self._plugins, self._places, self._keys):
                known.clear()
            self._find_files()
            yield BeganAnew()
        for file in [*self._files.values()]:
            for record in file.records():
                if isinstance(record, BrokenLine):
                    yield record
                    continue
                try:
                    plain = self._plain(record)
                    found = self._in_event(record) if plain is None else (plain,)
                except MalformedError:
                    found = (file.broken("log_event_malformed"),)
                except _NoStepError:
                    found = (file.broken("log_event_without_step"),)
                yield from found

    def close(self) -> None:
        """Nothing more is asked for."""
        for file in self._files.values():
            file.close()

    def _in_event(self, event: bytes) -> Sequence[Found]:
        """Its scalars, and where a session begins, from which step it went on.

        Raises MalformedError or _NoStepError.
        """
        parts = [*fields(event)]
        values = dict(parts)
        (time,) = _DOUBLE.unpack(values.get(_WALL_TIME, bytes(_DOUBLE.size)))
        step = signed(values.get(_STEP, 0))
        began = dict(fields(values.get(_SESSION, b""))).get(_STATUS) == _START
        found: list[Found] = [Resumed(step)] if began else []
        is_plain = _begins_plainly(event) and [*map(itemgetter(0), parts)] == _PLAIN
        summaries = [*fields(values.get(_SUMMARY, b""))]
        for field, content in summaries:
            value = dict(fields(content)) if field == _VALUE else {}
            number = self._number_in(value)
            if number is None:
                continue
            if not 0 <= step <= MAX_STEP:
                raise _NoStepError
            key = value.get(_TAG, b"").decode(errors="replace")
            found.append(Scalar(step, key, number.value, time))
            if len(summaries) == 1 and is_plain:
                self._remember(event[varint(event, _STEP_AT)[1] :], key, number)
        return found

    def _plain(self, event: bytes) -> Scalar | None:
        """The scalar in an event that is like one before, as nearly all are."""
        if not _begins_plainly(event):
            return None
        step, at = varint(event, _STEP_AT)
        summary = event[at:]
        start, end = self._places.get(len(summary), (0, 0))
        known = self._keys.get((summary[:start], summary[end:]))
        if known is None or step > MAX_STEP:
            return None
        key, layout = known
        (number,) = layout.unpack_from(summary, start)
        return Scalar(step, key, float(number), _DOUBLE.unpack_from(event, 1)[0])

    def _remember(self, summary: bytes, key: str, number: Number) -> None:
        """A tag's summaries differ in the bytes of the number alone, if it is clear where it is."""
        start = summary.find(number.content)
        if number.content and start == summary.rfind(number.content):
            end = start + len(number.content)
            self._places[len(summary)] = start, end
            self._keys[summary[:start], summary[end:]] = key, number.layout

    def _number_in(self, value: dict[int, Any]) -> Number | None:
        """That of a Summary.Value, if it is a scalar."""
        if _SIMPLE_VALUE in value:
            return Number(_FLOAT.unpack(value[_SIMPLE_VALUE])[0], value[_SIMPLE_VALUE], _FLOAT)
        if _METADATA in value:
            # a tag's first value may be the only one to say whose it is
            plugin = dict(fields(dict(fields(value[_METADATA])).get(_PLUGIN, b"")))
            self._plugins[value.get(_TAG, b"")] = plugin.get(_PLUGIN_NAME, _SCALARS)
        is_scalar = self._plugins.get(value.get(_TAG, b""), _SCALARS) == _SCALARS
        return number_in(value[_TENSOR]) if is_scalar and _TENSOR in value else None


def _begins_plainly(event: bytes) -> bool:
    """With its time and its step."""
    return len(event) > _STEP_AT and event[0] == _WALL_TIME and event[_STEP_AT - 1] == _STEP


class _EventFile:
    """The records of one file."""

    def __init__(self, path: Path, crc: Callable[[bytes], int]) -> None:
        self._file, self._crc = GrowingFile(path), crc
        # of the record that is next, or is just being told
        self._offset, self._number = 0, 1
        self._vain_looks = -1, 0
        # there are few different lengths in a file
        self._length_in = lru_cache(self._checked_length)

    def close(self) -> None:
        """Nothing more is asked for."""
        self._file.close()

    def began_anew(self) -> bool:
        """Whether what has been read is gone."""
        return self._file.began_anew(self._offset)

    def broken(self, code: str) -> BrokenLine:
        """Why the record that was told last is left out."""
        details = {"file": self._file.path.name, "offset": self._offset}
        return BrokenLine(self._number, code, details)

    def records(self) -> Iterator[bytes | BrokenLine]:
        """Whole ones; what is not yet whole is tried once more the next time."""
        size, masked = self._file.size, self._masked
        chunk, at, needed = b"", 0, _HEAD
        while True:
            if at + needed > len(chunk):
                self._know_by(chunk[:at])
                chunk, at = self._file.read(self._offset, max(needed, CHUNK)), 0
                if needed > len(chunk):
                    return
            length = self._length_in(chunk[at : at + _HEAD])
            if length is None:
                # where the next record begins nobody knows
                if self._looks() == _ENOUGH_LOOKS:
                    yield self.broken("log_event_length")
                return
            needed = _HEAD + length + _TAIL
            end = at + needed
            if end > len(chunk) or length > LONGEST:
                if self._offset + needed > size:
                    self._know_by(chunk[:at])
                    return
                if length <= LONGEST:
                    continue
            else:
                record = chunk[at + _HEAD : end - _TAIL]
                if masked(record) == _CHECKSUM.unpack_from(chunk, end - _TAIL)[0]:
                    yield record
                elif self._offset + needed < size or self._looks() >= _ENOUGH_LOOKS:
                    yield self.broken("log_event_damaged")
                else:
                    return
            at = end
            self._offset += needed
            self._number += 1
            needed = _HEAD

    def _know_by(self, read: bytes) -> None:
        """Know the file again by what of it was read last, and by its first record."""
        if not read:
            return
        if len(read) == self._offset:
            self._file.remember("first", 0, read[:KNOWN_BYTES])
        last = read[-KNOWN_BYTES:]
        self._file.remember("last", self._offset - len(last), last)

    def _checked_length(self, head: bytes) -> int | None:
        """A record's length, if its own checksum is right."""
        length, checksum = _LENGTH_AND_CHECKSUM.unpack(head)
        return length if self._masked(head[:-_TAIL]) == checksum else None

    def _masked(self, content: bytes) -> int:
        """A checksum as TFRecord has it: turned by 15 bits, and a constant added."""
        crc = self._crc(content)
        return ((crc >> 15 | crc << 17) + _MASK) & 0xFFFFFFFF

    def _looks(self) -> int:
        """How often the next record was looked at in vain: somebody may be writing it."""
        at, times = self._vain_looks
        self._vain_looks = self._offset, times + 1 if at == self._offset else 1
        return self._vain_looks[1]
