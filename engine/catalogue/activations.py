"""The activation functions phi with their derivatives, as a table.

Derivatives at kinks follow PyTorch (relu'(0) = 0). Every function writes into `out` and is free
of overflow for any finite argument.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.catalogue.activation import Activation, logistic
from engine.catalogue.rectifiers import RECTIFIERS
from engine.numerics.arrays import Array


def _sigmoid(z: Array, out: Array) -> None:
    out[...] = logistic(z)


def _sigmoid_slope(z: Array, h: Array, out: Array) -> None:
    np.subtract(1.0, h, out=out)
    np.multiply(out, h, out=out)


def _linear_slope(z: Array, h: Array, out: Array) -> None:
    out.fill(1.0)


def _hard_sigmoid(z: Array, out: Array) -> None:
    np.divide(z, 6.0, out=out)
    np.add(out, 0.5, out=out)
    np.clip(out, 0.0, 1.0, out=out)


def _hard_sigmoid_slope(z: Array, h: Array, out: Array) -> None:
    np.multiply((h > 0) & (h < 1), 1 / 6, out=out, casting="unsafe")


def _tanh_slope(z: Array, h: Array, out: Array) -> None:
    np.multiply(h, h, out=out)
    np.subtract(1.0, out, out=out)


def _hard_tanh(z: Array, out: Array) -> None:
    np.clip(z, -1.0, 1.0, out=out)


def _hard_tanh_slope(z: Array, h: Array, out: Array) -> None:
    out[...] = np.abs(h) < 1


def _softsign(z: Array, out: Array) -> None:
    np.abs(z, out=out)
    np.add(out, 1.0, out=out)
    np.divide(z, out, out=out)


def _softsign_slope(z: Array, h: Array, out: Array) -> None:
    # from z: 1 - |h| would cancel to nothing in the far tails
    np.abs(z, out=out)
    np.add(out, 1.0, out=out)
    np.reciprocal(out, out=out)
    np.multiply(out, out, out=out)


def _arctan_slope(z: Array, h: Array, out: Array) -> None:
    np.hypot(z, 1.0, out=out)
    np.reciprocal(out, out=out)
    np.multiply(out, out, out=out)


def _sin_slope(z: Array, h: Array, out: Array) -> None:
    np.cos(z, out=out)


_ENTRIES = (
    Activation("sigmoid", "1 / (1 + exp(-z))", _sigmoid, _sigmoid_slope, 0.25),
    Activation("linear", "z", np.positive, _linear_slope),
    Activation(
        "hard_sigmoid",
        "clip(z/6 + 1/2, 0, 1)",
        _hard_sigmoid,
        _hard_sigmoid_slope,
        1 / 6,
        kinks=(-3.0, 3.0),
    ),
    Activation("tanh", "tanh(z)", np.tanh, _tanh_slope),
    Activation("hard_tanh", "clip(z, -1, 1)", _hard_tanh, _hard_tanh_slope, kinks=(-1.0, 1.0)),
    Activation(
        "softsign",
        "z / (1 + |z|)",
        _softsign,
        _softsign_slope,
        slope_needs_input=True,
        kinks=(0.0,),
    ),
    Activation("arctan", "arctan(z)", np.arctan, _arctan_slope, slope_needs_input=True),
    Activation("sin", "sin(z)", np.sin, _sin_slope, slope_needs_input=True),
)

ACTIVATIONS: dict[str, Activation] = {entry.name: entry for entry in (*_ENTRIES, *RECTIFIERS)}


@lru_cache(maxsize=64)
def activation(name: str, negative_slope: float = 0.01) -> Activation:
    """The catalogue's entry of that name, tuned to `negative_slope` where it has one."""
    entry = ACTIVATIONS[name]
    return entry.tune(negative_slope) if entry.tune else entry
