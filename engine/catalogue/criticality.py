"""The edge of chaos: where chi_1 = sigma_w^2 E phi'(sqrt(q*) x)^2 = 1 at the fixed point q*.

Poole et al. 2016, Schoenholz et al. 2017. With q chosen, sigma_w^2 = 1 / E phi'^2 and
sigma_b^2 = q - sigma_w^2 E phi^2 make q a fixed point on the critical line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.moments import moments

MAX_WEIGHT_VARIANCE = 16.0
"""A critical point beyond this sigma_w^2 is none that anyone would initialise at."""

_ROUNDING = 1e-9
_SEARCH = np.geomspace(1.0, 100.0, 60).tolist()
_FAR_SEARCH = np.geomspace(1.0, 1e4, 200).tolist()


@dataclass(frozen=True)
class CriticalPoint:
    """sigma_w^2, sigma_b^2 and the fixed point q* of the linear outputs' variance."""

    weight_variance: float
    bias_variance: float
    q: float


def critical_at(activation: Activation, q: float) -> CriticalPoint | None:
    """The critical point with fixed point q, if one has sigma_b^2 >= 0."""
    found = moments(activation, q)
    if found.slope_square <= 0:
        return None
    weight = 1 / found.slope_square
    bias = q - weight * found.square
    if bias < -_ROUNDING * q:
        return None
    return CriticalPoint(weight, bias if bias > _ROUNDING * q else 0.0, q)


def stability(activation: Activation, q: float) -> float:
    """dq'/dq at a critical point: 1 + E[phi phi''] / E[phi'^2]; above 1 the fixed point repels."""
    found = moments(activation, q)
    return 1 + found.curvature / found.slope_square


@lru_cache(maxsize=64)
def critical_point(activation: Activation) -> CriticalPoint:
    """The point that the `critical` init uses: q* = 1, the variance of standardised data.

    Where that fixed point would repel (GELU, SiLU, Mish), the half-stable one, dq'/dq = 1
    (Roberts, Yaida & Hanin 2022; Doshi, He & Gromov 2021). Raises LookupError where neither has
    sigma_b^2 >= 0 at a sensible sigma_w^2; `engine.experiment.rules` keeps an experiment from that.
    """
    point = critical_at(activation, 1.0)
    if point is None or stability(activation, 1.0) > 1 + 1e-6:
        point = _half_stable(activation)
    if point is None or point.weight_variance > MAX_WEIGHT_VARIANCE:
        raise LookupError(f"no critical point for {activation.name}")
    return point


def has_critical_point(activation: Activation) -> bool:
    """Whether `critical_point` finds one."""
    try:
        critical_point(activation)
    except LookupError:
        return False
    return True


@lru_cache(maxsize=64)
def least_critical_weight_variance(activation: Activation) -> float | None:
    """The sigma_w^2 at the smallest q from 1 on with sigma_b^2 >= 0: 103.0 for sigmoid.

    None if there is no such q below 10^4.
    """
    for low, high in pairwise((1.0, *_FAR_SEARCH)):
        if critical_at(activation, high) is not None:
            _, least = bisected(lambda q: critical_at(activation, q) is None, low, high, 60)
            return 1 / moments(activation, least).slope_square
    return None


def _half_stable(activation: Activation) -> CriticalPoint | None:
    """The smallest q from 1 on where dq'/dq falls through 1, by bisection."""
    for low, high in pairwise(_SEARCH):
        if stability(activation, low) > 1 >= stability(activation, high):
            low, high = bisected(lambda q: stability(activation, q) > 1, low, high, 80)
            return critical_at(activation, (low + high) / 2)
    return None


def bisected(
    is_below: Callable[[float], bool], low: float, high: float, halvings: int
) -> tuple[float, float]:
    """The interval halved so many times, `is_below` being true at its lower end alone."""
    for _ in range(halvings):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return low, high
