"""The norm operation of a layer's branch, for any entry of the catalogue."""

import itertools

import numpy as np

from engine.catalogue.normalizations import EPSILON, Normalization, NormArrays
from engine.network.operations import Buffers
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
        dtype = parameters.flat.dtype

        def arrays(i: int) -> NormArrays:
            width = len(parameters.gammas[i])
            return NormArrays(
                gamma=parameters.gammas[i],
                beta=parameters.betas[i],
                gamma_gradient=gradients.gammas[i],
                beta_gradient=gradients.betas[i],
                centred=np.empty((batch, width), dtype),
                work=buffers.work[width],
                output=np.empty((batch, width), dtype) if keeps_outputs else buffers.signal[width],
                cotangent=buffers.signal[width],
            )

        self.layers = [arrays(i) for i in range(len(parameters.gammas))]
        ends = np.cumsum([0, *(len(gamma) for gamma in parameters.gammas)])
        self.running = np.empty((2, ends[-1]), dtype)
        self._running = [self.running[:, a:b] for a, b in itertools.pairwise(ends)]
        self.reset()

    def reset(self) -> None:
        """Forget the running statistics: mean 0, variance 1."""
        self.running[0], self.running[1] = 0.0, 1.0

    def track(self) -> None:
        """Take the last forward pass into the running statistics."""
        # the unbiased variance, as in PyTorch, though the pass itself divides by the biased one
        count = len(self.layers[0].centred)
        variance = np.concatenate([a.variance for a in self.layers]) * (count / (count - 1))
        newest = np.stack((np.concatenate([a.mean for a in self.layers]), variance))
        self.running += RUNNING_SHARE * (newest - self.running)

    def forward(self, i: int, x: Array) -> Array:
        a = self.layers[i]
        a.mean, a.variance = self._normalization.statistics(x, a.centred, a.work)
        a.inverse = 1.0 / np.sqrt(a.variance + EPSILON)
        np.multiply(a.centred, a.inverse, out=a.output)
        np.multiply(a.output, a.gamma, out=a.output)
        return np.add(a.output, a.beta, out=a.output)

    def backward(self, i: int, cotangent: Array) -> Array:
        return self._normalization.backward(cotangent, self.layers[i])

    def evaluate(self, i: int, x: Array) -> Array:
        if self._normalization.over_batch:
            mean, variance = self._running[i]
            centred = x - mean
        else:
            centred = np.empty_like(x)
            _, variance = self._normalization.statistics(x, centred, np.empty_like(x))
        spread = np.sqrt(variance + EPSILON)
        return np.asarray(centred / spread * self.layers[i].gamma + self.layers[i].beta)

    def normalised(self, i: int) -> Array:
        """x_hat of layer i at the last forward pass."""
        return np.asarray(self.layers[i].centred * self.layers[i].inverse)
