"""Norms that neither underflow nor overflow on the way."""

import math

import numpy as np

from engine.numerics.arrays import Array, Doubles

# sums of squares outside these limits may have lost squares that were too small or too large
_SAFE_DOUBLE, _SAFE_SINGLE = (1e-270, 1e300), (1e-24, 1e36)


_PIECE = 8192
"""Values that OpenBLAS never shares among threads, whose number would decide the rounding."""

_AT_ONCE = 65_536
"""Numbers that a copy is made of."""


def _safe(array: Array) -> tuple[float, float]:
    return _SAFE_DOUBLE if array.itemsize == 8 else _SAFE_SINGLE


def dot(a: Array, b: Array) -> float:
    """The sum of the products of two arrays of one size, rounded alike on any number of threads."""
    if a.flags.f_contiguous and b.flags.f_contiguous:
        # without a copy
        a, b = a.T, b.T
    if a.size <= _PIECE:
        return float(np.vdot(a, b))
    first, second = a.reshape(-1), b.reshape(-1)
    whole = a.size - a.size % _PIECE
    pieces = np.vecdot(first[:whole].reshape(-1, _PIECE), second[:whole].reshape(-1, _PIECE))
    return sum(pieces.tolist(), float(np.vdot(first[whole:], second[whole:])))


def norm(array: Array) -> float:
    """The Frobenius norm, right to rounding wherever the result is representable in float64.

    A value that is not finite makes it inf or nan.
    """
    if array.size <= _PIECE:
        flat = array.ravel("K")  # as it lies in memory, without a copy
        square = float(flat.dot(flat))
    else:
        square = dot(array, array)
    low, high = _safe(array)
    return math.sqrt(square) if low < square < high else _scaled_norm(array)


def norms(rows: Array) -> Doubles:
    """The norm of each row (rows, numbers), whose numbers lie together in memory."""
    if rows.shape[1] > _PIECE:
        return np.array([norm(row) for row in rows])
    squares = np.vecdot(rows, rows).astype(np.float64)
    low, high = _safe(rows)
    found: Doubles = np.sqrt(squares)
    is_safe = (low < squares) & (squares < high)
    if not is_safe.all():
        for i in np.flatnonzero(~is_safe):
            found[i] = _scaled_norm(rows[i])
    return found


def distances(rows: Array, others: Array) -> Doubles:
    """The norm of the difference of each row from another."""
    together = max(_AT_ONCE // rows.shape[1], 1)
    starts = range(0, len(rows), together)
    parts = [norms(rows[i : i + together] - others[i : i + together]) for i in starts]
    return np.concatenate(parts)


def _scaled_norm(array: Array) -> float:
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
    low, high = _safe(a)
    if low < size_a * size_b < high:
        product = dot(a, b) / (size_a * size_b)
    else:
        product = dot(_unit(a, size_a), _unit(b, size_b))
    return min(max(product, -1.0), 1.0)


def cosines(rows: Array, others: Array) -> Doubles:
    """The cosine between each row and another."""
    sizes, (low, high) = norms(rows) * norms(others), _safe(rows)
    if rows.shape[1] > _PIECE or not ((low < sizes) & (sizes < high)).all():
        return np.array([cosine(a, b) for a, b in zip(rows, others, strict=True)])
    return np.asarray(np.clip(np.vecdot(rows, others) / sizes, -1.0, 1.0))


def _unit(array: Array, size: float) -> Doubles:
    # a power of two first: 1 / size alone may overflow
    exponent = math.frexp(size)[1]
    scaled = np.ldexp(array.astype(np.float64), -exponent)
    return np.asarray(scaled / math.ldexp(size, -exponent))
