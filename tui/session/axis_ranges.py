"""The axis of each metric, which only grows while a person explores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine import Trace
from tui.state.axis import Axis, fitted
from tui.state.metrics import Metric


@dataclass(frozen=True)
class AxisRanges:
    """An axis for every metric that was shown so far."""

    known: Mapping[str, Axis] = field(default_factory=dict)

    def grown(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With room for those Traces on the metric's axis."""
        needed = needed_axis(metric, *traces)
        before = self.known.get(metric.id)
        return self._with(metric, needed if before is None else before.joined(needed))

    def refitted(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With the metric's axis for those Traces alone."""
        return self._with(metric, needed_axis(metric, *traces))

    def _with(self, metric: Metric, axis: Axis) -> AxisRanges:
        return AxisRanges({**self.known, metric.id: axis})


def needed_axis(metric: Metric, *traces: Trace) -> Axis:
    """The axis that a metric's values need, with the signals of the forward wave beside them.

    Signals further than three decades above or below the values do not stretch it.
    """
    wanted: list[float] = [] if metric.guide is None else [metric.guide]
    for trace in traces:
        values = metric.values(trace)
        values = values[np.isfinite(values) & (values > 0)]
        if len(values):
            signals = np.clip(metric.forward(trace), values.min() * 1e-3, values.max() * 1e3)
            wanted += [*values, float(np.nanmax(signals, initial=0.0))]
    return fitted(wanted)
