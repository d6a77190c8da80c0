"""What an even sample of a log's steps comes to: what is shown of all of it at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.logs.sample import EvenSample
from tui.session.history import Record, curves_of, heat_of, values_of
from tui.state.scene import Curves, Heat


@dataclass(frozen=True)
class Sample(Record):
    """A logged step: `kind` is its verdict's, None where it can carry none."""

    learning_rate: float | None
    gradient_norm: float | None
    kind: str | None
    metric: str


class LogSamples:
    """The samples so far by position; `version` changes with them."""

    def __init__(self) -> None:
        # None for a line that is left out
        self._sample = EvenSample[Sample | None]()
        self.version = 0

    def missing(self, length: int) -> Iterator[int]:
        """The positions to look at next, the last one first and then ever more of them."""
        return self._sample.wanted(length)

    def put(self, position: int, sample: Sample | None) -> None:
        """Take a step down."""
        self._sample.put(position, sample)
        self.version += 1

    @property
    def newest(self) -> Sample | None:
        """Of the last position that was looked at."""
        known = self._sample.items()
        return known[-1][1] if known else None

    @property
    def kinds(self) -> tuple[tuple[int, str], ...]:
        """From which position on which verdict was seen."""
        changes: list[tuple[int, str]] = []
        for position, sample in self._sample.items():
            kind = None if sample is None else sample.kind
            if kind is not None and (not changes or changes[-1][1] != kind):
                changes.append((position, kind))
        return tuple(changes)

    def _in_order(self) -> list[Sample]:
        """By steps: where a run was begun anew at an earlier one, what came after that is gone."""
        found: list[Sample] = []
        for _, sample in self._sample.items():
            if sample is None:
                continue
            while found and found[-1].step >= sample.step:
                found.pop()
            found.append(sample)
        return found

    def curves(self) -> Curves | None:
        """Loss, accuracy and learning rate over steps, of a log without layers its norm as well."""
        found = self._in_order()
        if not found:
            return None
        rates = values_of([sample.learning_rate for sample in found])
        curves = replace(curves_of(found), learning_rate=rates)
        if any(len(sample.decades) for sample in found):
            return curves
        norms = values_of([sample.gradient_norm for sample in found])
        return replace(curves, gradient_norm=norms)

    def heat(self, columns: int) -> Heat | None:
        """Every layer's gradient over steps, of the steps that have one."""
        found = self._in_order()
        if not found:
            return None
        known = [sample for sample in found if len(sample.decades)]
        # g is shown where it is known at all, though not of every run in the file
        alike = [sample for sample in known if sample.metric == known[-1].metric]
        heat = heat_of(alike or found, columns, found[-1].step)
        return replace(heat, metric=known[-1].metric) if known else heat
