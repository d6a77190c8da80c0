"""Gaussian moments of activations by quadrature: E[f(sqrt(q) x)] over x ~ N(0, 1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation

Vector = NDArray[np.float64]

REACH = 12.0
"""Beyond so many standard deviations a normal holds less than 1e-32."""

PANEL = 0.25
NODES = 12

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(NODES)


@dataclass(frozen=True)
class Moments:
    """E phi, E phi^2, E phi'^2 and E phi'' phi at variance q.

    The last is taken from E[x phi(sqrt(q) x) phi'(sqrt(q) x)] by Stein's lemma, which also holds
    at kinks: sqrt(q) (E phi'^2 + E phi'' phi) = E[x phi phi'].
    """

    value: float
    square: float
    slope_square: float
    curvature: float


def normal_quadrature(kinks: tuple[float, ...] = ()) -> tuple[Vector, Vector]:
    """Nodes and weights for expectations over N(0, 1) of functions smooth between `kinks`.

    Gauss-Legendre on panels whose edges include the kinks, so that none lies inside a panel.
    """
    edges = np.arange(-REACH, REACH + PANEL / 2, PANEL)
    edges = np.unique(np.concatenate((edges, [k for k in kinks if abs(k) < REACH])))
    half = np.diff(edges)[:, None] / 2
    x = ((edges[:-1] + edges[1:])[:, None] / 2 + half * _NODES).ravel()
    weights = (half * _WEIGHTS).ravel() * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return x, weights


@lru_cache(maxsize=4096)
def moments(activation: Activation, q: float) -> Moments:
    """The moments of an activation of z ~ N(0, q); q > 0."""
    root = float(np.sqrt(q))
    x, weights = normal_quadrature(tuple(kink / root for kink in activation.kinks))
    z = root * x
    phi, slope = np.empty_like(z), np.empty_like(z)
    activation.value(z, phi)
    activation.slope(z, phi, slope)
    slope_square = float(weights @ slope**2)
    return Moments(
        value=float(weights @ phi),
        square=float(weights @ phi**2),
        slope_square=slope_square,
        curvature=float(weights @ (x * phi * slope)) / root - slope_square,
    )
