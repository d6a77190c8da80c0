"""How the hidden weights are drawn, as a table: standard draws of a layer's own stream, scaled.

fan_in and fan_out are the numbers of inputs and outputs of a layer; a weight matrix has the shape
(fan_out, fan_in).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int, int], Matrix]


def standard_normal(random: np.random.Generator, fan_out: int, fan_in: int) -> Matrix:
    """Independent N(0, 1) entries."""
    return random.standard_normal((fan_out, fan_in))


def standard_uniform(random: np.random.Generator, fan_out: int, fan_in: int) -> Matrix:
    """Independent entries of variance 1, uniform on +-sqrt(3)."""
    return random.uniform(-math.sqrt(3), math.sqrt(3), (fan_out, fan_in))


def haar_orthogonal(random: np.random.Generator, fan_out: int, fan_in: int) -> Matrix:
    """A Haar-random matrix with orthonormal rows or columns, whichever are fewer.

    The QR of a normal matrix is Haar only with the signs of R's diagonal put right (Mezzadri 2007).
    """
    normal = random.standard_normal((fan_out, fan_in))
    tall = normal if fan_out >= fan_in else normal.T
    q, r = np.linalg.qr(tall)
    q *= np.sign(np.diag(r))
    return q if fan_out >= fan_in else q.T


@dataclass(frozen=True)
class Initializer:
    """One init: a standard draw times `std(fan_in, fan_out)`."""

    name: str
    formula: str
    draw: Draw
    std: Callable[[int, int], float]


def _lecun(fan_in: int, fan_out: int) -> float:
    return math.sqrt(1 / fan_in)  # LeCun et al. 1998


def _xavier(fan_in: int, fan_out: int) -> float:
    return math.sqrt(2 / (fan_in + fan_out))  # Glorot & Bengio 2010, eq. 16


def _he(fan_in: int, fan_out: int) -> float:
    return math.sqrt(2 / fan_in)  # He et al. 2015, eq. 10


def _always(value: float) -> Callable[[int, int], float]:
    return lambda fan_in, fan_out: value


_ENTRIES = (
    Initializer("xavier_normal", "N(0, 2/(fan_in + fan_out))", standard_normal, _xavier),
    Initializer("xavier_uniform", "U(+-sqrt(6/(fan_in + fan_out)))", standard_uniform, _xavier),
    Initializer("he_normal", "N(0, 2/fan_in)", standard_normal, _he),
    Initializer("he_uniform", "U(+-sqrt(6/fan_in))", standard_uniform, _he),
    Initializer("lecun_normal", "N(0, 1/fan_in)", standard_normal, _lecun),
    Initializer("orthogonal", "Haar orthogonal (Saxe et al. 2014)", haar_orthogonal, _always(1.0)),
    Initializer("small_normal", "N(0, 0.01^2)", standard_normal, _always(0.01)),
    Initializer("unit_normal", "N(0, 1)", standard_normal, _always(1.0)),
    Initializer("zeros", "0", standard_normal, _always(0.0)),
)

INITIALIZERS: dict[str, Initializer] = {entry.name: entry for entry in _ENTRIES}
