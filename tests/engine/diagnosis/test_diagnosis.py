"""The diagnosis: exact shares, named layers, depth scales, gaps between theory and run."""

import math
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.diagnosis.causes import shares
from engine.diagnosis.depth_scale import depth_scale
from engine.diagnosis.diagnosis import diagnose
from engine.diagnosis.stretches import stretches
from engine.diagnosis.theory_gap import gap
from engine.experiment.experiment import batch_at, load_data
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.numerics.arrays import Array
from tests.support.experiments import experiment_of

HE = {"activation": "relu", "init": "he_normal"}


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"activation": "tanh", "norm": "batch", "residual": "pre_activation"},
        {**HE, "residual": "post_activation", "residual_scale": "sqrt_two"},
        {"activation": "gelu", "norm": "layer", "norm_position": "post"},
    ],
)
def test_the_shares_are_exact(settings: dict[str, Any]) -> None:
    """Their sum is log10 |g_1| / |g_L|."""
    trace = run(experiment_of(**settings))
    measured = math.log10(trace.output_grad_norm[0] / trace.output_grad_norm[-1])
    assert sum(shares(trace).values()) == pytest.approx(measured, abs=1e-10)


def test_the_guilty_factor_has_the_largest_share() -> None:
    """phi' for sigmoid, the weights for small ones."""
    sigmoid = shares(run(experiment_of()))
    assert sigmoid["activation"] < -11
    assert abs(sigmoid["weight"]) < 0.5
    small = shares(run(experiment_of(activation="linear", init="small_normal")))
    assert small["weight"] < -15
    assert small["activation"] == 0


def test_stretches_are_runs_of_layers() -> None:
    """First and last layer from 1, with the mean."""
    found = stretches(np.array([0.9, 0.9, 0.1, 0.8]), above=0.5)
    assert [(s.first, s.last) for s in found] == [(1, 2), (4, 4)]
    assert found[0].value == pytest.approx(0.9)
    assert stretches(np.zeros(5), above=0.5) == ()


@pytest.mark.heavy
def test_saturated_and_dead_layers_are_named() -> None:
    """Huge weights saturate every tanh layer; relu units die deep in a narrow net."""
    saturated = diagnose(run(experiment_of(activation="tanh", init="unit_normal", gain=3.0)))
    assert [(s.first, s.last) for s in saturated.saturated] == [(1, 20)]
    dead = diagnose(run(experiment_of(**HE, depth=50)))
    assert dead.dead
    assert dead.dead[-1].last == 50


@pytest.mark.parametrize(
    ("settings", "xi", "times", "basis"),
    [
        # -1 / ln chi_1, chi_1 = 0.0557 for sigmoid at LeCun's scale
        ({}, -1 / math.log(0.05572071), 6, "ordered"),
        # THEORY.md's table: tanh, sigma_b^2 = 0.05, sigma_w^2 = 4
        (
            {"activation": "tanh", "init": "lecun_normal", "gain": 2.0, "bias_std": 0.05**0.5},
            6.9803,
            6,
            "chaotic",
        ),
        (
            {"activation": "relu", "norm": "batch", "width": 1032},
            1 / math.log(1.479681),
            16,
            "batch_norm",
        ),
        (HE, math.inf, 6, "edge"),
    ],
)
def test_depth_scales(settings: dict[str, Any], xi: float, times: float, basis: str) -> None:
    """Schoenholz et al.'s 6 xi, Yang et al.'s 16 xi, none at the edge of chaos."""
    found = depth_scale(experiment_of(**settings))
    assert found is not None
    assert found.basis == basis
    assert found.xi == pytest.approx(xi, rel=1e-3)
    assert found.reach == pytest.approx(times * xi, rel=1e-3)


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "relu"},
        {"activation": "leaky_relu", "gain": 0.9},
        {"activation": "linear", "init": "he_normal"},
        {"activation": "tanh", "gain": 0.5},
        {**HE, "residual": "pre_activation"},
        {"activation": "silu", "norm": "batch"},
        # a batch that is not small against the width, where the rate is not that of infinite width
        {"activation": "relu", "norm": "batch"},
        {"norm": "batch", "batch_size": 16, "width": 128},
    ],
)
def test_no_depth_scale_is_made_up(settings: dict[str, Any]) -> None:
    """Where correlations do not come to their end at chi's rate, or theory is silent."""
    assert depth_scale(experiment_of(**settings)) is None


def test_the_correlation_of_bias_free_relu_does_not_depend_on_the_weights() -> None:
    """Measured: two inputs become alike by the same steps at Xavier's and at He's scale."""

    class Cosines(Observer):
        def __init__(self) -> None:
            self.found: list[float] = []

        def layer_output(self, i: int, h: Array) -> None:
            self.found.append(float(h[0] @ h[1] / np.sqrt((h[0] @ h[0]) * (h[1] @ h[1]))))

    found = []
    for init in ("xavier_normal", "he_normal"):
        experiment, cosines = experiment_of(activation="relu", init=init), Cosines()
        x = batch_at(experiment, load_data(experiment), 0).x
        NetworkState(experiment).forward(x, cosines)
        found.append(cosines.found[1:])
    # the first layer is not square: there the two inits differ by another factor
    assert found[0] == pytest.approx(found[1], rel=1e-9)


@pytest.mark.heavy
def test_a_gap_has_its_reason() -> None:
    """At width 16 one seed misleads; at width 1024 theory holds."""
    assert gap(run(experiment_of(init="zeros"))) is None
    narrow = gap(run(experiment_of(**HE, width=16, depth=60)))
    assert narrow is not None
    assert narrow.reason == "narrow"
    wide = gap(run(experiment_of(**HE, width=512, dataset="gaussian")))
    assert wide is not None
    assert abs(wide.decades) < 0.1
    assert wide.reason is None
