"""The axis of each metric, which only grows while a person explores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Trace
from tui.state.axis import Axis, fitted
from tui.state.metrics import Metric


@dataclass(frozen=True)
class AxisRanges:
    """An axis for every metric that was shown so far."""

    known: Mapping[str, Axis] = field(default_factory=dict)

    def grown(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With room for those Traces on the metric's axis."""
        needed, before = needed_axis(metric, *traces), self.known.get(metric.id)
        return self._with(metric, before.joined(needed) if before and needed else needed or before)

    def refitted(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With the metric's axis for those Traces alone."""
        return self._with(metric, needed_axis(metric, *traces))

    def is_loose(self, metric: Metric, *traces: Trace) -> bool:
        """Whether refitted for those Traces the axis would spare half its decades."""
        held, needed = self.known.get(metric.id), needed_axis(metric, *traces)
        return bool(held and needed and 2 * needed.decades <= held.decades)

    def _with(self, metric: Metric, axis: Axis | None) -> AxisRanges:
        others = {id: known for id, known in self.known.items() if id != metric.id}
        return AxisRanges(others if axis is None else {**others, metric.id: axis})


def needed_axis(metric: Metric, *traces: Trace) -> Axis | None:
    """The axis that a metric's values need; None where they are nothing to measure."""
    guide = [] if metric.guide is None else [metric.guide]
    return fitted([*guide, *(value for trace in traces for value in metric.values(trace))])
