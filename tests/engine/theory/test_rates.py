"""Rates of norms and skips."""

import math
from typing import Any

import numpy as np
import pytest

from engine.catalogue.activations import ACTIVATIONS
from engine.theory.batch_rates import batch_rate
from engine.theory.prediction import predict
from tests.support.experiments import experiment_of

# Yang et al. 2019, theorems 8 and 9, by the formula evaluated independently
RATES = {
    4: {"linear": 2.0, "relu": 3.084061},
    5: {"linear": 1.5, "relu": 2.273707, "tanh": 1.641882, "sigmoid": 1.517703},
    8: {"relu": 1.788190, "tanh": 1.358548, "selu": 1.271095, "silu": 1.471968},
    32: {"relu": 1.521953, "tanh": 1.208303, "sigmoid": 1.065671},
    128: {"linear": 1.008, "relu": 1.479681, "selu": 1.079474, "leaky_relu": 1.465949},
    1024: {"relu": 1.468501, "tanh": 1.178669, "silu": 1.213369},
    100_000: {"relu": 1.466942, "tanh": 1.177807, "sigmoid": 1.033592},
}


@pytest.mark.parametrize("size", RATES)
def test_batch_norm_s_rates_of_explosion(size: int) -> None:
    """Within 5e-5 at every batch size."""
    for name, rate in RATES[size].items():
        assert batch_rate(ACTIVATIONS[name], size).rate == pytest.approx(rate, rel=5e-5)


def test_batch_norm_s_rate_of_linear_nets_is_exact() -> None:
    """(B - 2) / (B - 3)."""
    for size in (4, 6, 17, 128):
        rate = batch_rate(ACTIVATIONS["linear"], size).rate
        assert rate == pytest.approx((size - 2) / (size - 3), rel=3e-5)


def test_norms_over_the_units_have_the_table_s_slopes() -> None:
    """Norm before phi: E phi'^2 / E phi^2 at N(0, 1), for any sigma_w; layer norm after phi
    explodes like BatchNorm."""
    for name, rate in {
        "relu": 1.0,
        "tanh": 1.177807,
        "sigmoid": 0.152827,
        "selu": 1.071575,
    }.items():
        experiment = experiment_of(
            activation=name, norm="layer", init="unit_normal", dataset="gaussian", width=256
        )
        slope = np.diff(predict(experiment).log10_delta[4:])
        np.testing.assert_allclose(slope, -math.log10(rate) / 2, atol=2e-4)
    after = experiment_of(
        activation="relu", norm="layer", norm_position="post", dataset="gaussian", width=256
    )
    slope = np.diff(predict(after).log10_delta[4:])
    np.testing.assert_allclose(slope, -math.log10(math.pi / (math.pi - 1)) / 2, atol=2e-4)


def _growth(**settings: Any) -> np.ndarray:
    experiment = experiment_of(dataset="gaussian", width=256, depth=200, **settings)
    return 2 * np.diff(np.log(predict(experiment).activation_rms))


def test_a_block_of_x_plus_relu_grows_by_2_90_not_2() -> None:
    """In h^2, with He weights; 2.17 with LeCun's; twofold with the activation first."""
    he = {"activation": "relu", "init": "he_normal"}
    assert np.exp(_growth(residual="post_activation", **he))[-1] == pytest.approx(
        2.904105, rel=1e-4
    )
    lecun = _growth(residual="post_activation", activation="relu", init="lecun_normal")
    assert np.exp(lecun)[-1] == pytest.approx(2.171909, rel=1e-4)
    np.testing.assert_allclose(np.exp(_growth(residual="pre_activation", **he)), 2.0, rtol=1e-6)


def test_skips_with_batch_norm_grow_like_a_power_of_depth() -> None:
    """|g_1|^2 / |g_L|^2 ~ L^(pi / (pi - 1)), the batch variance being 1 + 0.682 l."""

    def growth(depth: int) -> float:
        experiment = experiment_of(
            activation="relu",
            init="he_normal",
            norm="batch",
            residual="pre_activation",
            dataset="gaussian",
            width=256,
            depth=depth,
        )
        return float(predict(experiment).log10_delta[0]) * 2

    exponent = (growth(400) - growth(200)) / math.log10(2)
    assert exponent == pytest.approx(math.pi / (math.pi - 1), rel=0.03)
