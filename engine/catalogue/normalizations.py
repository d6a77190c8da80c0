"""The normalisations, as a table: each with the statistics it takes and its backward pass.

y = gamma x_hat + beta with x_hat = c / s, where c is the (centred) input and s = sqrt(variance +
1e-5), the variance being the biased one. Inside, signals have a column a sample, the shape (units,
batch). Sums are products with ones, which BLAS takes in a third of a reduction's time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.catalogue.table import table
from engine.numerics.arrays import Array, constant

EPSILON = 1e-5


@dataclass
class NormArrays:
    """What the norm of one layer works with.

    A forward pass leaves c in `centred`, and the mean, the variance, `inverse` = 1 / s and `scale`
    = gamma / s where they are named: one number a unit, or a sample (`scale` is a unit's). x_hat
    itself is never needed. `work` is scratch, `output` and `cotangent` (which may be the very
    array that came in) are where the results go.
    """

    gamma: Array
    beta: Array
    gamma_gradient: Array
    beta_gradient: Array
    centred: Array
    work: Array
    output: Array
    cotangent: Array
    mean: Array
    variance: Array
    inverse: Array
    scale: Array


@dataclass(frozen=True)
class Normalization:
    """One norm.

    `statistics(x, centred, work, mean, variance)` writes the last four. `forward(arrays)` writes
    the output of these, `backward(dy, arrays)` returns dx and writes the gradients by gamma and
    beta. One `over_batch` has statistics of the units, and takes running ones in evaluation mode;
    the others have them of the samples. Below `least_batch` or `least_width` every output would
    be 0.
    """

    name: str
    formula: str
    statistics: Callable[[Array, Array, Array, Array, Array], None]
    forward: Callable[[NormArrays], Array]
    backward: Callable[[Array, NormArrays], Array]
    over_batch: bool = False
    least_batch: int = 1
    least_width: int = 1

    def normalised(self, x: Array) -> Array:
        """x_hat of signals (units, samples), by statistics of their own."""
        centred = np.empty_like(x)
        mean, variance = np.empty((2, len(x) if self.over_batch else x.shape[1]), x.dtype)
        self.statistics(x, centred, np.empty_like(x), mean, variance)
        spread = np.sqrt(variance + EPSILON)
        return np.asarray(centred / (spread[:, None] if self.over_batch else spread))


def _share(count: int, dtype: np.dtype[np.floating]) -> Array:
    """By which a sum becomes a mean."""
    return constant(1 / count, (count,), dtype)


def _batch_statistics(x: Array, centred: Array, work: Array, mean: Array, variance: Array) -> None:
    share = _share(x.shape[1], x.dtype)
    np.dot(x, share, mean)
    np.subtract(x, mean[:, None], centred)
    np.multiply(centred, centred, work)
    np.dot(work, share, variance)


def _layer_statistics(x: Array, centred: Array, work: Array, mean: Array, variance: Array) -> None:
    share = _share(len(x), x.dtype)
    np.dot(share, x, mean)
    np.subtract(x, mean, centred)
    np.multiply(centred, centred, work)
    np.dot(share, work, variance)


def _rms_statistics(x: Array, centred: Array, work: Array, mean: Array, variance: Array) -> None:
    mean.fill(0.0)
    np.copyto(centred, x)
    np.multiply(x, x, work)
    np.dot(_share(len(x), x.dtype), work, variance)


def spread_inverse(variance: Array, out: Array) -> Array:
    """1 / s."""
    np.add(variance, constant(EPSILON, (), variance.dtype), out)
    np.sqrt(out, out)
    return np.reciprocal(out, out)


def _batch_forward(a: NormArrays) -> Array:
    np.multiply(a.gamma, a.inverse, a.scale)
    np.multiply(a.centred, a.scale[:, None], a.output)
    return np.add(a.output, a.beta[:, None], a.output)


def _unit_forward(a: NormArrays) -> Array:
    np.multiply(a.centred, a.inverse, a.output)
    np.multiply(a.output, a.gamma[:, None], a.output)
    return np.add(a.output, a.beta[:, None], a.output)


def _batch_backward(dy: Array, a: NormArrays) -> Array:
    """dx = gamma / s (dy - mean dy - x_hat mean(dy x_hat)), the factors of a unit gathered."""
    batch = dy.shape[1]
    np.multiply(dy, a.centred, a.work)
    ones, share = constant(1.0, (batch,), dy.dtype), constant(1 / batch, (), dy.dtype)
    np.dot(a.work, ones, a.gamma_gradient)
    np.multiply(a.gamma_gradient, a.inverse, a.gamma_gradient)
    np.dot(dy, ones, a.beta_gradient)
    factor = a.gamma_gradient * a.inverse
    np.multiply(factor, share, factor)
    np.multiply(a.centred, factor[:, None], a.work)
    np.subtract(dy, a.work, a.cotangent)
    np.multiply(a.beta_gradient, share, factor)
    np.subtract(a.cotangent, factor[:, None], a.cotangent)
    return np.multiply(a.cotangent, a.scale[:, None], a.cotangent)


def _unit_backward(dy: Array, a: NormArrays, is_centred: bool) -> Array:
    np.multiply(dy, a.centred, a.work)
    np.dot(a.work, a.inverse, a.gamma_gradient)
    np.dot(dy, constant(1.0, (dy.shape[1],), dy.dtype), a.beta_gradient)
    share = a.gamma / len(a.gamma)
    along = np.dot(share, a.work) * a.inverse
    np.multiply(a.centred, along * a.inverse, a.work)
    if is_centred:
        np.add(a.work, np.dot(share, dy), a.work)
    # dy may be the result's own array: from here on it is overwritten
    np.multiply(dy, a.gamma[:, None], a.cotangent)
    np.subtract(a.cotangent, a.work, a.cotangent)
    return np.multiply(a.cotangent, a.inverse, a.cotangent)


NORMALIZATIONS = table(
    # Ioffe & Szegedy 2015; the variance of a single sample is 0
    Normalization(
        "batch",
        "(x - mean_batch) / std_batch",
        _batch_statistics,
        _batch_forward,
        _batch_backward,
        over_batch=True,
        least_batch=2,
    ),
    # Ba, Kiros & Hinton 2016; a single unit is its own mean
    Normalization(
        "layer",
        "(x - mean_units) / std_units",
        _layer_statistics,
        _unit_forward,
        partial(_unit_backward, is_centred=True),
        least_width=2,
    ),
    # Zhang & Sennrich 2019
    Normalization(
        "rms",
        "x / rms_units",
        _rms_statistics,
        _unit_forward,
        partial(_unit_backward, is_centred=False),
    ),
)
NORM_NAMES = ("none", *NORMALIZATIONS)
NORM_POSITIONS = ("pre", "post")
