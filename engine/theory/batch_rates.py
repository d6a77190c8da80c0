"""How fast gradients explode behind BatchNorm in a plain net, at any batch size.

Yang, Pennington, Rao, Sohl-Dickstein & Schoenholz 2019, "A mean field theory of batch
normalization": BatchNorm before phi, width to infinity at a fixed batch size B.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.moments import moments
from engine.numerics.arrays import Doubles

LEAST_BATCH = 4
"""Below it the gradient's second moment is infinite."""

ASYMPTOTIC_BATCH = 4096
"""From here on the limit of large batches does: the difference is below 1e-3."""

REACH, PANELS = 9.0, 40
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True)
class BatchRate:
    """`rate` multiplies |delta|^2 at each layer towards the input; `spread` is phi's variance.

    The variance over the batch of phi's outputs, in units of the biased estimate.
    """

    rate: float
    spread: float

    @property
    def slope_square(self) -> float:
        """What takes the place of E phi'^2 in |delta|^2 / |g|^2, times the batch variance."""
        return self.rate * self.spread


@lru_cache(maxsize=256)
def batch_rate(activation: Activation, batch_size: int) -> BatchRate:
    """The rate at a batch size from 4 on.

    rate = B / ((q - q c)(B - 3)(B - 1)) E tr(D G D P), P = G - z z^T / B, G = I - 1 1^T / B,
    D = diag phi'(z), z uniform on the sphere of radius sqrt(B) in the space orthogonal to 1;
    q = E phi(z_1)^2 and q c = E phi(z_1) phi(z_2).
    """
    if batch_size >= ASYMPTOTIC_BATCH:
        limit = moments(activation, 1.0)
        return BatchRate(float(limit.slope_square / limit.spread), float(limit.spread))
    size = float(batch_size)
    first, second, weights = _pair_of_coordinates(batch_size, activation.kinks)
    phi_1, slope_1 = activation.at(first)
    phi_2, slope_2 = activation.at(second)

    def mean(values: Doubles) -> float:
        return float((weights * values).sum())

    unlike = mean(phi_1 * phi_1) - mean(phi_1 * phi_2)
    own = 1 - 1 / size
    diagonal = size * own * mean(slope_1**2 * (own - first**2 / size))
    pairs = (size - 1) / size * mean(slope_1 * slope_2 * (1 + first * second))
    rate = size / (unlike * (size - 3) * (size - 1)) * (diagonal + pairs)
    return BatchRate(rate, unlike * own)


def _pair_of_coordinates(size: int, kinks: tuple[float, ...]) -> tuple[Doubles, Doubles, Doubles]:
    """Two coordinates of the sphere's points: nodes (i, 1), (i, j) and weights (i, j).

    The first has the density (1 - z^2/d)^((d-3)/2), d = B - 1; given it, the second is
    rho z + sqrt(1 - rho^2) sqrt(d - z^2) sin t, rho = -1/d, where t has cos(t)^(d-3).
    """
    dimension = size - 1
    edge = math.sqrt(dimension)
    z, z_weights = _panels(min(REACH, edge), kinks)
    z_weights = z_weights * np.maximum(1 - (z / edge) ** 2, 0) ** ((dimension - 3) / 2)
    t, t_weights = _panels(min(REACH / edge, math.pi / 2), ())
    t_weights = t_weights * np.cos(t) ** (dimension - 3)
    rho = -1 / dimension
    radius = np.sqrt(np.maximum(dimension - z**2, 0) * (1 - rho**2))[:, None]
    second = rho * z[:, None] + radius * np.sin(t)
    weights = z_weights[:, None] * t_weights
    return z[:, None], second, weights / weights.sum()


def _panels(reach: float, kinks: tuple[float, ...]) -> tuple[Doubles, Doubles]:
    edges = np.linspace(-reach, reach, PANELS + 1)
    edges = np.array(sorted({*edges.tolist(), *(k for k in kinks if abs(k) < reach)}))
    half = np.diff(edges)[:, None] / 2
    nodes = ((edges[:-1] + edges[1:])[:, None] / 2 + half * _NODES).ravel()
    return nodes, (half * _WEIGHTS).ravel()
