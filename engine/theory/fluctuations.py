"""What finite width does to a gradient's norm: the typical one is smaller than the mean.

|phi' (W^T delta)|^2 of one sample is a sum over n units, whose relative variance (3 k - 1) / n with
k = E phi'^4 / (E phi'^2)^2 adds up in the logarithm from layer to layer (Hanin 2018; for ReLU it is
5/n). The mean over a batch makes up for it until a few samples dominate, which they do behind
saturated activations, where k is large.
"""

import math
from functools import lru_cache

import numpy as np

from engine.numerics.arrays import Doubles

NEGLIGIBLE = 1.0
"""Below this variance of the logarithm a batch of more than a few samples has its mean."""

LARGEST_FLUCTUATION = 0.5
"""Above this relative variance in one layer the sum over its units has no typical size."""

_VARIANCES = np.geomspace(NEGLIGIBLE / 4, 1000.0, 48).tolist()


def shift(variance: Doubles, batch_size: int) -> Doubles:
    """E ln of the mean of that many log-normal numbers of mean 1, by the logarithm's variance."""
    if not variance.max() > NEGLIGIBLE:
        return np.zeros_like(variance)
    capped = np.minimum(variance, _VARIANCES[-1])
    known = [_shift(each, min(batch_size, 4096)) for each in _VARIANCES]
    return np.asarray(np.interp(capped, [0.0, *_VARIANCES], [0.0, *known]))


@lru_cache(maxsize=1024)
def _shift(variance: float, batch_size: int) -> float:
    """By E ln S = integral of (exp(-t) - E exp(-t S)) / t, over s = ln t."""
    std = math.sqrt(variance)
    reach = 7 * std + 12
    s = np.linspace(-reach, reach, 240)
    x = np.linspace(-8, 8, 161)
    weights = np.exp(-(x**2) / 2)
    exponents = s[:, None] + std * x - variance / 2 - math.log(batch_size)
    with np.errstate(over="ignore", under="ignore"):
        laplace = np.exp(-np.exp(exponents)) @ (weights / weights.sum())
        integrand = np.exp(-np.exp(s)) - laplace**batch_size
    return float(integrand.sum() * (s[1] - s[0]))
