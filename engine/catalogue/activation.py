"""The form of an activation function's entry in the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.numerics.arrays import Array


@dataclass(frozen=True)
class Activation:
    """One activation.

    `value(z, out)` writes phi(z); `slope(z, h, out)` writes phi'(z), where h = phi(z). Where
    `slope_needs_input` is false, `slope` reads h alone, so that the engine need not keep z.
    `bound` is the supremum of |phi'|; `kinks` are the points where phi' jumps. `tune`, where
    there is one, makes the entry for another negative slope.
    """

    name: str
    formula: str
    value: Callable[[Array, Array], None]
    slope: Callable[[Array, Array, Array], None]
    bound: float = 1.0
    slope_needs_input: bool = False
    kinks: tuple[float, ...] = ()
    tune: Callable[[float], Activation] | None = None


def logistic(z: Array) -> Array:
    """1 / (1 + exp(-z)), by exp(-|z|) alone: exp(-z) overflows for large negative z."""
    small = np.exp(-np.abs(z))
    return np.asarray(np.where(z >= 0, 1.0, small) / (1.0 + small))
