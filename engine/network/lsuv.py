"""Layer-sequential unit variance (Mishkin & Matas 2016): each layer scaled by the first batch."""

import numpy as np

from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.numerics.arrays import Array

TOLERANCE = 0.01


class UnitVariance(Observer):
    """An observer that divides each layer's weights by the std of its linear output.

    The output is divided in place, so that the layers after it already see the new weights; with
    biases at 0 it then has std 1 to rounding. A layer whose output is 0 is left alone.
    """

    def __init__(self, state: NetworkState) -> None:
        self._weights = state.parameters.weights

    def linear_output(self, i: int, z: Array) -> None:
        std = float(z.std())
        if std > 0 and np.isfinite(std) and abs(std - 1) > TOLERANCE:
            self._weights[i] /= std
            z /= std
