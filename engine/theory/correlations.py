"""What two samples have in common at each layer: Gaussian pairs through an activation.

By Mehler's formula E f(u) f(v) = sum a_k^2 c^k at correlation c, where a_k are f's Hermite
coefficients.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.moments import normal_quadrature
from engine.numerics.arrays import Doubles, frozen

TERMS = 32
"""Of the Hermite series; the last holds all that is left, so that c = 1 is exact."""

PER_DECADE = 6
"""Points in log10 q at which the series are made."""

LOWEST, HIGHEST = -8, 4


class Shared(NamedTuple):
    """E f(u) f(v) of two Gaussians: of phi, phi' over E f^2, of phi'^2, phi^2 over (E f)^2."""

    value: float
    slope: float
    slope_square: float
    square: float


@lru_cache(maxsize=1024)
def _powers(activation: Activation, step: int) -> Doubles:
    """a_k^2 (terms, 4) of phi, phi', phi'^2 and phi^2, as `Shared` divides them."""
    root = math.sqrt(10.0 ** (step / PER_DECADE))
    x, weights = normal_quadrature(activation.kinks, root)
    phi, slope = activation.at(root * x)
    functions = np.stack([phi, slope, slope**2, phi**2], axis=1)
    polynomials = np.ones((TERMS - 1, len(x)))
    polynomials[1] = x
    for k in range(1, TERMS - 2):
        above = x * polynomials[k] - math.sqrt(k) * polynomials[k - 1]
        polynomials[k + 1] = above / math.sqrt(k + 1)
    powers = ((polynomials * weights) @ functions) ** 2
    whole = weights @ functions**2
    rest = np.maximum(whole - powers.sum(axis=0), 0.0)
    divisor = np.concatenate([whole[:2], powers[0, 2:]])
    return frozen(np.vstack([powers, rest]) / np.maximum(divisor, 1e-300))


def shared(activation: Activation, q: float, c: float) -> Shared:
    """Of two of variance q and correlation c from 0 to 1."""
    exponent = min(max(math.log10(q), LOWEST), HIGHEST)
    powers = _powers(activation, round(exponent * PER_DECADE))
    return Shared(*(c ** np.arange(TERMS) @ powers).tolist())
