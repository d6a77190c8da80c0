"""The kinds of array that the engine's values are, and the one way to make one read-only."""

from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
"""Numbers of either precision."""

Doubles = NDArray[np.float64]
Reals = NDArray[np.floating | np.integer | np.bool_]
"""Real numbers of any kind."""

PerLayer = Doubles
"""One number a hidden layer: entry i is layer i + 1."""

Labels = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)


def frozen(array: NDArray[T]) -> NDArray[T]:
    """The array itself, read-only from here on."""
    array.setflags(write=False)
    return array


@lru_cache(maxsize=64)
def constant(value: float, shape: tuple[int, ...], dtype: np.dtype[np.floating]) -> Array:
    """That number in every place, read-only: numpy takes it in faster than a number of Python's."""
    return frozen(np.full(shape, value, dtype))
