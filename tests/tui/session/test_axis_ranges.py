"""The axis of each metric."""

import numpy as np

from engine import Experiment, run
from tests.support.experiments import experiment_of
from tests.support.session import started
from tui.session.axis_ranges import AxisRanges
from tui.state.metrics import METRICS
from tui.state.presets import PRESETS
from tui.words.layers import METRIC_SIGNS


def test_the_metrics_read_the_trace() -> None:
    """Each shows its own array, on an axis that holds all of it."""
    trace = run(experiment_of(depth=6, width=16))
    for metric in METRICS.values():
        values = metric.values(trace)
        axis = AxisRanges().grown(metric, trace).known[metric.id]
        assert all(axis.low <= np.log10(value) <= axis.high for value in values)
        assert len(METRIC_SIGNS[metric.id]) <= 6


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


def test_a_run_without_a_gradient_has_no_axis_and_leaves_the_held_one_alone() -> None:
    """Nothing is invented."""
    dead = run(experiment_of(width=16, init="zeros", activation="relu"))
    alive, delta = run(experiment_of(width=16)), METRICS["delta"]
    assert AxisRanges().grown(delta, dead) == AxisRanges()
    held = AxisRanges().grown(delta, alive)
    assert held.grown(delta, dead) == held
    assert held.refitted(delta, dead) == AxisRanges()


def test_an_axis_is_loose_where_refitting_spares_half_of_it() -> None:
    """A dying net's, under a healthy one."""
    vanishing = run(experiment_of(width=16))
    healthy = run(experiment_of(width=16, activation="relu", init="he_normal"))
    delta = METRICS["delta"]
    held = AxisRanges().grown(delta, vanishing)
    assert not held.is_loose(delta, vanishing)
    assert held.is_loose(delta, healthy)
    assert not held.is_loose(delta, healthy, vanishing)
    assert not held.refitted(delta, healthy).is_loose(delta, healthy)


def test_the_least_span_does_not_add_up() -> None:
    """What two runs need together is already more than six decades."""
    vanishing = run(experiment_of(width=16))
    healthy = run(experiment_of(width=16, activation="relu", init="he_normal"))
    g = METRICS["g"]
    both = AxisRanges().grown(g, vanishing).grown(g, healthy).axis(g)
    assert both is not None
    assert both.high == np.log10([g.values(vanishing), g.values(healthy)]).max()
    alone = AxisRanges().grown(g, healthy).axis(g)
    assert alone is not None
    assert alone.decades == 6


def test_a_preset_begins_on_an_axis_of_its_own_and_a_remedy_does_not() -> None:
    """With the next remedy one wants to see the bars rise."""
    session, controller = started(**Experiment().settings())
    low = session.axis
    assert low is not None
    assert low.low < -10
    for _ in range(len(PRESETS)):
        if session.is_healthy:
            break
        controller.take_next_remedy()
    assert session.is_healthy
    assert session.axis is not None
    assert session.axis.low <= low.low
    controller.take_preset(PRESETS["remedy-he"])
    assert session.axis.low > -5
    assert not session.axes.is_loose(session.metric, session.trace)  # type: ignore[arg-type]
