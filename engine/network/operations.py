"""The operations a layer's branch is made of: linear and activation (norms: `norm_operation`).

Each object serves every layer. `forward(i, x)` and `backward(i, cotangent)` return an array that
is overwritten by a later call unless the operation keeps it: what the backward pass needs is kept,
one array a layer, everything else goes through the shared buffers. `evaluate(i, x)` is the
operation in evaluation mode: for any number of samples, into an array of its own, nothing kept. i
counts hidden layers from 0; inside, all arrays have a column a sample, the shape (units, batch).
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.catalogue.activations import Activation
from engine.network.parameters import Parameters
from engine.numerics.arrays import Array


@dataclass(frozen=True, slots=True)
class Signal:
    """The signals between two operations, `values` (units, batch).

    In `extended` (units + 1, batch) a row of ones follows them, so that a bias is one more weight
    and its gradient comes with those of the weights. `samples` (batch, units) are the same values
    as others read them.
    """

    values: Array
    extended: Array
    samples: Array


def empty_signal(units: int, batch: int, dtype: str) -> Signal:
    """A signal to be written."""
    extended = np.empty((units + 1, batch), dtype)
    extended[-1] = 1.0
    return Signal(extended[:-1], extended, extended[:-1].T)


class Buffers:
    """Scratch arrays shared by all layers, one of each kind for every width in use.

    `signal` holds what flows forward between two operations, and its values the cotangent that an
    elementwise operation returns; `matrix` what the linear operation returns on the way back;
    `work` is free inside an operation.
    """

    def __init__(self, batch: int, widths: set[int], dtype: str) -> None:
        self.signal = {width: empty_signal(width, batch, dtype) for width in widths}
        self.matrix = {width: np.empty((width, batch), dtype) for width in widths}
        self.work = {width: np.empty((width, batch), dtype) for width in widths}


class Operation(Protocol):
    """One step of the branch, for every layer."""

    def forward(self, i: int, x: Signal) -> Signal: ...

    def backward(self, i: int, cotangent: Array) -> Array: ...

    def evaluate(self, i: int, x: Array) -> Array: ...


class Linear:
    """z = W x + b, column by column."""

    def __init__(
        self,
        parameters: Parameters,
        gradients: Parameters,
        buffers: Buffers,
        kept: list[Signal] | None,
    ) -> None:
        """`kept` are signals for the outputs, where somebody needs them on the way back."""
        self.weights, self.biases = parameters.weights, parameters.biases
        self.transposed = [weight.T for weight in parameters.weights]
        self.maps = [whole.T for whole in parameters.maps]
        self.gradients = gradients.maps
        self.outputs = kept or [buffers.signal[len(bias)] for bias in self.biases]
        self.cotangents = [buffers.matrix[len(weight)] for weight in self.transposed]
        self.inputs: list[Array] = list(self.cotangents)

    def forward(self, i: int, x: Signal) -> Signal:
        self.inputs[i] = x.extended
        z = self.outputs[i]
        np.dot(self.maps[i], x.extended, z.values)
        return z

    def backward(self, i: int, cotangent: Array) -> Array:
        np.dot(self.inputs[i], cotangent.T, self.gradients[i])
        return np.dot(self.transposed[i], cotangent, self.cotangents[i])

    def evaluate(self, i: int, x: Array) -> Array:
        return np.asarray(self.weights[i] @ x + self.biases[i][:, None])


class Activate:
    """h = phi(u); keeps h, and phi'(u) too where that cannot be had from h."""

    def __init__(
        self, activation: Activation, widths: list[int], batch: int, dtype: str, buffers: Buffers
    ) -> None:
        self.activation = activation
        self.outputs = [empty_signal(width, batch, dtype) for width in widths]
        self.keeps_slopes = activation.slope_needs_input
        self.slopes: list[Array] = (
            [np.empty((width, batch), dtype) for width in widths]
            if self.keeps_slopes
            else [buffers.work[width] for width in widths]
        )
        self.cotangents = [buffers.signal[width].values for width in widths]

    def forward(self, i: int, x: Signal) -> Signal:
        h = self.outputs[i]
        self.activation.value(x.values, h.values)
        if self.keeps_slopes:
            self.activation.slope(x.values, h.values, self.slopes[i])
        return h

    def slope(self, i: int) -> Array:
        """phi' of layer i at the last forward pass; valid until the next operation."""
        slope = self.slopes[i]
        if not self.keeps_slopes:
            h = self.outputs[i].values
            self.activation.slope(h, h, slope)
        return slope

    def backward(self, i: int, cotangent: Array) -> Array:
        return np.multiply(cotangent, self.slope(i), self.cotangents[i])

    def evaluate(self, i: int, x: Array) -> Array:
        h = np.empty_like(x)
        self.activation.value(x, h)
        return h
