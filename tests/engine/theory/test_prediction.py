"""What is predicted of a network, and where theory is silent."""

import importlib
import math
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.catalogue.activations import activation
from engine.theory.fluctuations import shift
from engine.theory.prediction import predict
from engine.theory.readout import coherence
from tests.support.experiments import experiment_of

POST = {"residual": "post_activation"}
SQRT_TWO = {"residual_scale": "sqrt_two"}


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"width": 15}, "narrow"),
        ({"init": "zeros"}, "zeros"),
        ({"gain": 0.0}, "zeros"),
        ({"residual": "pre_activation", "residual_scale": "rezero"}, "zero_branch"),
        ({"norm": "batch", "batch_size": 7}, "small_batch"),
        ({"norm": "batch", "activation": "silu"}, "unlike_samples"),
        ({"norm": "batch", "activation": "silu", "batch_size": 16}, None),
        ({"norm": "batch", "activation": "softplus", "depth": 5}, None),
        ({"norm": "batch", "activation": "tanh", "depth": 100}, None),
        ({**POST, "activation": "relu", "norm": "batch"}, "stream_mean"),
        ({**POST, "activation": "tanh", "norm": "batch"}, None),
        ({**POST, "activation": "hard_tanh", "norm": "layer", **SQRT_TWO}, "deep_for_norm"),
        ({**POST, "activation": "relu", "norm": "layer", **SQRT_TWO}, None),
        ({"init": "lsuv", "width": 16}, "deep_for_batch_init"),
        ({"init": "lsuv"}, None),
        ({}, None),
    ],
)
def test_theory_is_silent_where_it_has_nothing_honest_to_say(
    settings: dict[str, Any], reason: str | None
) -> None:
    """nan everywhere, and the code of the reason."""
    trace = run(experiment_of(**settings))
    assert trace.prediction.reason == reason
    assert np.isnan(trace.predicted_delta_norm).all() == (reason is not None)
    assert np.isnan(trace.predicted_output_grad_norm).all() == (reason is not None)


@pytest.mark.parametrize(
    ("table", "entry", "settings"),
    [("signals.CENTRES", "rms", {"norm": "rms"}), ("prediction.THEORIES", "none", {})],
)
def test_an_entry_without_theory_is_silent(
    monkeypatch: pytest.MonkeyPatch, table: str, entry: str, settings: dict[str, Any]
) -> None:
    """What is new in the catalogue is not taken for something else."""
    assert predict(experiment_of(**settings)).reason is None
    file, name = table.split(".")
    module = importlib.import_module(f"engine.theory.{file}")
    monkeypatch.delitem(getattr(module, name), entry)
    assert predict(experiment_of(**settings)).reason == "no_theory"


def test_theory_says_nothing_of_a_trained_network() -> None:
    """Whose weights are no longer random."""
    trace = run(experiment_of(depth=3), steps=1)
    assert trace.prediction.reason == "trained"


def test_the_prediction_is_anchored_at_the_last_layer() -> None:
    """So that it predicts the way back, not the loss."""
    trace = run(experiment_of())
    for measured, predicted in (
        (trace.output_grad_norm, trace.predicted_output_grad_norm),
        (trace.delta_norm, trace.predicted_delta_norm),
    ):
        assert predicted[-1] == pytest.approx(measured[-1], rel=1e-12)
        assert np.abs(np.log10(predicted / measured)).max() < 0.3


def test_predictions_beyond_the_range_of_numbers_are_left_out() -> None:
    """10^-500 is no float64; its logarithm is."""
    trace = run(experiment_of(init="small_normal", depth=400))
    assert trace.prediction.log10_delta[0] < -400
    assert np.isnan(trace.predicted_delta_norm[0])


def test_the_readout_s_coherence() -> None:
    """None for a random cotangent; for squared errors of a large read-out (K + 2)."""
    assert coherence("probe", 10, 4.0) == pytest.approx(1.0, abs=0.15)
    assert coherence("cross_entropy", 10, 1e-6) == pytest.approx(1.0, abs=0.15)
    # f.dL/df = |f|^2, and E |f|^4 / (square E |f|^2) = K + 2
    assert coherence("mse", 10, 1e8) == pytest.approx(12.0, rel=0.05)


def test_a_batch_makes_up_for_fluctuations_until_one_sample_rules() -> None:
    """Against draws of log-normal numbers."""
    random = np.random.default_rng(0)
    for variance in (2.0, 11.5, 100.0):
        draws = np.exp(math.sqrt(variance) * random.standard_normal((4000, 128)) - variance / 2)
        found = float(shift(np.array([variance]), 128)[0])
        assert found == pytest.approx(float(np.log(draws.mean(axis=1)).mean()), rel=0.02, abs=0.01)


def test_another_negative_slope_is_another_activation() -> None:
    """leaky_relu(0.2) at its own critical weights keeps its gradients."""
    experiment = experiment_of(
        activation="leaky_relu", negative_slope=0.2, init="critical", dataset="gaussian", width=256
    )
    assert np.abs(predict(experiment).log10_delta).max() < 1e-6
    assert activation("leaky_relu", 0.2) is activation("leaky_relu", 0.2)
