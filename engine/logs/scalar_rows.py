"""Numbers by their steps, in few bytes: a log of a million steps with a number each has 50 MB."""

import math
from array import array
from bisect import bisect_left


class ScalarRows:
    """Rows in the order of their steps within a segment, each with numbers under keys.

    A number takes 16 bytes, a row 32. A number may come late, and so may a row of the last segment.
    """

    def __init__(self) -> None:
        self.steps, self.segments, self.times = array("q"), array("I"), array("d")
        # the place behind a row's last number, 0 while it has none
        self.ends = array("I")
        # of each number: its key, and the end of what came before it in its row
        self._keys, self._values, self._before = array("I"), array("d"), array("I")
        self._segment = self._first = 0

    def __len__(self) -> int:
        return len(self.steps)

    def begin_segment(self) -> None:
        """Rows from here on are not joined to those before."""
        self._segment += 1
        self._first = len(self.steps)

    @property
    def last_step(self) -> int | None:
        """The largest of the last segment; None while it has no row."""
        return self.steps[-1] if len(self.steps) > self._first else None

    def row_of(self, step: int, time: float | None) -> int:
        """The place of that step's row in the last segment; there is one of that time, then."""
        if self.last_step == step:
            return len(self.steps) - 1
        at = bisect_left(self.steps, step, self._first)
        if at == len(self.steps) or self.steps[at] != step:
            self.steps.insert(at, step)
            self.segments.insert(at, self._segment)
            self.times.insert(at, math.nan if time is None else time)
            self.ends.insert(at, 0)
        return at

    def add(self, row: int, key: int, value: float) -> None:
        """A number more for that row."""
        self._keys.append(key)
        self._values.append(value)
        self._before.append(self.ends[row])
        self.ends[row] = len(self._keys)

    def numbers(self, row: int) -> list[tuple[int, float]]:
        """A row's keys and values, as they came."""
        found = []
        end = self.ends[row]
        while end:
            found.append((self._keys[end - 1], self._values[end - 1]))
            end = self._before[end - 1]
        return found[::-1]
