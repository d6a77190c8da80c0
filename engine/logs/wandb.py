"""Weights & Biases, a run that was recorded offline: run-ID.wandb, in a folder offline-run-*.

wandb/proto/wandb_internal.proto of https://github.com/wandb/wandb: a Record holds a HistoryRecord
for each step, whose items are named values in JSON. They lie in no order.
"""

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from engine.logs.folders import newest
from engine.logs.protobuf import BYTES, VARINT, MalformedError, fields, signed, tag
from engine.logs.scalars import About, BeganAnew, Found, Scalar
from engine.logs.schema import MAX_STEP, BrokenLine
from engine.logs.wandb_records import WandbRecords

_HISTORY, _CONFIG, _RUN = tag(2, BYTES), tag(5, BYTES), tag(17, BYTES)
_RUN_ID, _PROJECT, _RUN_CONFIG, _RUN_NAME = (tag(number, BYTES) for number in (1, 3, 4, 8))
_ITEM, _STEP = tag(1, BYTES), tag(2, BYTES)
_NUMBER = tag(1, VARINT)
_KEY, _NESTED_KEY, _VALUE = tag(1, BYTES), tag(2, BYTES), tag(16, BYTES)

_VALUE_START = b"\x82\x01"
"""The tag of a value, before its length."""

_STEPS = ("trainer/global_step", "train/global_step")
"""Under which Lightning and Hugging Face log the step of training: wandb's counts calls of log."""

_QUOTED = {b'"NaN"': math.nan, b'"Infinity"': math.inf, b'"-Infinity"': -math.inf}
"""As wandb spells them where a reader of JSON may be strict."""


def in_folder(folder: Path) -> Path | None:
    """Of the newest run in a folder of one or of several."""
    form = "run-*.wandb"
    return newest(folder, form, f"*run-*/{form}", f"wandb/*run-*/{form}")


class WandbReader:
    """Reads the numbers of each step of a run, and what it was."""

    def __init__(self, path: Path) -> None:
        self._records = WandbRecords(in_folder(path) or path)
        self._names: dict[int, str] = {}
        self._config: dict[str, object] = {}

    def read_on(self) -> Iterator[Found]:
        """The numbers that have been written since the last time, by blocks of 32 KiB."""
        for found in self._records.read_on():
            if isinstance(found, tuple):
                number, record = found
                try:
                    yield from self._in_record(record)
                except MalformedError:
                    yield BrokenLine(number, "log_record_malformed", {})
            else:
                if isinstance(found, BeganAnew):
                    self._names, self._config = {}, {}
                yield found

    def close(self) -> None:
        """Nothing more is asked for."""
        self._records.close()

    def _in_record(self, record: bytes) -> list[Found]:
        """All that a Record says; raises MalformedError."""
        found: list[Found] = []
        for field, message in fields(record):
            if field == _HISTORY:
                found += _scalars(message)
            elif field in (_RUN, _CONFIG):
                parts = [*fields(message)] if field == _RUN else [(_RUN_CONFIG, message)]
                for part, content in parts:
                    if part == _RUN_CONFIG:
                        self._config |= _settings(content)
                    elif part in (_RUN_ID, _PROJECT, _RUN_NAME):
                        self._names[part] = content.decode(errors="replace")
                found.append(About({"name": self._name, "config": {**self._config}}))
        return found

    @property
    def _name(self) -> str:
        run = self._names.get(_RUN_NAME) or self._names.get(_RUN_ID, "")
        return "/".join(filter(None, (self._names.get(_PROJECT), run)))


def _settings(config: bytes) -> dict[str, object]:
    """Those of a ConfigRecord, without what wandb itself adds; raises MalformedError."""
    items = [_item(message) for field, message in fields(config) if field == _ITEM]
    return {name: _value(value) for _, name, value in items if not name.startswith("_wandb")}


def _value(value: bytes) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value.decode(errors="replace")


def _scalars(history: bytes) -> list[Scalar]:
    """The numbers of a HistoryRecord; raises MalformedError."""
    step, items = 0, []
    for field, message in fields(history):
        if field == _ITEM:
            items.append(_item(message))
        elif field == _STEP:
            step = signed(dict(fields(message)).get(_NUMBER, 0))
    # histograms and the like are objects with a type, and no numbers of their own
    typed = {names[:-1] for names, _, _ in items if names[-1:] == (b"_type",)}
    numbers: dict[str, float] = {}
    for names, name, value in items:
        if typed and any(names[:count] in typed for count in range(len(names))):
            continue
        if value[:1] == b"{":
            numbers.update(_inside(name, value))
        else:
            number = _number(value)
            if number is not None:
                numbers[name] = number
    for name in _STEPS:
        if numbers.get(name, 0.5).is_integer():
            step = int(numbers[name])
    if not 0 <= step <= MAX_STEP:
        raise MalformedError
    time = numbers.get("_timestamp", math.nan)
    return [
        Scalar(step, name, number, time if math.isfinite(time) else None)
        for name, number in numbers.items()
        # what wandb itself adds
        if not name.startswith("_")
    ]


def _item(message: bytes) -> tuple[tuple[bytes, ...], str, bytes]:
    """The name in parts and as one, and the value, in JSON, of a HistoryItem."""
    # nearly every one ends with a short value behind a name that was read before
    head, _, rest = message.rpartition(_VALUE_START)
    if rest and rest[0] == len(rest) - 1 < 128 and (known := _name(head)):
        return *known, rest[1:]
    names, value = _read_item(message)
    return names, _joined(names), value


@lru_cache(maxsize=2**15)
def _name(head: bytes) -> tuple[tuple[bytes, ...], str] | None:
    """What stands before a value, None where that is not all of a name."""
    try:
        names, value = _read_item(head)
    except MalformedError:
        return None
    return None if value else (names, _joined(names))


def _read_item(message: bytes) -> tuple[tuple[bytes, ...], bytes]:
    names, value = [], b""
    for field, content in fields(message):
        if field == _VALUE:
            value = content
        elif field in (_KEY, _NESTED_KEY):
            names.append(content)
    return tuple(names), value


def _joined(names: tuple[bytes, ...]) -> str:
    """As wandb shows it."""
    return b".".join(names).decode(errors="replace")


def _number(value: bytes) -> float | None:
    try:
        return float(value)
    except ValueError:
        return _QUOTED.get(value)


def _inside(name: str, value: bytes) -> dict[str, float]:
    """The numbers in an object, which wandb before 0.17 wrote as one value."""
    try:
        return dict(_numbers(name, json.loads(value)))
    except (ValueError, OverflowError, RecursionError):
        # no JSON, a number beyond all floats, thousands of objects in each other
        return {}


def _numbers(name: str, value: object) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict) and "_type" not in value:
        for key, inner in value.items():
            yield from _numbers(f"{name}.{key}", inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, float(value)
