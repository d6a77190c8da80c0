"""The moments of an activation at any variance, by interpolation: what every layer asks for."""

import math
from functools import lru_cache

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.moments import Moments, moments
from engine.numerics.arrays import Doubles

LOWEST, HIGHEST, PER_DECADE = -8, 4, 12
"""Powers of ten of q at which moments are computed; beyond them each is a power law of q."""

TAIL = (4.5, 5.0, 6.0, 8.0, 10.0, 12.0)
"""Powers of ten at which the power law's approach, c q^p (1 + k / sqrt(q)), still counts."""

REFINED = 8
"""Points between two of those, put there by cubics, so that straight lines do for the rest."""

FAR = 320.0

_SQUARES = (
    "square",
    "spread",
    "slope_square",
    "slope_fourth",
    "square_slope_square",
    "z_square_slope_square",
)
_CORRELATIONS: dict[str, tuple[str, ...]] = {
    "value": ("square",),
    "slope": ("slope_square",),
    "value_slope_square": ("square_slope_square", "slope_square"),
    "z_slope": ("z_square_slope_square",),
    "z_value_slope": ("z_square_slope_square", "square"),
}
"""Moments that may be 0 or negative, each with the squares whose roots bound it."""


class MomentTable:
    """Interpolates in log q the logarithms of squares, and correlations; good to about 1e-4."""

    def __init__(self, activation: Activation) -> None:
        exponents = np.linspace(LOWEST, HIGHEST, (HIGHEST - LOWEST) * PER_DECADE + 1)
        found = [moments(activation, float(10.0**exponent)) for exponent in exponents]
        rows = np.ascontiguousarray(np.transpose(found))
        columns = dict(zip(Moments._fields, rows, strict=True))
        inner = np.linspace(LOWEST, HIGHEST, (len(exponents) - 1) * REFINED + 1)
        self._exponents = np.concatenate(([-FAR], inner, TAIL, [FAR]))
        self._logs = {}
        for name in _SQUARES:
            logs = np.log(np.maximum(columns[name], 1e-300))
            self._logs[name] = _power_law(logs)
        self._correlations = {}
        for name, bounds in _CORRELATIONS.items():
            bound = np.sqrt(np.prod([columns[b] for b in bounds], axis=0))
            correlation = columns[name] / np.maximum(bound, 1e-300)
            inner = _refined(correlation)
            tail = _approached(correlation)
            self._correlations[name] = np.concatenate((inner[:1], inner, tail, tail[-1:]))

    def moment(self, name: str, q: Doubles) -> Doubles:
        """One of the moments at each of the variances q > 0."""
        return self._at(name, np.log10(q))

    def _at(self, name: str, exponent: Doubles) -> Doubles:
        if name in self._logs:
            return np.asarray(np.exp(np.interp(exponent, self._exponents, self._logs[name])))
        correlation = np.interp(exponent, self._exponents, self._correlations[name])
        logs = [np.interp(exponent, self._exponents, self._logs[b]) for b in _CORRELATIONS[name]]
        return np.asarray(correlation * np.exp(sum(logs) / 2))

    def at(self, q: Doubles) -> Moments[Doubles]:
        """All moments at each of the variances q > 0."""
        exponent = np.log10(q)
        names = (*_SQUARES, *_CORRELATIONS)
        return Moments(q=q, **{name: self._at(name, exponent) for name in names})


def _power_law(logs: Doubles) -> Doubles:
    """Logarithms of a moment at all knots: refined inside, power laws of half powers outside."""

    def power(first: float, second: float) -> float:
        return round((second - first) * PER_DECADE / math.log(10) * 2) / 2

    low, high = power(logs[0], logs[1]), power(logs[-2], logs[-1])
    scaled = logs - high * math.log(10) * np.linspace(LOWEST, HIGHEST, len(logs))
    # one over the power law it is near 1, which is where its approach is linear in 1 / sqrt(q)
    approach = np.log(np.maximum(_approached(np.exp(scaled - scaled[-1])), 1e-300))
    tail = approach + scaled[-1] + high * math.log(10) * np.array(TAIL)
    return np.concatenate(
        (
            [logs[0] - low * math.log(10) * (FAR + LOWEST)],
            _refined(logs),
            tail,
            [tail[-1] + high * math.log(10) * (FAR - TAIL[-1])],
        )
    )


def _approached(values: Doubles) -> Doubles:
    """The tail's values c + k / sqrt(q) through the last point and the one a decade before it."""
    last, before = float(values[-1]), float(values[-1 - PER_DECADE])
    last_root, before_root = 10.0 ** (-HIGHEST / 2), 10.0 ** (-(HIGHEST - 1) / 2)
    k = (last - before) / (last_root - before_root)
    return np.asarray(last + k * (10.0 ** (-np.array(TAIL) / 2) - last_root))


def _refined(values: Doubles) -> Doubles:
    """Lagrange's cubic through each four neighbours, `REFINED` points an interval."""
    count = len(values)
    position = np.linspace(0, count - 1, (count - 1) * REFINED + 1)
    index = np.clip(position.astype(np.intp), 1, count - 3)
    t = position - index
    weights = (
        -t * (t - 1) * (t - 2) / 6,
        (t + 1) * (t - 1) * (t - 2) / 2,
        -(t + 1) * t * (t - 2) / 2,
        (t + 1) * t * (t - 1) / 6,
    )
    terms = (weight * values[index + k - 1] for k, weight in enumerate(weights))
    return np.asarray(sum(terms))


@lru_cache(maxsize=32)
def moment_table(activation: Activation) -> MomentTable:
    """The table of an activation, made once."""
    return MomentTable(activation)
