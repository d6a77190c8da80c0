"""The axis of each metric."""

from engine import run
from tests.support.experiments import experiment_of
from tui.session.axis_ranges import AxisRanges
from tui.state.metrics import METRICS


def test_the_metrics_read_the_trace() -> None:
    """Each shows its own array, on an axis that holds all of it."""
    trace = run(experiment_of(depth=6, width=16))
    for metric in METRICS.values():
        values = metric.values(trace)
        axis = AxisRanges().grown(metric, trace).known[metric.id]
        assert all(0 <= axis.fraction(value) <= 1 for value in values)
        assert len(metric.sign) <= 6


def test_axes_grow_apart_and_hold_the_pinned_run() -> None:
    """One metric's axis says nothing about another's."""
    vanishing = run(experiment_of(width=16))
    healthy = run(experiment_of(width=16, activation="relu", init="he_normal"))
    delta, h = METRICS["delta"], METRICS["activation"]
    axes = AxisRanges().grown(delta, healthy)
    assert h.id not in axes.known
    both = axes.grown(delta, healthy, vanishing).known[delta.id]
    assert both.low < axes.known[delta.id].low
    assert axes.grown(delta, vanishing).refitted(delta, healthy) == axes
