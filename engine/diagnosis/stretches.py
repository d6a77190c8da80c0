"""Neighbouring layers of which the same can be said."""

from dataclasses import dataclass

import numpy as np

from engine.numerics.arrays import PerLayer


@dataclass(frozen=True)
class Stretch:
    """Neighbouring layers `first` to `last` with the mean of what was measured there."""

    first: int
    last: int
    value: float


def stretches(values: PerLayer, above: float) -> tuple[Stretch, ...]:
    """The runs of layers where a value exceeds `above`, input first."""
    marked = np.concatenate(([False], values > above, [False]))
    edges = np.flatnonzero(np.diff(marked.astype(np.int8)))
    return tuple(
        Stretch(int(start) + 1, int(stop), float(values[start:stop].mean()))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
    )
