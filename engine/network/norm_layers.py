"""The norm operation of a layer's branch, over the batch or over the units.

y = gamma x_hat + beta with x_hat = c / s, where c is the (centred) input and s its spread. The
centred input is kept, one array a layer, and the inverse spread: x_hat itself is never needed.
Sums are products with ones, which BLAS takes in a third of a reduction's time. In evaluation mode
a norm over the batch takes the running statistics of the batches that it was trained on.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.normalizations import EPSILON, Normalization
from engine.network.operations import Buffers
from engine.network.parameters import Parameters

Array = NDArray[np.floating]

RUNNING_SHARE = 0.1
"""The newest batch's share in the running statistics (PyTorch's momentum)."""


class Normalize(ABC):
    """A norm for every layer; its gradient flows through mean and spread."""

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
        self._is_centred = normalization.centred
        self._gammas, self._betas = parameters.gammas, parameters.betas
        self._gamma_gradients, self._beta_gradients = gradients.gammas, gradients.betas
        widths = [len(gamma) for gamma in self._gammas]
        dtype = parameters.flat.dtype
        self._centred: list[Array] = [np.empty((batch, width), dtype) for width in widths]
        self._inverse: list[Array] = [np.empty(0, dtype) for _ in widths]
        self._means, self._variances = list(self._inverse), list(self._inverse)
        self._outputs: list[Array] = (
            [np.empty((batch, width), dtype) for width in widths]
            if keeps_outputs
            else [buffers.signal[width] for width in widths]
        )
        self._cotangents = [buffers.signal[width] for width in widths]
        self._work = [buffers.work[width] for width in widths]
        self._ones = buffers.ones

    @abstractmethod
    def evaluate(self, i: int, x: Array) -> Array: ...

    @abstractmethod
    def _mean(self, array: Array) -> Array:
        """The mean over the norm's axis, in a shape that broadcasts back."""

    @abstractmethod
    def backward(self, i: int, cotangent: Array) -> Array: ...

    def normalised(self, i: int) -> Array:
        """x_hat of layer i at the last forward pass."""
        return np.asarray(self._centred[i] * self._inverse[i])

    def forward(self, i: int, x: Array) -> Array:
        centred, work, y = self._centred[i], self._work[i], self._outputs[i]
        if self._is_centred:
            mean = self._mean(x)
            np.subtract(x, mean, out=centred)
            self._means[i] = mean
        else:
            np.copyto(centred, x)
        np.multiply(centred, centred, out=work)
        variance = self._mean(work)
        inverse = 1.0 / np.sqrt(variance + EPSILON)
        self._variances[i], self._inverse[i] = variance, inverse
        np.multiply(centred, inverse, out=y)
        np.multiply(y, self._gammas[i], out=y)
        return np.add(y, self._betas[i], out=y)


class BatchNormalize(Normalize):
    """Statistics of each unit over the batch; `running` has their means over the batches seen.

    Row 0 is the mean and row 1 the variance of every normed unit, layer after layer.
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
        super().__init__(normalization, parameters, gradients, batch, buffers, keeps_outputs)
        ends = np.cumsum([0, *(len(gamma) for gamma in self._gammas)])
        self.running = np.empty((2, ends[-1]), parameters.flat.dtype)
        self._running = [self.running[:, a:b] for a, b in itertools.pairwise(ends)]
        self.reset()

    def reset(self) -> None:
        """Forget the running statistics: mean 0, variance 1."""
        self.running[0], self.running[1] = 0.0, 1.0

    def track(self) -> None:
        """Take the last forward pass into the running statistics."""
        # the unbiased variance, as in PyTorch, though the pass itself divides by the biased one
        count = len(self._ones)
        variance = np.concatenate(self._variances) * (count / (count - 1))
        newest = np.stack((np.concatenate(self._means), variance))
        self.running += RUNNING_SHARE * (newest - self.running)

    def evaluate(self, i: int, x: Array) -> Array:
        mean, variance = self._running[i]
        return np.asarray(
            (x - mean) / np.sqrt(variance + EPSILON) * self._gammas[i] + self._betas[i]
        )

    def _mean(self, array: Array) -> Array:
        return np.asarray(np.dot(self._ones, array) / len(array))

    def backward(self, i: int, cotangent: Array) -> Array:
        centred, inverse, result = self._centred[i], self._inverse[i], self._cotangents[i]
        work, beta_gradient, count = self._work[i], self._beta_gradients[i], len(centred)
        np.multiply(cotangent, centred, out=work)
        gamma_gradient = np.dot(self._ones, work, out=self._gamma_gradients[i])
        np.multiply(gamma_gradient, inverse, out=gamma_gradient)
        np.dot(self._ones, cotangent, out=beta_gradient)
        # dx = gamma / s (dy - mean dy - x_hat mean(dy x_hat)), the factors of a unit gathered
        np.multiply(centred, gamma_gradient * inverse / count, out=work)
        np.subtract(cotangent, work, out=result)
        np.subtract(result, beta_gradient / count, out=result)
        return np.multiply(result, self._gammas[i] * inverse, out=result)


class UnitNormalize(Normalize):
    """Statistics of each sample over the units."""

    def evaluate(self, i: int, x: Array) -> Array:
        centred = x - self._mean(x) if self._is_centred else x
        spread = np.sqrt(self._mean(centred * centred) + EPSILON)
        return np.asarray(centred / spread * self._gammas[i] + self._betas[i])

    def _mean(self, array: Array) -> Array:
        width = array.shape[1]
        return np.asarray(np.dot(array, np.ones(width, array.dtype)) / width)[:, None]

    def backward(self, i: int, cotangent: Array) -> Array:
        centred, inverse, result = self._centred[i], self._inverse[i], self._cotangents[i]
        work, gamma, width = self._work[i], self._gammas[i], centred.shape[1]
        np.multiply(cotangent, centred, out=work)
        np.dot(inverse[:, 0], work, out=self._gamma_gradients[i])
        np.dot(self._ones, cotangent, out=self._beta_gradients[i])
        along = np.dot(work, gamma)[:, None] * inverse / width
        np.multiply(centred, along * inverse, out=work)
        if self._is_centred:
            np.add(work, np.dot(cotangent, gamma)[:, None] / width, out=work)
        # the cotangent may be the result's own array: from here on it is overwritten
        np.multiply(cotangent, gamma, out=result)
        np.subtract(result, work, out=result)
        return np.multiply(result, inverse, out=result)


BY_AXIS: dict[int, type[Normalize]] = {0: BatchNormalize, 1: UnitNormalize}
"""Which of the two serves a catalogue entry."""
