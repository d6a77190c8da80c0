"""Fixed points, depth scales and correlations, against published numbers."""

import math

import pytest

from engine.catalogue.activations import ACTIVATIONS
from engine.theory.meanfield import c_map, chi, correlated, fixed_point, phase, q_map

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
