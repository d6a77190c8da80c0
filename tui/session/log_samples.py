"""An even sample of a log's steps, the coarsest first: what is shown of all of it at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tui.session.history import Record, curves_of, heat_of, values_of
from tui.state.scene import Curves, Heat

MOST = 1024
"""Steps that are looked at beside the newest; of a longer log every second one is let go."""


@dataclass(frozen=True)
class Sample(Record):
    """A logged step: `kind` is its verdict's, None where it can carry none."""

    learning_rate: float | None
    kind: str | None
    metric: str


class LogSamples:
    """The samples so far by position; `version` changes with them."""

    def __init__(self) -> None:
        # None for a line that is left out
        self._known: dict[int, Sample | None] = {}
        self.version = 0

    def missing(self, length: int) -> Iterator[int]:
        """The positions to look at next, the last one first and then ever more of them."""
        if length:
            yield from self._unless_known(length - 1)
        finest = _stride(length)
        stride = finest
        while stride < length:
            stride *= 2
        while stride >= finest:
            for position in range(0, length, stride):
                yield from self._unless_known(position)
            stride //= 2

    def _unless_known(self, position: int) -> Iterator[int]:
        if position not in self._known:
            yield position

    def put(self, position: int, sample: Sample | None, length: int) -> None:
        """Take a step down; what is too fine for a log of that length is let go."""
        self._known[position] = sample
        self.version += 1
        if len(self._known) > 2 * MOST:
            stride = _stride(length)
            kept = {at: s for at, s in self._known.items() if at % stride == 0 or at == length - 1}
            self._known = kept

    @property
    def newest(self) -> Sample | None:
        """Of the last position that was looked at."""
        return self._known[max(self._known)] if self._known else None

    @property
    def kinds(self) -> tuple[tuple[int, str], ...]:
        """From which position on which verdict was seen."""
        changes: list[tuple[int, str]] = []
        for position in sorted(self._known):
            sample = self._known[position]
            kind = None if sample is None else sample.kind
            if kind is not None and (not changes or changes[-1][1] != kind):
                changes.append((position, kind))
        return tuple(changes)

    def _in_order(self) -> list[Sample]:
        """By steps: where a run was begun anew at an earlier one, what came after that is gone."""
        found: list[Sample] = []
        for position in sorted(self._known):
            sample = self._known[position]
            if sample is None:
                continue
            while found and found[-1].step >= sample.step:
                found.pop()
            found.append(sample)
        return found

    def curves(self) -> Curves | None:
        """Loss, accuracy and learning rate over steps."""
        found = self._in_order()
        if not found:
            return None
        rates = values_of([sample.learning_rate for sample in found])
        return replace(curves_of(found), learning_rate=rates)

    def heat(self, columns: int) -> Heat | None:
        """Every layer's gradient over steps, of the steps that have one."""
        found = self._in_order()
        if not found:
            return None
        # what was looked at before it was known how wide the log is, or of another metric
        alike = [s for s in found if s.metric == found[-1].metric and len(s.decades)]
        return replace(heat_of(alike or found, columns, found[-1].step), metric=found[-1].metric)


def _stride(length: int) -> int:
    """Every which step is looked at."""
    stride = 1
    while length > stride * MOST:
        stride *= 2
    return stride
