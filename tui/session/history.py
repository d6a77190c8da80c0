"""What a training run has been through: a record a measured step, thinned where it grows long."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine import Trace
from engine.numerics.arrays import PerLayer, frozen
from tui.session.kept import held_bytes
from tui.state.scene import STRIDES, Curves, Decades, Heat, Values

MOST_RECORDS = 2048
"""Every second one is dropped when there are more."""


@dataclass(frozen=True)
class Record:
    """One measured step: `decades` is log10 |g| a layer, relative to the last layer's."""

    step: int
    loss: float
    accuracy: float | None
    decades: Decades


class History:
    """The records so far, oldest first; there is one from the start on."""

    def __init__(self, trace: Trace) -> None:
        self._records = [_record(trace)]

    def __len__(self) -> int:
        return len(self._records)

    @property
    def bytes(self) -> int:
        """What the records hold, which are all of one size."""
        return len(self._records) * held_bytes(self._records[-1])

    def add(self, trace: Trace) -> None:
        """Take a step down; one that was there already is replaced, and what came after it goes."""
        while self._records and self._records[-1].step >= trace.step:
            self._records.pop()
        self._records.append(_record(trace))
        if len(self._records) > MOST_RECORDS:
            # the first and the last stay
            self._records = [self._records[0], *self._records[2::2]]

    def curves(self) -> Curves:
        """Everything, as arrays."""
        return curves_of(self._records)

    def heat(self, columns: int) -> Heat:
        """The whole run in at most so many columns."""
        return heat_of(self._records, columns, self._records[-1].step)


def curves_of(records: Sequence[Record]) -> Curves:
    """Records in the order of their steps, as arrays."""
    return Curves(
        frozen(np.array([r.step for r in records], np.int64)),
        values_of([r.loss for r in records]),
        values_of([r.accuracy for r in records]),
    )


def heat_of(records: Sequence[Record], columns: int, last: int) -> Heat:
    """Those records up to step `last` in so many columns at most, at the finest stride."""
    steps = np.array([record.step for record in records])
    stride = next((s for s in STRIDES if last < s * columns), last // columns + 1)
    # what a column shows is its newest record, before the first one that
    ends = stride * np.arange(1, last // stride + 2) - 1
    at = np.maximum(np.searchsorted(steps, ends, side="right") - 1, 0)
    return Heat(stride, frozen(np.stack([records[i].decades for i in at])))


def _record(trace: Trace) -> Record:
    return Record(trace.step, trace.loss, trace.accuracy, relative_decades(trace))


def relative_decades(trace: Trace) -> Decades:
    """As `decades_from_last`, of |g|."""
    return decades_from_last(trace.output_grad_norm)


def decades_from_last(norms: PerLayer) -> Decades:
    """log10 of each layer's norm above the last layer's: -inf where it is 0, nan for no number.

    Where the last layer has none either, above 1.
    """
    with np.errstate(all="ignore"):
        decades = np.log10(norms)
    reference = decades[-1] if np.isfinite(decades[-1]) else 0.0
    result: Decades = np.where(np.isposinf(decades), np.nan, decades - reference).astype(np.float32)
    return result


def values_of(numbers: Sequence[float | None]) -> Values:
    """Numbers as an array, nan where there is none."""
    return frozen(np.array([np.nan if n is None else n for n in numbers], np.float64))
