"""How far training has moved the weights, and in which direction its gradients point."""

import numpy as np

from engine.network.parameters import Parameters
from engine.numerics.arrays import Array, PerLayer
from engine.numerics.norms import cosines, distances

STILL = 1e-4
"""A layer that has moved by less than this share of itself stands still."""


class Displacement:
    """The parameters at step 0, and the gradient of the pass before the present one."""

    def __init__(self, parameters: Parameters, gradients: Parameters) -> None:
        self._parameters, self._gradients = parameters, gradients
        self.start: Array = parameters.flat.copy()
        self.before = np.zeros_like(self.start)
        self._start_norm = parameters.norms("weights")

    def keep_gradient(self) -> None:
        """Keep the gradient of this pass for the cosine at the next."""
        np.copyto(self.before, self._gradients.flat)

    def relative(self) -> PerLayer:
        """|W_t - W_0| / |W_0| of each layer, nan for zeros."""
        rows = self._parameters.rows
        pairs = zip(rows(self._parameters.flat), rows(self.start), strict=True)
        moved = np.concatenate([distances(now, start) for now, start in pairs])
        with np.errstate(all="ignore"):
            return np.where(self._start_norm == 0, np.nan, moved / self._start_norm)

    def gradient_cosine(self) -> PerLayer:
        """The cosine between this pass's weight gradient and the one kept, layer by layer."""
        rows = self._gradients.rows
        pairs = zip(rows(self.before), rows(self._gradients.flat), strict=True)
        return np.concatenate([cosines(before, now) for before, now in pairs])
