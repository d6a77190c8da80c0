"""What several activations are made of, each written into `out`, which is not its argument."""

import numpy as np

from engine.numerics.arrays import Array, constant


def one_less(values: Array, out: Array) -> None:
    """1 - values, which may be `out`."""
    np.subtract(constant(1.0, (), out.dtype), values, out=out)


def positive_part(z: Array, out: Array) -> None:
    """max(z, 0)."""
    # two arrays are compared in a fourth of the time of an array and a number
    out.fill(0.0)
    np.maximum(z, out, out=out)


def negative_part(z: Array, out: Array) -> None:
    """min(z, 0)."""
    out.fill(0.0)
    np.minimum(z, out, out=out)


def sigmoid(z: Array, out: Array) -> None:
    """1 / (1 + exp(-z)), by exp(-|z|) alone: exp(-z) overflows for large negative z."""
    np.abs(z, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out)
    divisor = 1.0 + out
    # 1 where z is not negative
    np.maximum(out, z >= 0, out=out)
    np.divide(out, divisor, out=out)


def logistic(z: Array) -> Array:
    """The sigmoid, into an array of its own."""
    out = np.empty_like(z)
    sigmoid(z, out)
    return out
