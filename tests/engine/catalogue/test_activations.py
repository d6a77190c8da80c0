"""The activations: values, derivatives, kinks, stability, and published constants."""

import math
import warnings

import numpy as np
import pytest
from autograd import elementwise_grad

from engine.catalogue.activations import ACTIVATIONS, activation
from engine.catalogue.criticality import critical_at, critical_point, least_critical_weight_variance
from engine.catalogue.moments import moments
from tests.support import oracle

POINTS = np.concatenate((np.linspace(-9.0, 9.0, 181), [-60.0, -30.0, 30.0, 60.0])) + 0.0123


def phi(name: str, z: np.ndarray) -> np.ndarray:
    """The value at z."""
    out = np.empty_like(z)
    ACTIVATIONS[name].value(z, out)
    return out


def slope(name: str, z: np.ndarray) -> np.ndarray:
    """The derivative at z."""
    out = np.empty_like(z)
    ACTIVATIONS[name].slope(z, phi(name, z), out)
    return out


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_slopes_agree_with_the_oracle(name: str) -> None:
    """On the curve and far out."""
    spec = {"activation": name, "negative_slope": 0.01}
    np.testing.assert_allclose(
        phi(name, POINTS), oracle.activate(spec, POINTS), atol=1e-15, rtol=1e-13
    )
    truth = elementwise_grad(lambda x: oracle.activate(spec, x))(POINTS)
    # slopes taken from the output cancel to one rounding of 1 in the saturated tails
    np.testing.assert_allclose(slope(name, POINTS), truth, atol=3e-16, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [
        ("relu", 0.0, 0.0),
        ("leaky_relu", 0.0, 0.01),
        ("hard_tanh", 1.0, 0.0),
        ("hard_tanh", -1.0, 0.0),
        ("hard_sigmoid", 3.0, 0.0),
        ("hard_sigmoid", -3.0, 0.0),
        ("elu", 0.0, 1.0),
        ("selu", 0.0, 1.7580993408473766),
    ],
)
def test_slopes_at_kinks_follow_pytorch(name: str, point: float, expected: float) -> None:
    """The convention of its backward kernels."""
    assert slope(name, np.array([point]))[0] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_far_out_is_finite_and_silent(name: str, dtype: type) -> None:
    """|z| up to 10,000, without a warning."""
    z: np.ndarray = np.array([-1e4, -800.0, -90.0, 0.0, 90.0, 800.0, 1e4], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(phi(name, z)).all()
        assert np.isfinite(slope(name, z)).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_bound_is_the_largest_slope(name: str) -> None:
    """The supremum of |phi'|, approached within 1e-7 somewhere on a fine grid."""
    z = np.linspace(-40.0, 40.0, 400_001)
    largest = float(np.abs(slope(name, z)).max())
    assert largest <= ACTIVATIONS[name].bound * (1 + 1e-8)
    assert largest == pytest.approx(ACTIVATIONS[name].bound, rel=1e-3)


def test_leaky_relu_takes_any_slope() -> None:
    """From 0 (relu) to 1 (linear)."""
    z = np.array([-2.0, 3.0])
    for a in (0.0, 0.2, 1.0):
        entry = activation("leaky_relu", a)
        out = np.empty_like(z)
        entry.value(z, out)
        assert list(out) == [-2 * a, 3.0]


# E phi, E phi^2, E phi'^2 over N(0, 1), from two independent quadratures agreeing to 8e-15
MOMENTS = {
    "linear": (0.0, 1.0, 1.0),
    "sigmoid": (0.5, 0.2933790359, 0.0448362414),
    "hard_sigmoid": (0.5, 0.2776390911, 0.0277027834),
    "tanh": (0.0, 0.3942944904, 0.4644029024),
    "hard_tanh": (0.0, 0.5160585510, 0.6826894921),
    "arctan": (0.0, 0.4497009164, 0.5),
    "softsign": (0.0, 0.1830140213, 0.2276713404),
    "sin": (0.0, 0.4323323584, 0.5676676416),
    "relu": (0.3989422804, 0.5, 0.5),
    "leaky_relu": (0.3949528576, 0.50005, 0.50005),
    "elu": (0.1605205723, 0.6449454175, 0.6681020012),
    "selu": (0.0, 1.0, 1.0715749925),
    "gelu": (0.2820385881, 0.4251937110, 0.4558178460),
    "silu": (0.2066209641, 0.3557755198, 0.3794823516),
    "mish": (0.2404038884, 0.4523421924, 0.4790837584),
    "softplus": (0.8060591833, 0.9212459089, 0.2933790359),
}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gaussian_moments(name: str) -> None:
    """To 1e-9 against the table."""
    found = moments(ACTIVATIONS[name], 1.0)
    assert (found.value, found.square, found.slope_square) == pytest.approx(MOMENTS[name], abs=1e-9)


# deepmind-research/nfnets/base.py: 1 / std(phi), sampled there, so a few 1e-4 high
NFNETS = {
    "elu": 1.2716004848480225,
    "gelu": 1.7015043497085571,
    "leaky_relu": 1.70590341091156,
    "relu": 1.7139588594436646,
    "selu": 1.0008515119552612,
    "sigmoid": 4.803835391998291,
    "silu": 1.7881293296813965,
    "softsign": 2.338853120803833,
    "softplus": 1.9203323125839233,
    "tanh": 1.5939117670059204,
}


@pytest.mark.parametrize("name", NFNETS)
def test_nfnets_gains(name: str) -> None:
    """Within 2e-3 of the sampled constants."""
    found = moments(ACTIVATIONS[name], 1.0)
    exact = 1 / math.sqrt(found.square - found.value**2)
    assert abs(exact / NFNETS[name] - 1) < 2e-3


@pytest.mark.parametrize(
    ("name", "gain"), [("elu", 1.55052), ("mish", 2.210277), ("gelu", 2.351718)]
)
def test_katago_gains(name: str, gain: float) -> None:
    """1 / E phi^2, within 5e-4."""
    assert abs(1 / moments(ACTIVATIONS[name], 1.0).square / gain - 1) < 5e-4


@pytest.mark.parametrize(
    ("name", "slope", "gain"),
    [
        ("linear", 0.01, 1.0),
        ("relu", 0.01, 1.4142135623730951),
        ("leaky_relu", 0.01, 1.4141428569978354),
        ("leaky_relu", 0.2, 1.3867504905630728),
    ],
)
def test_pytorch_calculate_gain(name: str, slope: float, gain: float) -> None:
    """1 / sqrt(E phi^2) where PyTorch's gain is exact."""
    exact = 1 / math.sqrt(moments(activation(name, slope), 1.0).square)
    assert exact == pytest.approx(gain, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "q", "weight", "bias"),
    [
        # Schoenholz et al. 2017 (sigma_w^2 about 1.76 at sigma_b^2 = 0.05)
        ("tanh", 0.570048, 1.760955, 0.05),
        # Pennington et al. 2017
        ("tanh", 0.025921, 1.05, 2.01052e-5),
        ("tanh", 0.821354, 2.0, 0.103780),
        ("hard_tanh", None, 1.165545, 0.05),
        ("sin", None, 1.502070, 0.05),
        ("softsign", None, 3.141247, 0.05),
    ],
)
def test_published_critical_points(name: str, q: float | None, weight: float, bias: float) -> None:
    """sigma_b^2 follows from sigma_w^2 on the critical line."""
    if q is None:
        q = _q_at_bias(name, bias)
    point = critical_at(ACTIVATIONS[name], q)
    assert point is not None
    assert point.weight_variance == pytest.approx(weight, abs=2e-6)
    assert point.bias_variance == pytest.approx(bias, abs=2e-6)


def _q_at_bias(name: str, bias: float) -> float:
    low, high = 1e-3, 10.0
    for _ in range(100):
        middle = (low + high) / 2
        point = critical_at(ACTIVATIONS[name], middle)
        assert point is not None
        low, high = (middle, high) if point.bias_variance < bias else (low, middle)
    return low


@pytest.mark.parametrize(
    ("name", "weight", "bias", "q"),
    [
        ("gelu", 1.98288824, 0.17289520, None),
        ("silu", 1.98800468, 0.55514317, 14.320174),
        ("mish", 2.01352407, 0.09452179, 1.670169),
        ("relu", 2.0, 0.0, 1.0),
        ("linear", 1.0, 0.0, 1.0),
        ("leaky_relu", 2 / 1.0001, 0.0, 1.0),
    ],
)
def test_the_critical_init_takes_known_points(
    name: str, weight: float, bias: float, q: float | None
) -> None:
    """Half-stable for GELU, SiLU and Mish; the single point of the homogeneous ones."""
    point = critical_point(ACTIVATIONS[name])
    assert point.weight_variance == pytest.approx(weight, abs=1e-7)
    assert point.bias_variance == pytest.approx(bias, abs=1e-7)
    if q is not None:
        assert point.q == pytest.approx(q, abs=1e-5)


def test_sigmoid_is_critical_only_beyond_103() -> None:
    """And softplus nowhere."""
    least = least_critical_weight_variance(ACTIVATIONS["sigmoid"])
    assert least == pytest.approx(103.0076, abs=1e-3)
    assert least_critical_weight_variance(ACTIVATIONS["softplus"]) is None
