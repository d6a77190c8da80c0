"""The records in a .wandb file: LevelDB's log format with another checksum.

https://github.com/google/leveldb/blob/main/doc/log_format.md; behind the file's own header come
blocks of 32 KiB with chunks of records in them, each with zlib's CRC-32 of its type and its data.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from engine.logs.growing import GrowingFile
from engine.logs.scalars import BeganAnew
from engine.logs.schema import BrokenLine
from engine.numerics.errors import SettingError

MARK, VERSION = b":W&B\xe1\xbe", 0
"""What the file's header holds: the name, two bytes of its CRC-32, the version as one byte."""

MAX_RECORD_BYTES = 16 * 1024 * 1024
"""A longer record is left out: tables and pictures, not numbers."""

_BLOCK = 32 * 1024
_HEAD = struct.Struct("<IHB")
_FULL, _FIRST, _MIDDLE, _LAST = range(1, 5)


class WandbRecords:
    """Reads one record after another as they are written; raises SettingError where it is none."""

    def __init__(self, path: Path) -> None:
        self._file = GrowingFile(path)
        self._reset()
        self._read_head()

    def _reset(self) -> None:
        # a block, how much of it has been read, and the last record's number
        self._block, self._used, self._number = 0, 0, 0
        # of a record that goes on in the next chunk, None while there is none
        self._parts: list[bytes] | None = None
        # what is damaged and has been told
        self._told = 0

    def _read_head(self) -> None:
        """Of the file, unless nobody has written all of it yet."""
        head = self._file.read(0, len(MARK) + 1)
        if len(head) <= len(MARK) and MARK.startswith(head):
            return
        path = str(self._file.path)
        if not head.startswith(MARK):
            raise SettingError("log_foreign", path=path)
        if head[-1] != VERSION:
            raise SettingError("log_newer", path=path, version=head[-1], known=VERSION)
        self._used = len(head)

    def read_on(self) -> Iterator[tuple[int, bytes] | BrokenLine | BeganAnew]:
        """The records that have become whole since the last time, each with its number from 1."""
        if self._file.began_anew(self._block + self._used):
            self._reset()
            yield BeganAnew()
        if self._block + self._used == 0:
            self._read_head()
        while self._block + self._used:
            block = self._file.read(self._block, _BLOCK)
            yield from self._chunks(block)
            self._file.remember("block", self._block, block[: self._used])
            if len(block) < _BLOCK or self._file.size <= self._block + _BLOCK:
                break
            self._block += _BLOCK
            self._used = 0

    def _chunks(self, block: bytes) -> Iterator[tuple[int, bytes] | BrokenLine]:
        """Of a block, of which the last of the file may be half written."""
        while self._used + _HEAD.size <= len(block):
            checksum, size, kind = _HEAD.unpack_from(block, self._used)
            start, end = self._used + _HEAD.size, self._used + _HEAD.size + size
            if end > len(block) and end <= _BLOCK:
                return
            is_whole = end <= _BLOCK and zlib.crc32(block[start - 1 : end]) == checksum
            if not is_whole or not _FULL <= kind <= _LAST:
                yield from self._damaged()
                return
            self._used = end
            yield from self._take(kind, block[start:end])

    def _take(self, kind: int, data: bytes) -> Iterator[tuple[int, bytes] | BrokenLine]:
        """The record that a chunk ends."""
        if kind in (_FULL, _FIRST):
            if self._parts is not None:
                yield self._left_out("log_record_unfinished")
            self._parts = []
            self._number += 1
        if self._parts is None:
            # the end of one whose begin was damaged
            return
        self._parts.append(data)
        if kind in (_FULL, _LAST):
            record, self._parts = b"".join(self._parts), None
            yield self._number, record
        elif len(self._parts) * _BLOCK > MAX_RECORD_BYTES:
            self._parts = None
            yield self._left_out("log_record_too_long", most=MAX_RECORD_BYTES)

    def _damaged(self) -> Iterator[BrokenLine]:
        """Go on with the next block, once there is one: this one may still be written."""
        place = self._block + self._used
        if self._told < place:
            self._told = place
            self._number += self._parts is None
            self._parts = None
            yield self._left_out("log_record_damaged", start=place, end=self._block + _BLOCK)

    def _left_out(self, code: str, **details: object) -> BrokenLine:
        return BrokenLine(self._number, code, details)

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()
