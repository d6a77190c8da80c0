"""The norm operation of a layer's branch, for any entry of the catalogue."""

import itertools

import numpy as np

from engine.catalogue.normalizations import (
    EPSILON,
    Normalization,
    NormArrays,
    spread_inverse,
)
from engine.network.operations import Buffers, Signal, empty_signal
from engine.network.parameters import Parameters
from engine.numerics.arrays import Array

RUNNING_SHARE = 0.1
"""The newest batch's share in the running statistics (PyTorch's momentum)."""


class Normalize:
    """A norm for every layer; its gradient flows through mean and spread.

    A norm over the batch takes in evaluation mode the `running` statistics, which are the mean of
    those of the batches that it was trained on: row 0 is the mean and row 1 the variance of every
    normed unit, layer after layer.
    """

    def __init__(
        self,
        normalization: Normalization,
        parameters: Parameters,
        gradients: Parameters,
        batch: int,
        buffers: Buffers,
        keeps_outputs: bool,
    ) -> None:
        """`keeps_outputs` where the next operation is a linear one, which needs its input."""
        self._normalization = normalization
        dtype = parameters.flat.dtype.name
        widths = [len(gamma) for gamma in parameters.gammas]
        ends = list(itertools.pairwise(itertools.accumulate(widths, initial=0)))
        if normalization.over_batch:
            newest = np.empty((2, sum(widths)), dtype)
            statistics = [newest[:, a:b] for a, b in ends]
        else:
            newest = np.empty((2, batch), dtype)
            statistics = [newest] * len(widths)
        shared = [empty_signal(width, batch, dtype) for width in widths] if keeps_outputs else None
        self._outputs = shared or [buffers.signal[width] for width in widths]
        self.layers = [
            NormArrays(
                gamma=parameters.gammas[i],
                beta=parameters.betas[i],
                gamma_gradient=gradients.gammas[i],
                beta_gradient=gradients.betas[i],
                centred=np.empty((width, batch), dtype),
                work=buffers.work[width],
                output=self._outputs[i].values,
                cotangent=buffers.signal[width].values,
                mean=statistics[i][0],
                variance=statistics[i][1],
                inverse=np.empty(statistics[i].shape[1], dtype),
                scale=np.empty(width, dtype),
            )
            for i, width in enumerate(widths)
        ]
        self._newest = newest
        self.running = np.empty((2, sum(widths)), dtype)
        self._running = [self.running[:, a:b] for a, b in ends]
        self.reset()

    def reset(self) -> None:
        """Forget the running statistics: mean 0, variance 1."""
        self.running[0], self.running[1] = 0.0, 1.0

    def track(self) -> None:
        """Take the last forward pass into the running statistics."""
        # the unbiased variance, as in PyTorch, though the pass itself divides by the biased one
        count = self.layers[0].centred.shape[1]
        newest = self._newest * [[1.0], [count / (count - 1)]]
        self.running += RUNNING_SHARE * (newest - self.running)

    def forward(self, i: int, x: Signal) -> Signal:
        a = self.layers[i]
        self._normalization.statistics(x.values, a.centred, a.work, a.mean, a.variance)
        spread_inverse(a.variance, a.inverse)
        self._normalization.forward(a)
        return self._outputs[i]

    def backward(self, i: int, cotangent: Array) -> Array:
        return self._normalization.backward(cotangent, self.layers[i])

    def evaluate(self, i: int, x: Array) -> Array:
        if self._normalization.over_batch:
            mean, variance = self._running[i][:, :, None]
            x_hat = (x - mean) / np.sqrt(variance + EPSILON)
        else:
            x_hat = self._normalization.normalised(x)
        return np.asarray(x_hat * self.layers[i].gamma[:, None] + self.layers[i].beta[:, None])

    def normalised(self, i: int) -> Array:
        """x_hat (batch, units) of layer i at the last forward pass."""
        inverse = self.layers[i].inverse
        return np.asarray(
            self.layers[i].centred.T
            * (inverse if self._normalization.over_batch else inverse[:, None])
        )
