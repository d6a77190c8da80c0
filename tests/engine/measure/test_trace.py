"""Traces: the chain's factors, norms at the edge of the number range, verdicts."""

import itertools
import math
from typing import Any

import numpy as np
import pytest

from engine import Experiment, SettingError, run, verdict
from engine.catalogue.normalizations import NORM_NAMES, NORM_POSITIONS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from tests.support.experiments import experiment_of

COMBINATIONS = list(itertools.product(WIRINGS, RESIDUAL_SCALES, NORM_NAMES, NORM_POSITIONS))


@pytest.mark.parametrize("dataset", ["digits", "spiral"])
@pytest.mark.parametrize(("residual", "scale", "norm_name", "position"), COMBINATIONS)
def test_the_chain_is_exact(
    residual: str, scale: str, norm_name: str, position: str, dataset: str
) -> None:
    """The factors multiply to the branch, branch x skip to the total, totals to |g_0| / |g_L|."""
    try:
        experiment = experiment_of(
            residual=residual,
            residual_scale=scale,
            norm=norm_name,
            norm_position=position,
            dataset=dataset,
            activation="tanh",
            depth=12,
        )
    except SettingError:
        return
    trace = run(experiment)
    f = trace.factors
    reach = trace.input_grad_norm / trace.output_grad_norm[-1]
    assert f.total.prod() == pytest.approx(reach, rel=1e-12)
    if scale == "rezero":
        assert (f.branch[trace.has_skip] == 0).all()
        assert np.isnan(f.skip[trace.has_skip]).all()
        return
    np.testing.assert_allclose(f.scale * f.activation * f.norm * f.weight, f.branch, rtol=1e-12)
    np.testing.assert_allclose(f.branch * f.skip, f.total, rtol=1e-12)
    assert (f.skip[~trace.has_skip] == 1).all()
    if norm_name == "none":
        assert (f.norm == 1).all()


def test_a_first_layer_of_another_width_has_no_skip() -> None:
    """Spiral has 2 features, digits 64."""
    assert (
        list(run(experiment_of(dataset="spiral", residual="pre_activation")).has_skip)
        == [False] + [True] * 19
    )
    assert run(experiment_of(residual="pre_activation")).has_skip.all()


@pytest.mark.parametrize(
    ("width", "exponent"), [(64, -84.0), pytest.param(256, -68.5, marks=pytest.mark.heavy)]
)
def test_a_gradient_of_1e_68_is_right_to_1e_9(width: int, exponent: float) -> None:
    """sigmoid, small_normal, depth 50, against the same net with weights 1000 times
    larger above the first layer's chain: long double precision has the range without scaling."""
    experiment = experiment_of(init="small_normal", depth=50, width=width)
    first = run(experiment).weight_grad_norm[0]
    assert math.log10(first) == pytest.approx(exponent, abs=0.6)
    assert first == pytest.approx(_first_gradient_in_long_double(experiment), rel=1e-9)


def _first_gradient_in_long_double(experiment: Experiment) -> float:
    from engine.data.datasets import batch
    from engine.experiment.experiment import load_data
    from engine.network.network import NetworkState

    parameters = NetworkState(experiment).parameters
    seen = batch(load_data(experiment), 128, 0, 0)
    wide = np.longdouble
    h: list[Any] = [seen.x.astype(wide)]
    for weight in parameters.weights:
        h.append(1 / (1 + np.exp(-(h[-1] @ weight.T.astype(wide)))))
    f = h[-1] @ parameters.readout_weight.T.astype(wide)
    p = np.exp(f - f.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(128), seen.targets.labels] -= 1
    g = p / 128 @ parameters.readout_weight.astype(wide)
    for i in reversed(range(50)):
        delta = g * h[i + 1] * (1 - h[i + 1])
        if i == 0:
            # scaled by a power of two, so that its squares do not underflow in any format
            gradient = delta.T @ h[0] * wide(2) ** 200
            return float(np.sqrt((gradient**2).sum()) * wide(2) ** -200)
        g = delta @ parameters.weights[i].astype(wide)
    raise AssertionError


def test_depth_400_of_the_same_ends_in_honest_zeros() -> None:
    """Never nan; vanishing, with the layer at which float64 underflowed."""
    trace = run(experiment_of(init="small_normal", depth=400, width=64))
    assert np.isfinite(trace.delta_norm).all()
    assert trace.delta_norm[0] == 0.0
    assert trace.first_underflow_layer is not None
    assert trace.delta_norm[trace.first_underflow_layer] > 0
    found = verdict(trace)
    assert found.kind == "vanishing"
    assert found.layer is not None
    assert found.layer <= trace.first_underflow_layer
    assert not trace.dead.any()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, None),
        ({"activation": "relu", "init": "he_normal"}, None),
        ({"init": "zeros"}, None),
        ({"residual": "post_activation", "residual_scale": "rezero"}, None),
        ({"init": "small_normal", "depth": 60}, "some layer"),
        ({"init": "zeros", "activation": "relu"}, None),
    ],
)
def test_underflow_is_told_from_zeros_that_were_meant(
    settings: dict[str, Any], expected: str | None
) -> None:
    """Zero weights, a zero branch and relu's flat half are no underflow; float32's is."""
    trace = run(experiment_of(**settings, dtype="float32"))
    assert (trace.first_underflow_layer is None) == (expected is None)


def test_overflow_is_told_where_it_begins() -> None:
    """Forward from the input, or backward from the output."""
    forward = run(experiment_of(init="unit_normal", activation="linear", depth=500))
    assert forward.first_nonfinite_layer is not None
    before = forward.first_nonfinite_layer - 1
    assert np.isfinite(forward.activation_rms[:before]).all()
    assert not np.isfinite(forward.activation_rms[before])
    assert verdict(forward).kind == "overflow"


def test_saturation_and_death_are_counted() -> None:
    """Huge weights saturate tanh; a large negative bias kills relu."""
    saturated = run(experiment_of(activation="tanh", init="unit_normal", gain=10.0))
    assert saturated.saturated_fraction[5] > 0.9
    assert run(experiment_of(activation="linear")).saturated_fraction.max() == 0
    dead = run(experiment_of(activation="relu", init="zeros", bias_std=1.0))
    assert 0.2 < dead.dead_fraction[5] < 0.8


def test_a_trace_cannot_be_changed() -> None:
    """Its arrays are read-only."""
    with pytest.raises(ValueError, match="read-only"):
        run(experiment_of(depth=2)).delta_norm[0] = 1.0


def test_layers_whose_signal_is_not_finite_have_no_shares() -> None:
    """Those below the overflow have."""
    settings: dict[str, Any] = {"activation": "relu", "init": "he_normal", "gain": 30.0}
    trace = run(experiment_of(**settings, depth=40, dtype="float32"))
    first = trace.first_nonfinite_layer
    assert first is not None
    for shares in (trace.saturated_fraction, trace.off_fraction, trace.dead_fraction):
        assert np.isfinite(shares[: first - 1]).all()
        assert np.isnan(shares[first - 1 :]).all()
