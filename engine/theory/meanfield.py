"""Mean-field maps of plain nets at infinite width: length, correlation, and their depth scales.

Poole et al. 2016; Schoenholz et al. 2017. sigma_w^2 is fan_in Var W, sigma_b^2 the variance of
the biases.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.criticality import bisected
from engine.catalogue.moments import moments, normal_quadrature
from engine.numerics.arrays import Doubles, frozen
from engine.theory.moment_table import moment_table

HERMITE = 256
"""Terms of the Hermite series."""

DIVERGED, VANISHED = 1e30, 1e-7
"""Outside of these a variance counts as infinite, or as 0."""

EXACT = (1e-9, 1e5)
"""Variances at which quadrature is exact; beyond, the table's power laws are."""

ROUNDING = 1e-9
"""Within this of 1 a rate is 1: weights' variances come with rounding errors."""


@dataclass(frozen=True)
class Phase:
    """Where a plain net stands: its fixed points and depth scales in layers.

    `q` is the fixed point of the linear outputs' variance and `chi` = sigma_w^2 E phi'^2 there,
    which |delta|^2 changes by at each layer towards the input; `c` is the fixed point of two
    inputs' correlation. `xi_q` and `xi_c` are the depths over which variance and correlation
    forget, `xi_grad` = 1 / ln chi the one over which gradients grow (negative: shrink). inf where
    nothing is forgotten, nan where there is no fixed point.
    """

    q: float
    chi: float
    c: float
    xi_q: float
    xi_c: float
    xi_grad: float


def q_map(activation: Activation, weight_variance: float, bias_variance: float, q: float) -> float:
    """The variance of the next layer's linear outputs."""
    return weight_variance * float(moments(activation, q).square) + bias_variance


def chi(activation: Activation, weight_variance: float, q: float) -> float:
    """sigma_w^2 E phi'^2, the slope of the correlation map at 1; at q = 0 the limit."""
    if EXACT[0] <= q <= EXACT[1]:
        return weight_variance * moments(activation, q).slope_square
    # far out phi' is a power law of q, which quadrature cannot follow
    at = np.array(min(max(q, 1e-300), 1e300))
    return weight_variance * float(moment_table(activation).moment("slope_square", at))


def fixed_point(activation: Activation, weight_variance: float, bias_variance: float) -> float:
    """The variance that q_map leads to from q = 1; 0 or inf where it leads there, nan if slowly."""
    table, q = moment_table(activation), 1.0
    for _ in range(2000):
        before = q
        q = weight_variance * float(table.moment("square", np.array(q))) + bias_variance
        if q > DIVERGED:
            return math.inf
        if q < VANISHED:
            return 0.0
        if abs(q - before) < 1e-7 * q:
            break
    else:
        # a power law, towards 0, to infinity or past a half-stable point
        return math.nan
    if not EXACT[0] <= q <= EXACT[1]:
        return q
    # the table is good to 1e-4: the last digits by Newton's method on the map itself
    for _ in range(4):
        found = moments(activation, q)
        slope = weight_variance * float(found.z_value_slope) / q
        miss = weight_variance * float(found.square) + bias_variance - q
        better = q + miss / (1 - slope) if slope != 1 else q
        if abs(miss) < 1e-14 * q or not abs(better - q) < 0.01 * q:
            break
        q = better
    return q


@lru_cache(maxsize=256)
def hermite_powers(activation: Activation, q: float) -> Doubles:
    """a_k^2 for k below `HERMITE`, where phi(sqrt(q) x) = sum a_k He_k(x) / sqrt(k!).

    By Mehler's formula E phi(u) phi(v) = sum a_k^2 c^k at correlation c; the last entry holds
    all that is left of E phi^2, so that the sum is exact at c = 1.
    """
    root = math.sqrt(q)
    x, weights = normal_quadrature(activation.kinks, root)
    z = root * x
    phi = np.empty_like(z)
    activation.value(z, phi)
    weighted = weights * phi
    powers = np.zeros(HERMITE)
    before, current = np.zeros_like(x), np.ones_like(x)
    for k in range(HERMITE - 1):
        powers[k] = (weighted @ current) ** 2
        before, current = current, (x * current - math.sqrt(k) * before) / math.sqrt(k + 1)
    powers[-1] = max(float(weighted @ phi) - powers.sum(), 0.0)
    return frozen(powers)


def correlated(activation: Activation, q: float, c: float) -> float:
    """E phi(u) phi(v) for u, v ~ N(0, q) with correlation c."""
    powers = hermite_powers(activation, q)
    return float(powers @ c ** np.arange(len(powers)))


def correlated_slopes(activation: Activation, q: float, c: float) -> float:
    """E phi'(u) phi'(v) for u, v ~ N(0, q) with correlation c below 1."""
    powers = hermite_powers(activation, q)
    k = np.arange(1, len(powers))
    return float(powers[1:] @ (k * c ** (k - 1))) / q


def c_map(
    activation: Activation, weight_variance: float, bias_variance: float, q: float, c: float
) -> float:
    """The correlation of two inputs one layer on, both of variance q, the fixed point."""
    return (weight_variance * correlated(activation, q, c) + bias_variance) / q


def fixed_correlation(
    activation: Activation, weight_variance: float, bias_variance: float, q: float
) -> float:
    """The correlation that two inputs come to: 1 in the ordered phase."""
    if chi(activation, weight_variance, q) <= 1 + ROUNDING:
        return 1.0

    def is_below(c: float) -> bool:
        return c_map(activation, weight_variance, bias_variance, q, c) > c

    low, high = bisected(is_below, 0.0, 1.0 - 1e-9, 40)
    return (low + high) / 2


def phase(activation: Activation, weight_variance: float, bias_variance: float) -> Phase:
    """The fixed points and depth scales of a plain net without norms."""
    q = fixed_point(activation, weight_variance, bias_variance)
    if math.isnan(q):
        return Phase(*(math.nan,) * 6)
    growth = chi(activation, weight_variance, q)
    grad = math.inf if abs(growth - 1) <= ROUNDING else 1 / math.log(growth)
    if not EXACT[0] <= q <= EXACT[1]:
        return Phase(q, growth, 1.0, math.nan, -grad if growth < 1 else math.nan, grad)
    found = moments(activation, q)
    parallel = growth + weight_variance * found.curvature
    c = fixed_correlation(activation, weight_variance, bias_variance, q)
    across = growth if c == 1 else weight_variance * correlated_slopes(activation, q, c)
    return Phase(q, growth, c, _scale(parallel), _scale(across), grad)


def _scale(rate: float) -> float:
    """The depth over which something that is multiplied by `rate` a layer falls to 1/e."""
    if rate == 0:
        return 0.0
    return -1 / math.log(abs(rate)) if abs(rate) < 1 - ROUNDING else math.inf
