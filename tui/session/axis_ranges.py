"""The axis of each metric, which only grows while a person explores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Trace
from tui.state.axis import Axis, needed
from tui.state.metrics import Metric


@dataclass(frozen=True)
class AxisRanges:
    """What every metric that was shown so far needs of its axis."""

    known: Mapping[str, Axis] = field(default_factory=dict)

    def axis(self, metric: Metric) -> Axis | None:
        """A metric's axis; None where nothing could be measured."""
        held = self.known.get(metric.id)
        return held and held.widened()

    def grown(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With room for those Traces on the metric's axis."""
        wanted, held = needed_axis(metric, *traces), self.known.get(metric.id)
        return self._with(metric, held.joined(wanted) if held and wanted else wanted or held)

    def refitted(self, metric: Metric, *traces: Trace) -> AxisRanges:
        """With the metric's axis for those Traces alone."""
        return self._with(metric, needed_axis(metric, *traces))

    def is_loose(self, metric: Metric, *traces: Trace) -> bool:
        """Whether refitted for those Traces the axis would spare half its decades."""
        held, wanted = self.axis(metric), self.refitted(metric, *traces).axis(metric)
        return bool(held and wanted and 2 * wanted.decades <= held.decades)

    def _with(self, metric: Metric, axis: Axis | None) -> AxisRanges:
        others = {id: known for id, known in self.known.items() if id != metric.id}
        return AxisRanges(others if axis is None else {**others, metric.id: axis})


def needed_axis(metric: Metric, *traces: Trace) -> Axis | None:
    """What a metric's values need of an axis."""
    guide = [] if metric.guide is None else [metric.guide]
    return needed([*guide, *(value for trace in traces for value in metric.values(trace))])
