"""A log made of single numbers: those of one step together, layers as their names say."""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from threading import Lock

import numpy as np

from engine.logs.dialects import Meaning, dialects_of, meaning
from engine.logs.layer_order import by_order, check_order, natural
from engine.logs.log import News
from engine.logs.problems import MOST_PROBLEMS
from engine.logs.scalar_rows import ScalarRows
from engine.logs.scalars import About, Found, Resumed, Scalar, ScalarReader
from engine.logs.schema import BrokenLine, Header, LoggedStep
from engine.logs.signs import where
from engine.numerics.arrays import PerLayer, frozen
from engine.numerics.errors import SettingError

AT_ONCE = 4000
"""Numbers that one `read_on` takes, some hundredths of a second."""

LEAST_ROWS = 2
"""After which a writer has shown the keys that it has."""

FEW_KEYS = 5
"""That are named where none fits."""


class ScalarLog:
    """What a reader finds, as a log; the header's layers grow with what has been read.

    A number for a step that has a row joins it, whenever it comes. A key whose step goes back, or
    a writer that says it resumed, begins a new segment. The last row is told once a `read_on` has
    found nothing more for it: somebody may be in the middle of writing it. Layers without a value
    at a step are nan there; a metric that was written as nan or infinite is in `nonfinite`.

    Several threads may ask.
    """

    def __init__(
        self,
        format: str,
        path: Path,
        reader: ScalarReader,
        order: tuple[str, ...] | None = None,
        patterns: tuple[str, ...] = (),
    ) -> None:
        self.format = format
        self._path, self._reader = path, reader
        self._order, self._patterns = order, patterns
        self._dialects = dialects_of(patterns)
        self._lock = Lock()
        self._coming: Iterator[Found] | None = None
        self._begin()

    def _begin(self) -> None:
        self._what: Mapping[str, object] | None = None
        self.header = self._header_of({})
        self.problems: list[BrokenLine] = []
        self.left_out = 0
        self._rows = ScalarRows()
        self._told = 0
        # nothing is told of a log that may turn out not to fit
        self._is_checked = self._order is None and not self._patterns
        self._start: float | None = None
        # by key: its place among the known ones, None for those that nobody here knows
        self._places: dict[str, int | None] = {}
        self._meanings: list[Meaning] = []
        self._best: dict[tuple[str, str | None], int] = {}
        # of the last segment: each key's last step
        self._last: dict[int, int] = {}

    @property
    def unknown_keys(self) -> tuple[str, ...]:
        """The first keys of which nobody here knows what they say."""
        with self._lock:
            unknown = (key for key, place in self._places.items() if place is None)
            return tuple(islice(unknown, FEW_KEYS))

    def __len__(self) -> int:
        return self._told

    def read_on(self) -> News:
        """Take what has been written since, at most AT_ONCE numbers."""
        with self._lock:
            return self._read_on()

    def _read_on(self) -> News:
        before, began_anew = self._told, False
        if self._coming is None:
            self._coming = iter(self._reader.read_on())
        last = self._last_row()
        found = list(islice(self._coming, AT_ONCE))
        for each in found:
            if isinstance(each, Scalar):
                self._take(each)
            elif isinstance(each, BrokenLine):
                self.left_out += 1
                if len(self.problems) < MOST_PROBLEMS:
                    self.problems.append(each)
            elif isinstance(each, About):
                self._what = each.what
                self.header = replace(self.header, what=each.what)
            elif isinstance(each, Resumed):
                last_step = self._rows.last_step
                if last_step is not None and last_step >= each.step:
                    self._begin_segment()
            else:
                self._begin()
                before, began_anew, last = 0, True, None
        self._update_header()
        more = len(found) == AT_ONCE
        if not more:
            self._coming = None
            self._check()
        if self._is_checked or not more:
            self._told = max(self._told, len(self._rows) - (self._last_row() != last))
        return News(self._told - before, began_anew, os.path.exists(self._path), more)

    def step(self, index: int) -> LoggedStep | BrokenLine:
        """The step at that place, from 0; its line is that place from 1."""
        with self._lock:
            return self._step(index)

    def _step(self, index: int) -> LoggedStep:
        at = range(self._told)[index]
        rows = self._rows
        numbers: dict[str, float] = {}
        arrays: dict[str, PerLayer] = {}
        marks: dict[str, PerLayer] = {}
        depth = len(self.header.layers)
        nonfinite: dict[str, None] = {}
        for place, value in rows.numbers(at):
            metric, layer, _ = self._meanings[place]
            if self._best[metric, layer] != place:
                continue
            if layer is None:
                numbers[metric] = value
            else:
                if metric not in arrays:
                    arrays[metric] = np.full(depth, math.nan)
                arrays[metric][self._columns[layer]] = value
                if not math.isfinite(value):
                    # of layers that have no such number nothing is not finite
                    marks.setdefault(metric, np.zeros(depth))[self._columns[layer]] = value
            if not math.isfinite(value):
                nonfinite[metric] = None
        if not math.isnan(rows.times[at]) and self._start is not None:
            numbers["time"] = rows.times[at] - self._start
        arrays = {metric: frozen(values) for metric, values in arrays.items()}
        found = (numbers, arrays, tuple(nonfinite))
        step = LoggedStep(at + 1, rows.segments[at], rows.steps[at], *found)
        return replace(step, first_nonfinite_layer=where(replace(step, arrays=marks)))

    def close(self) -> None:
        """Nothing more is asked for."""
        self._reader.close()

    def _last_row(self) -> tuple[int, int] | None:
        """Which row is the last, and its last number."""
        return (len(self._rows), self._rows.ends[-1]) if len(self._rows) else None

    def _check(self) -> None:
        """Once there is enough to judge by, what a person said has to fit the log."""
        if self._is_checked or len(self._rows) < LEAST_ROWS or (self._order and not self._columns):
            return
        self._is_checked = True
        for dialect in self._dialects[: len(self._patterns)]:
            if all(dialect.layer_in(key) is None for key in self._places):
                keys = tuple(self._places)[:FEW_KEYS]
                raise SettingError(
                    "log_pattern_unused", path=str(self._path), form=dialect.form, found=keys
                )
        if self._order is not None:
            check_order(self._columns, self._order)

    def _take(self, scalar: Scalar) -> None:
        step, key, value, time = scalar
        if key not in self._places:
            self._places[key] = self._place_of(key)
        place = self._places[key]
        if place is None:
            return
        if step < self._last.get(place, step):
            self._begin_segment()
        self._last[place] = step
        if self._start is None and time is not None and math.isfinite(time):
            self._start = time
        self._rows.add(self._rows.row_of(step, time), place, value)

    def _begin_segment(self) -> None:
        self._rows.begin_segment()
        self._last = {}

    def _place_of(self, key: str) -> int | None:
        """A new key's place among those that are known."""
        found = meaning(key, self._dialects)
        if found is None:
            return None
        place, slot = len(self._meanings), (found.metric, found.layer)
        self._meanings.append(found)
        best = self._best.get(slot)
        if best is None or found.rank < self._meanings[best].rank:
            self._best[slot] = place
        return place

    def _update_header(self) -> None:
        names = dict.fromkeys(each.layer for each in self._meanings if each.layer is not None)
        if len(names) != len(self.header.layers):
            self.header = self._header_of(names)

    def _header_of(self, names: dict[str, None]) -> Header:
        order = self._order
        layers = natural(names) if order is None else by_order(names, order)
        self._columns = {name: column for column, name in enumerate(layers)}
        return Header(layers, self._what, order="natural" if order is None else "file")
