"""Mean-field theory against published numbers, closed forms and its own limits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.catalogue.activations import ACTIVATIONS, activation
from engine.catalogue.moments import moments
from engine.theory.batch_rates import batch_rate
from engine.theory.fluctuations import shift
from engine.theory.meanfield import c_map, chi, correlated, fixed_point, phase, q_map
from engine.theory.moment_table import moment_table
from engine.theory.prediction import predict
from engine.theory.readout import coherence
from tests.support import experiment_of

TANH = ACTIVATIONS["tanh"]

# sigma_w^2: q*, chi_1, c*, xi_q, xi_c, at sigma_b^2 = 0.05, Schoenholz et al. 2017's setting
SCHOENHOLZ = {
    1.0: (0.193593, 0.759032, 1.0, 1.7476, 3.6270),
    1.3: (0.315316, 0.880164, 1.0, 1.7852, 7.8341),
    1.5: (0.418037, 0.938636, 1.0, 1.6828, 15.7910),
    1.7: (0.533076, 0.986741, 1.0, 1.5583, 74.9183),
    1.8: (0.594132, 1.008223, 0.950411, 1.4979, 125.7841),
    2.0: (0.721762, 1.047666, 0.744082, 1.3880, 25.2134),
    2.5: (1.063958, 1.133516, 0.446804, 1.1799, 11.7956),
    3.0: (1.428008, 1.208934, 0.299318, 1.0415, 9.0515),
    4.0: (2.195494, 1.342402, 0.165065, 0.8733, 6.9803),
}


@pytest.mark.parametrize("weight", SCHOENHOLZ)
def test_fixed_points_and_depth_scales_of_tanh(weight: float) -> None:
    """To the digits of the table."""
    found = phase(TANH, weight, 0.05)
    q, growth, c, xi_q, xi_c = SCHOENHOLZ[weight]
    assert found.q == pytest.approx(q, abs=1e-6)
    assert found.chi == pytest.approx(growth, abs=1e-6)
    assert found.c == pytest.approx(c, abs=1e-6)
    assert found.xi_q == pytest.approx(xi_q, abs=1e-4)
    assert found.xi_c == pytest.approx(xi_c, rel=1e-5, abs=1e-4)
    assert found.xi_grad == pytest.approx(1 / math.log(growth), rel=1e-4)


@pytest.mark.parametrize(
    ("std", "q", "c", "growth", "xi_c", "xi_q"),
    [
        (1.3, 0.607047, 1.0, 0.939807, 16.1082, 1.3377),
        (2.5, 4.079124, 0.122104, 1.585225, 5.1089, 0.6883),
        # c* and xi_c by a sum over two million points; Gauss-Hermite is off in their fourth digit
        (4.0, 12.604149, 0.029696, 2.367261, 3.63935, 0.4903),
    ],
)
def test_poole_s_settings(
    std: float, q: float, c: float, growth: float, xi_c: float, xi_q: float
) -> None:
    """tanh at sigma_b = 0.3 (Poole et al. 2016)."""
    found = phase(TANH, std**2, 0.09)
    assert (found.q, found.c, found.chi) == pytest.approx((q, c, growth), abs=2e-6)
    assert (found.xi_c, found.xi_q) == pytest.approx((xi_c, xi_q), abs=1e-4)


SIGMOID_CHI = {0.0256: 0.00159490, 1: 0.05572071, 2: 0.10097708, 16: 0.39887901, 256: 1.55357}


@pytest.mark.parametrize("weight", SIGMOID_CHI)
def test_sigmoid_loses_almost_everything_at_usual_weights(weight: float) -> None:
    """0.25^n is the bound; the true factor a layer is 0.236 at LeCun's scale, 0.040 at 0.01^2."""
    entry = ACTIVATIONS["sigmoid"]
    growth = chi(entry, weight, fixed_point(entry, weight, 0.0))
    assert growth == pytest.approx(SIGMOID_CHI[weight], abs=1e-5 if weight == 256 else 1e-8)
    if weight == 1:
        assert math.sqrt(growth) == pytest.approx(0.236052, abs=1e-6)


def test_tanh_at_the_edge_follows_a_power_law() -> None:
    """q_l = 1 / (2 l) (1 + ...): l 2 q_l = 1.0440 at l = 10, 1.0219 at 50, 1.0138 at 100."""
    q, expected = 1.0, {10: 1.0440, 50: 1.0219, 100: 1.0138}
    for layer in range(1, 101):
        q = q_map(TANH, 1.0, 0.0, q)
        if layer in expected:
            assert layer * 2 * q == pytest.approx(expected[layer], abs=1e-4)


# Balduzzi et al. 2017's quantities at c_0 = 0: relu, he
CORRELATIONS = {1: 0.318310, 2: 0.493731, 3: 0.604826, 5: 0.735946, 10: 0.871536, 20: 0.948428}


def test_relu_s_correlations_grow_together() -> None:
    """The arc-cosine kernel, iterated."""
    c = 0.0
    for layer in range(1, 21):
        c = c_map(ACTIVATIONS["relu"], 2.0, 0.0, 1.0, c)
        if layer in CORRELATIONS:
            assert c == pytest.approx(CORRELATIONS[layer], abs=2e-6)


@pytest.mark.parametrize("c", [0.0, 0.3, 0.9, 1.0])
def test_correlated_values_have_their_closed_forms(c: float) -> None:
    """relu's J(c) / 2, and sin's sinh."""
    j = (math.sqrt(1 - c * c) + (math.pi - math.acos(c)) * c) / math.pi
    assert correlated(ACTIVATIONS["relu"], 1.0, c) == pytest.approx(j / 2, abs=1e-6)
    exact = math.exp(-2.0) * math.sinh(2.0 * c)
    assert correlated(ACTIVATIONS["sin"], 2.0, c) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize("q", [1e-3, 0.5, 30.0, 1e3])
def test_moments_have_their_closed_forms_at_any_variance(q: float) -> None:
    """relu, sin, and arctan's E phi'^2 at q = 1."""
    relu, sine = moments(ACTIVATIONS["relu"], q), moments(ACTIVATIONS["sin"], q)
    assert relu.square == pytest.approx(q / 2, rel=1e-10)
    assert relu.value == pytest.approx(math.sqrt(q / (2 * math.pi)), rel=1e-10)
    assert relu.slope_square == pytest.approx(0.5, rel=1e-10)
    assert sine.square == pytest.approx((1 - math.exp(-2 * q)) / 2, rel=1e-8)
    assert sine.slope_square == pytest.approx((1 + math.exp(-2 * q)) / 2, rel=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_table_agrees_with_the_quadrature(name: str) -> None:
    """To 2e-4 of each moment's natural size, inside and at the far ends."""
    entry = ACTIVATIONS[name]
    qs = 10.0 ** np.random.default_rng(1).uniform(-7.5, 3.9, 12)
    found = moment_table(entry).at(qs)
    for i, q in enumerate(qs):
        exact = moments(entry, float(q))
        for square in ("square", "spread", "slope_square", "slope_fourth"):
            assert getattr(found, square)[i] == pytest.approx(getattr(exact, square), rel=2e-4)
        assert found.value[i] == pytest.approx(exact.value, abs=2e-4 * math.sqrt(exact.square))
    far = moment_table(entry).at(np.array([1e200]))
    assert np.isfinite(far.square)
    assert far.slope_square[0] <= entry.bound**2 * (1 + 1e-6)


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


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"width": 15}, "narrow"),
        ({"init": "zeros"}, "zeros"),
        ({"gain": 0.0}, "zeros"),
        ({"residual": "pre_activation", "residual_scale": "rezero"}, "zero_branch"),
        ({"norm": "batch", "batch_size": 3}, "small_batch"),
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
    assert np.isnan(trace.prediction.log10_delta).all() == (reason is not None)


def test_theory_says_nothing_of_a_trained_network() -> None:
    """Whose weights are no longer random."""
    trace = run(experiment_of(depth=3), steps=1)
    assert trace.prediction.reason == "trained"


def test_the_prediction_is_anchored_at_the_last_layer() -> None:
    """So that it predicts the way back, not the loss."""
    trace = run(experiment_of())
    assert trace.predicted_delta_norm[-1] == pytest.approx(trace.delta_norm[-1], rel=1e-12)
    apart = np.log10(trace.predicted_delta_norm / trace.delta_norm)
    assert np.abs(apart).max() < 0.3


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
