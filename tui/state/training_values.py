"""A training run's records as frozen arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Decades = NDArray[np.float32]


@dataclass(frozen=True)
class Curves:
    """Loss and accuracies over steps, an entry a record; nan where nothing was measured."""

    steps: NDArray[np.int64]
    loss: Values
    accuracy: Values
    test_accuracy: Values


@dataclass(frozen=True)
class Heat:
    """A picture of gradients over time: `decades` (columns, layers), `stride` steps a column.

    Column 0 is of step `start`; a record stands until the next one.
    """

    start: int
    stride: int
    decades: Decades
