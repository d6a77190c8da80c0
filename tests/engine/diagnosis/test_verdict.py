"""The verdict: measured decades, and what is dead, closed or lost to the number format."""

import math
from typing import Any

import numpy as np
import pytest

from engine import Trainer, run, verdict
from tests.support.experiments import experiment_of

RELU = {"activation": "relu", "init": "he_normal"}
REZERO = {"residual": "pre_activation", "residual_scale": "rezero"}


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        ({}, "vanishing"),
        (RELU, "healthy"),
        ({"activation": "tanh", "init": "unit_normal"}, "exploding"),
        ({"init": "zeros"}, "dead"),
        ({"depth": 2}, "healthy"),
        ({"depth": 1}, "healthy"),
        ({"residual": "post_activation", **RELU}, "exploding"),
        (
            {"residual": "pre_activation", "norm": "batch", "activation": "relu", "depth": 50},
            "healthy",
        ),
        ({"norm": "batch", "activation": "relu", "depth": 50}, "exploding"),
    ],
)
def test_verdicts(settings: dict[str, Any], kind: str) -> None:
    """The folklore's cases, on the real digits."""
    assert verdict(run(experiment_of(**settings))).kind == kind


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"depth": 2},
        {"norm": "batch", **RELU},
        {"residual": "post_activation", **RELU},
        {"activation": "tanh", "init": "unit_normal", "depth": 7},
    ],
)
def test_decades_are_the_bars_ratio_and_the_product_of_the_totals(settings: dict[str, Any]) -> None:
    """Measured: g_1 over g_L; one layer's factor is the geometric mean of the L - 1 totals."""
    trace = run(experiment_of(**settings))
    found = verdict(trace)
    totals = trace.factors.total[1:]
    assert found.decades == pytest.approx(np.log10(totals).sum(), rel=1e-12)
    ratio = trace.output_grad_norm[0] / trace.output_grad_norm[-1]
    assert found.decades == pytest.approx(math.log10(ratio), rel=1e-12)
    assert found.factor_per_layer == pytest.approx(np.exp(np.log(totals).mean()), rel=1e-12)


def test_the_decades_are_those_of_a_trained_network_too() -> None:
    """No slope is extended beyond what was measured."""
    trainer = Trainer(experiment_of(depth=10, optimizer="adam"))
    trace = trainer.advance(20)
    found = verdict(trace)
    g = trace.output_grad_norm
    assert found.decades == pytest.approx(math.log10(g[0]) - math.log10(g[-1]), rel=1e-12)


def test_one_layer_has_no_decades() -> None:
    """It is healthy: there is nothing between it and itself."""
    found = verdict(run(experiment_of(depth=1)))
    assert (found.kind, found.decades, found.factor_per_layer) == ("healthy", None, None)


@pytest.mark.parametrize("residual", ["pre_activation", "post_activation"])
def test_rezero_is_closed_and_not_dead(residual: str) -> None:
    """Its branches are multiplied by 0, which is learned and has a gradient; they open."""
    experiment = experiment_of(**RELU, **{**REZERO, "residual": residual}, width=64)
    trainer = Trainer(experiment)
    before = trainer.trace
    assert before.closed.tolist() == before.has_skip.tolist()
    assert not before.dead.any()
    assert verdict(before).kind == "healthy"
    assert not trainer.advance(1).closed.any()


def test_rezero_with_zeros_never_opens() -> None:
    """The branch is 0 and so is the gradient of its coefficient."""
    settings = {"activation": "relu", "init": "zeros", "residual": "post_activation"}
    trainer = Trainer(experiment_of(**settings, residual_scale="rezero"))
    assert verdict(trainer.trace).kind == "dead"
    after = trainer.advance(3)
    assert verdict(after).kind == "dead"
    assert not after.closed.any()
    assert not after.weight_norm.any()


def test_full_bars_over_a_dead_net() -> None:
    """relu + zeros + post-activation skips: the skips carry g, and no weight ever moves."""
    settings = {"activation": "relu", "init": "zeros", "residual": "post_activation"}
    trainer = Trainer(experiment_of(**settings))
    trace = trainer.trace
    assert trace.dead.all()
    assert trace.output_grad_norm[1:] == pytest.approx(trace.output_grad_norm[-1])
    assert verdict(trace).kind == "dead"
    assert not trainer.advance(5).weight_norm.any()


@pytest.mark.parametrize(
    "settings",
    [
        {"depth": 1000, "width": 16},
        {"depth": 60, "init": "small_normal", "dtype": "float32"},
        {**RELU, "depth": 400, "gain": 0.1},
    ],
)
def test_a_gradient_that_the_format_lost_vanishes(settings: dict[str, Any]) -> None:
    """No layer is dead; the bound is the last gradient above 0."""
    trace = run(experiment_of(**settings))
    found = verdict(trace)
    assert (found.kind, found.decades) == ("vanishing", None)
    assert not trace.dead.any()
    assert found.layer is not None
    g = trace.output_grad_norm
    assert g[0] == 0
    last = np.flatnonzero(g == 0)[-1] + 1
    if found.bound is not None:
        assert found.bound == pytest.approx(math.log10(g[last]) - math.log10(g[-1]))


def test_a_signal_that_the_format_lost_on_its_way_forward() -> None:
    """relu at gain 0.1 in float32: phi'(0) = 0 there is no death."""
    trace = run(experiment_of(**RELU, gain=0.1, depth=60, dtype="float32"))
    found = verdict(trace)
    assert (found.kind, found.decades) == ("vanishing", None)
    assert found.layer is not None
    assert found.layer == np.argmax(trace.lost_signal) + 1
    assert trace.activation_rms[found.layer - 2] > 0
    assert not trace.dead.any()
    wide = run(experiment_of(**RELU, gain=0.1, depth=60))
    assert not wide.lost_signal.any()
    assert verdict(wide).decades is not None


def test_rounded_slopes_are_no_death() -> None:
    """SELU far out on the left: phi' is tiny, and 0 by rounding alone."""
    trace = run(experiment_of(activation="selu", init="unit_normal", gain=20.0, depth=5))
    assert trace.dead_fraction.max() == 0
    assert trace.saturated_fraction.max() > 0.3
    assert not trace.dead.any()


def test_off_and_saturated_are_two_things() -> None:
    """ReLU's left half is off by design, tanh's tails are saturated."""
    relu, tanh = (run(experiment_of(activation=name, gain=3.0)) for name in ("relu", "tanh"))
    assert relu.saturated_fraction.max() == 0
    assert relu.off_fraction.min() > 0.2
    assert tanh.off_fraction.max() == 0
    assert tanh.saturated_fraction.max() > 0.1


def test_an_inner_layer_outside_both_ends_is_named() -> None:
    """More than a decade above or below layers 1 and L."""
    trace = run(experiment_of(activation="sigmoid", depth=9))
    assert verdict(trace).inner is None
    sizes = np.array([1.0, 1.0, 1e-3, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0])
    bent = type(trace)(**{**vars(trace), "output_grad_norm": sizes})
    found = verdict(bent).inner
    assert found is not None
    assert found.layer == 3
    assert found.decades == pytest.approx(-3.0)
