"""Hugging Face's Trainer: trainer_state.json, which it writes with each checkpoint.

Its log_history has all that was logged up to then: grad_norm is the total norm of one step, before
clipping, loss the mean over the steps since the entry before.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from engine.data.foreign_files import read_bytes
from engine.logs.folders import newest
from engine.logs.known_rows import AnotherRowError, KnownRows
from engine.logs.scalars import BeganAnew, Found, Scalar
from engine.logs.schema import MAX_STEP, BrokenLine
from engine.numerics.errors import SettingError

NAME = "trainer_state.json"

MAX_BYTES = 64 * 1024 * 1024
"""Of some 300,000 entries."""

_STEP = "step"
_OF_THE_WHOLE_RUN = "train_runtime"
"""In the last entry, whose numbers are of no step."""


def in_folder(folder: Path) -> Path | None:
    """Of the newest checkpoint in a folder, or the folder's own."""
    return newest(folder, NAME, f"checkpoint-*/{NAME}")


def is_trainer_state(path: Path, head: bytes) -> bool:
    """By its name, or by the first key, which no header of a run log has in that place."""
    return path.name == NAME or head.startswith(b'{\n  "best_')


class TrainerStateReader:
    """Reads the entries of a file, or of the newest in a folder; raises SettingError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = KnownRows()
        self._seen: tuple[Path, int, int] | None = None

    def read_on(self) -> Iterator[Found]:
        """What has been logged since, where there is another checkpoint."""
        path = in_folder(self._path) or self._path
        try:
            state = path.stat()
        except FileNotFoundError:
            return
        seen = path, state.st_mtime_ns, state.st_size
        if seen == self._seen:
            return
        self._seen = seen
        content = read_bytes(path, MAX_BYTES)
        try:
            history = json.loads(content)["log_history"]
        except (ValueError, RecursionError):
            # it is written in one go, so that half of it may be there
            yield BrokenLine(content.count(b"\n") + 1, "log_line_unfinished", {})
            return
        except (TypeError, LookupError):
            history = None
        if not isinstance(history, list):
            raise SettingError("log_without_history", path=str(path))
        try:
            yield from self._new(history)
        except AnotherRowError:
            self._known = KnownRows()
            yield BeganAnew()
            yield from self._new(history)

    def close(self) -> None:
        """No file stays open."""

    def _new(self, history: list[object]) -> Iterator[Found]:
        self._known.begin()
        for number, entry in enumerate(history, 1):
            if self._known.is_new(repr(entry)):
                yield from _in_entry(entry, number)


def _in_entry(entry: object, number: int) -> Iterator[Found]:
    step = entry.get(_STEP) if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or type(step) is not int or not 0 <= step <= MAX_STEP:
        yield BrokenLine(number, "log_entry_without_step", {})
    elif _OF_THE_WHOLE_RUN not in entry:
        for key, value in entry.items():
            if key != _STEP and type(value) in (int, float):
                yield Scalar(step, key, _float(value))


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        # a whole number of hundreds of digits
        return float("inf") if value > 0 else -float("inf")
