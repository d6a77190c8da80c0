"""The normalisations, as a table: each with the statistics it takes and its backward pass.

y = gamma x_hat + beta with x_hat = c / s, where c is the (centred) input and s = sqrt(variance +
1e-5), the variance being the biased one. Signals have the shape (batch, units). Sums are products
with ones, which BLAS takes in a third of a reduction's time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np

from engine.catalogue.table import table
from engine.numerics.arrays import Array, frozen

EPSILON = 1e-5


@dataclass
class NormArrays:
    """What the norm of one layer works with.

    A forward pass leaves c in `centred`, and in shapes that broadcast to it the mean, the variance
    and `inverse` = 1 / s; x_hat itself is never needed. `work` is scratch, `output` and
    `cotangent` (which may be the very array that came in) are where the results go.
    """

    gamma: Array
    beta: Array
    gamma_gradient: Array
    beta_gradient: Array
    centred: Array
    work: Array
    output: Array
    cotangent: Array
    mean: Array = field(init=False)
    variance: Array = field(init=False)
    inverse: Array = field(init=False)


@dataclass(frozen=True)
class Normalization:
    """One norm.

    `statistics(x, centred, work)` writes c into `centred` and returns mean and variance in shapes
    that broadcast to x. `backward(dy, arrays)` returns dx and writes the gradients by gamma and
    beta. One `over_batch` takes running statistics in evaluation mode; its mean and variance have
    the shape (units,). Below `least_batch` or `least_width` every output would be 0.
    """

    name: str
    formula: str
    statistics: Callable[[Array, Array, Array], tuple[Array, Array]]
    backward: Callable[[Array, NormArrays], Array]
    over_batch: bool = False
    least_batch: int = 1
    least_width: int = 1


@lru_cache(maxsize=16)
def _ones(count: int, dtype: np.dtype[np.floating]) -> Array:
    return frozen(np.ones(count, dtype))


def _batch_mean(array: Array) -> Array:
    return np.asarray(np.dot(_ones(len(array), array.dtype), array) / len(array))


def _unit_mean(array: Array) -> Array:
    width = array.shape[1]
    return np.asarray(np.dot(array, _ones(width, array.dtype)) / width)[:, None]


def _centred(
    mean: Callable[[Array], Array], x: Array, centred: Array, work: Array
) -> tuple[Array, Array]:
    average = mean(x)
    np.subtract(x, average, out=centred)
    np.multiply(centred, centred, out=work)
    return average, mean(work)


def _uncentred(x: Array, centred: Array, work: Array) -> tuple[Array, Array]:
    np.copyto(centred, x)
    np.multiply(x, x, out=work)
    return np.zeros(1), _unit_mean(work)


def _batch_backward(dy: Array, a: NormArrays) -> Array:
    """dx = gamma / s (dy - mean dy - x_hat mean(dy x_hat)), the factors of a unit gathered."""
    count, ones = len(dy), _ones(len(dy), dy.dtype)
    np.multiply(dy, a.centred, out=a.work)
    np.dot(ones, a.work, out=a.gamma_gradient)
    np.multiply(a.gamma_gradient, a.inverse, out=a.gamma_gradient)
    np.dot(ones, dy, out=a.beta_gradient)
    np.multiply(a.centred, a.gamma_gradient * a.inverse / count, out=a.work)
    np.subtract(dy, a.work, out=a.cotangent)
    np.subtract(a.cotangent, a.beta_gradient / count, out=a.cotangent)
    return np.multiply(a.cotangent, a.gamma * a.inverse, out=a.cotangent)


def _unit_backward(dy: Array, a: NormArrays, is_centred: bool) -> Array:
    width = dy.shape[1]
    np.multiply(dy, a.centred, out=a.work)
    np.dot(a.inverse[:, 0], a.work, out=a.gamma_gradient)
    np.dot(_ones(len(dy), dy.dtype), dy, out=a.beta_gradient)
    along = np.dot(a.work, a.gamma)[:, None] * a.inverse / width
    np.multiply(a.centred, along * a.inverse, out=a.work)
    if is_centred:
        np.add(a.work, np.dot(dy, a.gamma)[:, None] / width, out=a.work)
    # dy may be the result's own array: from here on it is overwritten
    np.multiply(dy, a.gamma, out=a.cotangent)
    np.subtract(a.cotangent, a.work, out=a.cotangent)
    return np.multiply(a.cotangent, a.inverse, out=a.cotangent)


NORMALIZATIONS = table(
    # Ioffe & Szegedy 2015; the variance of a single sample is 0
    Normalization(
        "batch",
        "(x - mean_batch) / std_batch",
        partial(_centred, _batch_mean),
        _batch_backward,
        over_batch=True,
        least_batch=2,
    ),
    # Ba, Kiros & Hinton 2016; a single unit is its own mean
    Normalization(
        "layer",
        "(x - mean_units) / std_units",
        partial(_centred, _unit_mean),
        partial(_unit_backward, is_centred=True),
        least_width=2,
    ),
    # Zhang & Sennrich 2019
    Normalization(
        "rms",
        "x / rms_units",
        _uncentred,
        partial(_unit_backward, is_centred=False),
    ),
)
NORM_NAMES = ("none", *NORMALIZATIONS)
NORM_POSITIONS = ("pre", "post")
