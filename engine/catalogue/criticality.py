"""The edge of chaos: where chi_1 = sigma_w^2 E phi'(sqrt(q*) x)^2 = 1 at the fixed point q*.

Poole et al. 2016, Schoenholz et al. 2017. With q chosen, sigma_w^2 = 1 / E phi'^2 and
sigma_b^2 = q - sigma_w^2 E phi^2 make q a fixed point on the critical line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.moments import moments

MAX_WEIGHT_VARIANCE = 16.0
"""A critical point beyond this sigma_w^2 is none that anyone would initialise at."""

_ROUNDING = 1e-9
_SEARCH = np.geomspace(1.0, 100.0, 60)


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
    return CriticalPoint(weight, max(bias, 0.0) if bias > _ROUNDING * q else 0.0, q)


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
    low = 1.0
    for high in np.geomspace(1.0, 1e4, 200):
        if critical_at(activation, float(high)) is None:
            low = float(high)
            continue
        top = float(high)
        for _ in range(60):
            middle = (low + top) / 2
            if critical_at(activation, middle) is None:
                low = middle
            else:
                top = middle
        return 1 / moments(activation, top).slope_square
    return None


def _half_stable(activation: Activation) -> CriticalPoint | None:
    """The smallest q from 1 on where dq'/dq falls through 1, by bisection."""
    values = [stability(activation, float(q)) - 1 for q in _SEARCH]
    for low, high, at_low, at_high in zip(_SEARCH, _SEARCH[1:], values, values[1:], strict=False):
        if at_low > 0 >= at_high:
            for _ in range(80):
                middle = (low + high) / 2
                if stability(activation, float(middle)) > 1:
                    low = middle
                else:
                    high = middle
            return critical_at(activation, float(middle))
    return None
