"""Which zeros of a pass the number format made, and which were meant."""

import numpy as np

from engine.network.network import NetworkState


class Zeros:
    """Follows a pass and tells a zero that was rounded from one that is exact.

    Exact ones come from weights or a branch's scale that are 0, and from phi' where it is 0 by
    design. `forward[i]` tells that layer i's signal is below the format's normal range, and
    `backward[i]` that its delta is 0 although none of its factors is.
    """

    def __init__(self, state: NetworkState, depth: int) -> None:
        self._state = state
        self._least = float(np.finfo(state.experiment.network.dtype).tiny)
        self.forward, self.backward = [False] * depth, [False] * depth
        self._is_lost = False
        """Whether the gradient on its way back is 0 by rounding."""

    def linear_output(self, i: int, rms: float, fed: float) -> None:
        """The rms of z, and of the h that comes in."""
        if rms == 0:
            follows = i > 0 and self.forward[i - 1]
            is_first = self._state.order[0] == "linear"
            rounded = is_first and fed > 0 and bool(self._state.parameters.weights[i].any())
            self.forward[i] = follows or rounded
        else:
            self.forward[i] = rms < self._least

    def output_gradient(self, i: int, size: float) -> None:
        """The norm of dL/dh."""
        if size > 0:
            self._is_lost = False
        elif i == len(self.forward) - 1:
            # the loss's own gradient is never meant to be 0
            self._is_lost = True
        if self._state.delta_stage == 0 and i >= 0:
            self.backward[i] = size == 0 and self._is_lost

    def cotangent(self, i: int, stage: int, before: float, after: float) -> None:
        """The norms of the gradient before and after a stage of layer i's branch."""
        if before > 0 and after == 0:
            self._is_lost = not self._is_exact(i, self._state.stages[stage])
        if stage == self._state.delta_stage:
            self.backward[i] = after == 0 and self._is_lost

    def _is_exact(self, i: int, operation: str) -> bool:
        """Whether the operation makes everything 0 by itself."""
        if operation == "scale":
            return self._state.branch_scale(i) == 0
        if operation == "linear":
            return not self._state.parameters.weights[i].any()
        return operation == "activation" and self._state.activation.has_flat and not self.forward[i]
