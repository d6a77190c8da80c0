"""The operations a layer's branch is made of: linear and activation (norms: `norm_operation`).

Each object serves every layer. `forward(i, x)` and `backward(i, cotangent)` return an array that
is overwritten by a later call unless the operation keeps it: what the backward pass needs is kept,
one array a layer, everything else goes through the shared buffers. `evaluate(i, x)` is the
operation in evaluation mode: for any number of samples, into an array of its own, nothing kept. i
counts hidden layers from 0; all signals have the shape (batch, units).
"""

from typing import Protocol

import numpy as np

from engine.catalogue.activations import Activation
from engine.network.parameters import Parameters
from engine.numerics.arrays import Array


class Buffers:
    """Scratch arrays shared by all layers, one of each kind for every width in use.

    `signal` holds what flows forward between two operations and the cotangent that an elementwise
    operation returns; `matrix` what the linear operation returns on the way back; `work` is free
    inside an operation.
    """

    def __init__(self, batch: int, widths: set[int], dtype: str) -> None:
        def one_each() -> dict[int, Array]:
            return {width: np.empty((batch, width), dtype) for width in widths}

        self.signal = one_each()
        self.matrix = one_each()
        self.work = one_each()
        # a sum over the batch as a product with ones: BLAS takes a third of a reduction's time
        self.ones = np.ones(batch, dtype)


class Operation(Protocol):
    """One step of the branch, for every layer."""

    def forward(self, i: int, x: Array) -> Array: ...

    def backward(self, i: int, cotangent: Array) -> Array: ...

    def evaluate(self, i: int, x: Array) -> Array: ...


class Linear:
    """z = x W^T + b, row by row W x + b."""

    def __init__(
        self,
        parameters: Parameters,
        gradients: Parameters,
        buffers: Buffers,
        kept: list[Array] | None,
    ) -> None:
        """`kept` are arrays for the outputs, where somebody needs them on the way back."""
        self.weights, self.biases = parameters.weights, parameters.biases
        self.ones = buffers.ones
        self.transposed = [weight.T for weight in parameters.weights]
        self.weight_gradients, self.bias_gradients = gradients.weights, gradients.biases
        self.outputs = kept or [buffers.signal[weight.shape[0]] for weight in self.weights]
        self.cotangents = [buffers.matrix[weight.shape[1]] for weight in self.weights]
        self.inputs: list[Array] = list(self.cotangents)

    def forward(self, i: int, x: Array) -> Array:
        self.inputs[i] = x
        z = self.outputs[i]
        np.matmul(x, self.transposed[i], out=z)
        np.add(z, self.biases[i], out=z)
        return z

    def backward(self, i: int, cotangent: Array) -> Array:
        np.matmul(cotangent.T, self.inputs[i], out=self.weight_gradients[i])
        np.dot(self.ones, cotangent, out=self.bias_gradients[i])
        return np.matmul(cotangent, self.weights[i], out=self.cotangents[i])

    def evaluate(self, i: int, x: Array) -> Array:
        return np.asarray(x @ self.transposed[i] + self.biases[i])


class Activate:
    """h = phi(u); keeps h, and phi'(u) too where that cannot be had from h."""

    def __init__(
        self, activation: Activation, widths: list[int], batch: int, dtype: str, buffers: Buffers
    ) -> None:
        self.activation = activation
        self.outputs: list[Array] = [np.empty((batch, width), dtype) for width in widths]
        self.keeps_slopes = activation.slope_needs_input
        self.slopes: list[Array] = (
            [np.empty((batch, width), dtype) for width in widths]
            if self.keeps_slopes
            else [buffers.work[width] for width in widths]
        )
        self.cotangents = [buffers.signal[width] for width in widths]

    def forward(self, i: int, x: Array) -> Array:
        h = self.outputs[i]
        self.activation.value(x, h)
        if self.keeps_slopes:
            self.activation.slope(x, h, self.slopes[i])
        return h

    def slope(self, i: int) -> Array:
        """phi' of layer i at the last forward pass; valid until the next operation."""
        slope = self.slopes[i]
        if not self.keeps_slopes:
            h = self.outputs[i]
            self.activation.slope(h, h, slope)
        return slope

    def backward(self, i: int, cotangent: Array) -> Array:
        return np.multiply(cotangent, self.slope(i), out=self.cotangents[i])

    def evaluate(self, i: int, x: Array) -> Array:
        h = np.empty_like(x)
        self.activation.value(x, h)
        return h
