"""The activation functions phi with their derivatives, as a table.

Derivatives at kinks follow PyTorch (relu'(0) = 0). Every function writes into `out` and is free
of overflow for any finite argument.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.catalogue.pointwise import logistic, negative_part, one_less, positive_part, sigmoid
from engine.catalogue.table import table
from engine.numerics.arrays import Array, Doubles

SELU_ALPHA = 1.6732632423543772848170429916717  # Klambauer et al. 2017
SELU_SCALE = 1.0507009873554804934193349852946
GELU_CUBIC = 0.044715  # Hendrycks & Gimpel 2016, the tanh form
GELU_INNER = math.sqrt(2 / math.pi)


@dataclass(frozen=True)
class Activation:
    """One activation.

    `value(z, out)` writes phi(z); `slope(z, h, out)` writes phi'(z), where h = phi(z). Where
    `slope_needs_input` is false, `slope` reads h alone, so that the engine need not keep z.
    `bound` is the supremum of |phi'|; `kinks` are the points where phi' jumps. `tails` are the
    signs of z towards which phi levels off, and `has_flat` tells that phi' is exactly 0 somewhere
    by design: elsewhere a 0 is rounding. `tune`, where there is one, makes the entry for another
    negative slope.
    """

    name: str
    formula: str
    value: Callable[[Array, Array], None]
    slope: Callable[[Array, Array, Array], None]
    bound: float = 1.0
    slope_needs_input: bool = False
    kinks: tuple[float, ...] = ()
    tails: tuple[int, ...] = ()
    has_flat: bool = False
    tune: Callable[[float], Activation] | None = None

    def at(self, z: Doubles) -> tuple[Doubles, Doubles]:
        """phi(z) and phi'(z), in arrays of their own."""
        phi, slope = np.empty_like(z), np.empty_like(z)
        self.value(z, phi)
        self.slope(z, phi, slope)
        return phi, slope

    @property
    def is_off_where_flat(self) -> bool:
        """Whether the flat part switches units off, as ReLU's, and is no bounded tail."""
        return self.has_flat and not self.tails


def _sigmoid_slope(z: Array, h: Array, out: Array) -> None:
    one_less(h, out)
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
    one_less(out, out)


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


def _relu_slope(z: Array, h: Array, out: Array) -> None:
    np.sign(h, out=out)


def _elu(z: Array, out: Array) -> None:
    negative_part(z, out)
    np.expm1(out, out=out)
    np.add(out, np.maximum(z, 0.0), out=out)


def _elu_slope(z: Array, h: Array, out: Array) -> None:
    negative_part(h, out)
    np.add(out, 1.0, out=out)


def _selu(z: Array, out: Array) -> None:
    negative_part(z, out)
    np.expm1(out, out=out)
    np.multiply(out, SELU_ALPHA, out=out)
    np.add(out, np.maximum(z, 0.0), out=out)
    np.multiply(out, SELU_SCALE, out=out)


def _selu_slope(z: Array, h: Array, out: Array) -> None:
    np.add(h, SELU_SCALE * SELU_ALPHA, out=out)
    np.copyto(out, SELU_SCALE, where=h > 0)


def _gelu_gate(bounded: Array) -> Array:
    # (1 + tanh(y)) / 2 as a logistic of 2y: the sum would cancel in the left tail
    return logistic(2.0 * GELU_INNER * bounded * (1.0 + GELU_CUBIC * bounded * bounded))


def _gelu(z: Array, out: Array) -> None:
    # beyond |z| = 30 the gate is 0 or 1 to the last bit, and z^3 could overflow
    np.multiply(z, _gelu_gate(np.clip(z, -30.0, 30.0)), out=out)


def _gelu_slope(z: Array, h: Array, out: Array) -> None:
    bounded = np.clip(z, -30.0, 30.0)
    gate = _gelu_gate(bounded)
    inner = 2.0 * GELU_INNER * (1.0 + 3.0 * GELU_CUBIC * bounded * bounded)
    out[...] = gate * (1.0 + bounded * (1.0 - gate) * inner)


def _silu(z: Array, out: Array) -> None:
    np.multiply(z, logistic(z), out=out)


def _silu_slope(z: Array, h: Array, out: Array) -> None:
    s = logistic(z)
    out[...] = s * (1.0 + z * (1.0 - s))


def _softplus(z: Array, out: Array) -> None:
    np.logaddexp(z, 0.0, out=out)


def _softplus_slope(z: Array, h: Array, out: Array) -> None:
    np.negative(h, out=out)
    np.expm1(out, out=out)
    np.negative(out, out=out)


def _mish(z: Array, out: Array) -> None:
    np.logaddexp(z, 0.0, out=out)
    np.tanh(out, out=out)
    np.multiply(out, z, out=out)


def _mish_slope(z: Array, h: Array, out: Array) -> None:
    t = np.tanh(np.logaddexp(z, 0.0))
    out[...] = t + z * logistic(z) * (1.0 - t * t)


def _leaky_relu(negative_slope: float) -> Activation:
    def value(z: Array, out: Array) -> None:
        np.multiply(z, negative_slope, out=out)
        np.maximum(z, out, out=out)

    def slope(z: Array, h: Array, out: Array) -> None:
        np.copyto(out, h > 0)
        np.maximum(out, negative_slope, out=out)

    formula, flat = f"max(z, {negative_slope:g} z)", negative_slope == 0
    return Activation(
        "leaky_relu", formula, value, slope, kinks=(0.0,), has_flat=flat, tune=_leaky_relu
    )


LEFT, BOTH = (-1,), (-1, 1)

ACTIVATIONS = table(
    Activation("sigmoid", "1 / (1 + exp(-z))", sigmoid, _sigmoid_slope, 0.25, tails=BOTH),
    Activation("linear", "z", np.positive, _linear_slope),
    Activation(
        "hard_sigmoid",
        "clip(z/6 + 1/2, 0, 1)",
        _hard_sigmoid,
        _hard_sigmoid_slope,
        1 / 6,
        kinks=(-3.0, 3.0),
        tails=BOTH,
        has_flat=True,
    ),
    Activation("tanh", "tanh(z)", np.tanh, _tanh_slope, tails=BOTH),
    Activation(
        "hard_tanh",
        "clip(z, -1, 1)",
        _hard_tanh,
        _hard_tanh_slope,
        kinks=(-1.0, 1.0),
        tails=BOTH,
        has_flat=True,
    ),
    Activation(
        "softsign",
        "z / (1 + |z|)",
        _softsign,
        _softsign_slope,
        slope_needs_input=True,
        kinks=(0.0,),
        tails=BOTH,
    ),
    Activation("arctan", "arctan(z)", np.arctan, _arctan_slope, slope_needs_input=True, tails=BOTH),
    Activation("sin", "sin(z)", np.sin, _sin_slope, slope_needs_input=True),
    Activation("relu", "max(z, 0)", positive_part, _relu_slope, kinks=(0.0,), has_flat=True),
    _leaky_relu(0.01),
    Activation("elu", "z if z > 0 else exp(z) - 1", _elu, _elu_slope, kinks=(0.0,), tails=LEFT),
    Activation(
        "selu",
        "1.0507 (z if z > 0 else 1.6733 (exp(z) - 1))",
        _selu,
        _selu_slope,
        SELU_SCALE * SELU_ALPHA,
        kinks=(0.0,),
        tails=LEFT,
    ),
    Activation(
        "gelu",
        "z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))",
        _gelu,
        _gelu_slope,
        1.12899307,
        slope_needs_input=True,
        tails=LEFT,
    ),
    Activation(
        "silu", "z sigmoid(z)", _silu, _silu_slope, 1.09983932, slope_needs_input=True, tails=LEFT
    ),
    Activation(
        "mish",
        "z tanh(softplus(z))",
        _mish,
        _mish_slope,
        1.08849816,
        slope_needs_input=True,
        tails=LEFT,
    ),
    Activation("softplus", "log(1 + exp(z))", _softplus, _softplus_slope, tails=LEFT),
)


@lru_cache(maxsize=64)
def activation(name: str, negative_slope: float = 0.01) -> Activation:
    """The catalogue's entry of that name, tuned to `negative_slope` where it has one."""
    entry = ACTIVATIONS[name]
    return entry.tune(negative_slope) if entry.tune else entry
