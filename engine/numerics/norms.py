"""Norms that neither underflow nor overflow on the way."""

import math

import numpy as np

from engine.numerics.arrays import Array, Doubles

# sums of squares outside these limits may have lost squares that were too small or too large
_SAFE_DOUBLE, _SAFE_SINGLE = (1e-270, 1e300), (1e-24, 1e36)


_PIECE = 8192
"""Values that OpenBLAS never shares among threads, whose number would decide the rounding."""


def dot(a: Array, b: Array) -> float:
    """The sum of the products of two arrays of one size, rounded alike on any number of threads."""
    if a.size <= _PIECE:
        return float(np.vdot(a, b))
    first, second = a.reshape(-1), b.reshape(-1)
    starts = range(0, a.size, _PIECE)
    return sum(float(np.vdot(first[i : i + _PIECE], second[i : i + _PIECE])) for i in starts)


def norm(array: Array) -> float:
    """The Frobenius norm, right to rounding wherever the result is representable in float64.

    A value that is not finite makes it inf or nan.
    """
    square = dot(array, array)
    low, high = _SAFE_DOUBLE if array.itemsize == 8 else _SAFE_SINGLE
    if low < square < high:
        return math.sqrt(square)
    largest = float(np.max(np.abs(array)))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    # a power of two scales exactly, down to the smallest subnormal number
    exponent = math.frexp(largest)[1]
    scaled = np.ldexp(array.astype(np.float64), -exponent)
    with np.errstate(over="ignore"):
        return float(np.ldexp(math.sqrt(dot(scaled, scaled)), exponent))


def cosine(a: Array, b: Array) -> float:
    """The cosine of the angle between two arrays of any magnitude; nan where one is 0."""
    size_a, size_b = norm(a), norm(b)
    if not (0 < size_a < math.inf and 0 < size_b < math.inf):
        return math.nan
    low, high = _SAFE_DOUBLE if a.itemsize == 8 else _SAFE_SINGLE
    if low < size_a * size_b < high:
        product = dot(a, b) / (size_a * size_b)
    else:
        product = dot(_unit(a, size_a), _unit(b, size_b))
    return min(max(product, -1.0), 1.0)


def _unit(array: Array, size: float) -> Doubles:
    # a power of two first: 1 / size alone may overflow
    exponent = math.frexp(size)[1]
    scaled = np.ldexp(array.astype(np.float64), -exponent)
    return np.asarray(scaled / math.ldexp(size, -exponent))
