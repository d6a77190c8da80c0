"""How far training has moved the weights, and in which direction its gradients point."""

import numpy as np

from engine.network.parameters import Parameters
from engine.numerics.arrays import Array, PerLayer
from engine.numerics.norms import cosine, norm


class Displacement:
    """The parameters at step 0, and the gradient of the pass before the present one."""

    def __init__(self, parameters: Parameters, gradients: Parameters) -> None:
        self._parameters, self._gradients = parameters, gradients
        self.start: Array = parameters.flat.copy()
        self.before = np.zeros_like(self.start)
        self._start_norm = np.array([norm(weight) for weight in parameters.weights])

    def keep_gradient(self) -> None:
        """Keep the gradient of this pass for the cosine at the next."""
        np.copyto(self.before, self._gradients.flat)

    def relative(self) -> PerLayer:
        """|W_t - W_0| / |W_0| of each layer, nan for zeros."""
        now, slices = self._parameters.flat, self._parameters.weight_slices
        moved = np.array([norm(now[part] - self.start[part]) for part in slices])
        with np.errstate(all="ignore"):
            return np.where(self._start_norm == 0, np.nan, moved / self._start_norm)

    def gradient_cosine(self) -> PerLayer:
        """The cosine between this pass's weight gradient and the one kept, layer by layer."""
        now, slices = self._gradients.flat, self._parameters.weight_slices
        return np.array([cosine(self.before[part], now[part]) for part in slices])
