"""Gaussian moments of activations by quadrature: E f(z) over z ~ N(0, q)."""

from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from engine.catalogue.activations import Activation
from engine.numerics.arrays import Doubles, frozen

T = TypeVar("T", float, Doubles)

REACH = 12.0
"""Beyond so many standard deviations a normal holds less than 1e-32."""

PANEL, WIDEST_PANEL = 0.25, 8.0
"""Width of a panel in standard deviations, and the most that it may span in units of z."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)


class Moments(NamedTuple, Generic[T]):
    """Expectations over z ~ N(0, q) of phi(z) and its derivative.

    `spread` is Var phi; `slope_square` is E phi'^2, `value_slope` E phi phi' and so on; a `z_`
    stands for a factor z inside: `z_slope` is E z phi'. Scalars, or one entry for each q.
    """

    q: T
    value: T
    square: T
    spread: T
    slope: T
    slope_square: T
    slope_fourth: T
    value_slope_square: T
    square_slope_square: T
    z_slope: T
    z_value_slope: T
    z_square_slope_square: T

    @property
    def curvature(self) -> T:
        """E phi'' phi, from Stein's lemma, which also holds at kinks."""
        return self.z_value_slope / self.q - self.slope_square


def normal_quadrature(kinks: tuple[float, ...] = (), scale: float = 1.0) -> tuple[Doubles, Doubles]:
    """Nodes x and weights for E f(scale x), x ~ N(0, 1), of functions f smooth between `kinks`.

    Gauss-Legendre on panels whose edges include the kinks, so that none lies inside a panel;
    where `scale` is large they get finer towards 0, because activations bend at arguments near 1.
    Meant for scales up to a few hundred.
    """
    finer = scale if scale > 2 else None
    return _quadrature(tuple(k / scale for k in kinks), min(PANEL, WIDEST_PANEL / scale), finer)


@lru_cache(maxsize=1)
def _quadrature(
    kinks: tuple[float, ...], step: float, finer: float | None
) -> tuple[Doubles, Doubles]:
    """The nodes and weights for panels of a width; the same for many scales one after another."""
    edges = [np.arange(-REACH, REACH + step / 2, step), np.array(kinks)]
    if finer is not None:
        near = np.concatenate((np.arange(0.5, 8.0, 0.5), 2.0 ** np.arange(3, 8))) / finer
        edges += [near, -near]
    knots = np.array(sorted({*np.concatenate(edges).tolist()}))
    knots = knots[np.abs(knots) < REACH + step / 2]
    half = np.diff(knots)[:, None] / 2
    x = ((knots[:-1] + knots[1:])[:, None] / 2 + half * _NODES).ravel()
    weights = (half * _WEIGHTS).ravel() * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return frozen(x), frozen(weights)


@lru_cache(maxsize=4096)
def moments(activation: Activation, q: float) -> Moments[float]:
    """The moments of an activation at variance q > 0, as floats."""
    root = float(np.sqrt(q))
    x, weights = normal_quadrature(activation.kinks, root)
    z = root * x
    phi, slope = activation.at(z)
    value = float(weights @ phi)
    weighted_slope = weights * slope
    slopes = weighted_slope * slope
    return Moments(
        q=q,
        value=value,
        square=float(weights @ phi**2),
        spread=float(weights @ (phi - value) ** 2),
        slope=float(weighted_slope.sum()),
        slope_square=float(slopes.sum()),
        slope_fourth=float(slopes @ slope**2),
        value_slope_square=float(slopes @ phi),
        square_slope_square=float(slopes @ phi**2),
        z_slope=float(weighted_slope @ z),
        z_value_slope=float(weighted_slope @ (z * phi)),
        z_square_slope_square=float(slopes @ z**2),
    )
