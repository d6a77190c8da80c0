"""Where the tails of an activation begin, in which units are saturated."""

import math
from functools import lru_cache

import numpy as np

from engine.catalogue.activations import Activation

SATURATED_BELOW = 0.05
"""A unit is saturated on a tail of phi where |phi'| is below this share of its maximum."""

FARTHEST_EDGE = 64.0
"""No tail begins farther out."""


@lru_cache(maxsize=64)
def saturation_edges(phi: Activation) -> tuple[float, float]:
    """Below the first and above the second argument of phi a unit is saturated; infinite if never.

    The outermost points where |phi'| is still 5 % of its maximum, on the sides where phi levels
    off.
    """

    def edge(sign: int) -> float:
        if sign not in phi.tails:
            return math.inf
        near, far = 0.0, FARTHEST_EDGE
        for _ in range(8):
            # each time 64 times finer, round the outermost point that is not flat yet
            points = np.linspace(near, far, 65)
            steep = np.abs(phi.at(sign * points)[1]) >= SATURATED_BELOW * phi.bound
            last = int(np.flatnonzero(steep).max(initial=0))
            near, far = float(points[last]), float(points[min(last + 1, 64)])
        return near

    return -edge(-1), edge(1)
