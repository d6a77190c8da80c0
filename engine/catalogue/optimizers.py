"""The optimisers, as a table: how a gradient becomes a step, in PyTorch's conventions.

In the formulas g is the gradient, after clipping and with weight_decay W added where the decay is
not decoupled, eta the learning rate, mu the momentum and t the number of the step from 1.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalogue.table import table
from engine.numerics.arrays import Array

ALPHA = 0.99  # rmsprop's memory
BETA_1, BETA_2 = 0.9, 0.999
EPSILON = 1e-8


@dataclass(frozen=True)
class Pace:
    """The numbers of one step: eta, mu, the weight decay and t."""

    learning_rate: float
    momentum: float
    weight_decay: float
    count: int


@dataclass(frozen=True)
class Optimizer:
    """One optimiser: `step(pace, g, memory, out)` writes what is to be subtracted from W.

    It updates the arrays named by `memory` (zeros at first) in place, and may use up g. A
    `decoupled` one shrinks the weights by eta weight_decay W beside its own step.
    """

    name: str
    formula: str
    memory: tuple[str, ...]
    step: Callable[[Pace, Array, Sequence[Array], Array], None]
    uses_momentum: bool = False
    decoupled: bool = False


def _sgd(pace: Pace, g: Array, memory: Sequence[Array], out: Array) -> None:
    np.multiply(g, pace.learning_rate, out=out)


def _discounted(total: Array, value: Array, beta: float) -> None:
    np.multiply(total, beta, out=total)
    np.add(total, value, out=total)


def _momentum(pace: Pace, g: Array, memory: Sequence[Array], out: Array) -> None:
    (velocity,) = memory
    _discounted(velocity, g, pace.momentum)
    np.multiply(velocity, pace.learning_rate, out=out)


def _nesterov(pace: Pace, g: Array, memory: Sequence[Array], out: Array) -> None:
    (velocity,) = memory
    _discounted(velocity, g, pace.momentum)
    np.multiply(velocity, pace.momentum, out=out)
    np.add(out, g, out=out)
    np.multiply(out, pace.learning_rate, out=out)


# The moving averages are kept as discounted sums, s = beta s + value, and the factor 1 - beta is
# taken out of the arrays into the numbers beside them.


def _rmsprop(pace: Pace, g: Array, memory: Sequence[Array], out: Array) -> None:
    (square,) = memory
    spread = 1 / math.sqrt(1 - ALPHA)
    np.multiply(g, g, out=out)
    _discounted(square, out, ALPHA)
    np.sqrt(square, out=out)
    np.add(out, EPSILON * spread, out=out)
    np.divide(g, out, out=out)
    np.multiply(out, pace.learning_rate * spread, out=out)


def _adam(pace: Pace, g: Array, memory: Sequence[Array], out: Array) -> None:
    mean, square = memory
    # (1 - b) / (1 - b^t): average and bias correction in one
    first = (1 - BETA_1) / (1 - BETA_1**pace.count)
    spread = math.sqrt((1 - BETA_2**pace.count) / (1 - BETA_2))
    _discounted(mean, g, BETA_1)
    np.multiply(g, g, out=g)
    _discounted(square, g, BETA_2)
    np.sqrt(square, out=out)
    np.add(out, EPSILON * spread, out=out)
    np.divide(mean, out, out=out)
    np.multiply(out, pace.learning_rate * first * spread, out=out)


OPTIMIZERS = table(
    Optimizer("sgd", "W -= eta g", (), _sgd),
    # Polyak 1964, without dampening
    Optimizer("momentum", "v = mu v + g; W -= eta v", ("velocity",), _momentum, uses_momentum=True),
    # Sutskever et al. 2013
    Optimizer(
        "nesterov",
        "v = mu v + g; W -= eta (g + mu v)",
        ("velocity",),
        _nesterov,
        uses_momentum=True,
    ),
    # Tieleman & Hinton 2012
    Optimizer(
        "rmsprop", "s = 0.99 s + 0.01 g^2; W -= eta g / (sqrt s + 1e-8)", ("square",), _rmsprop
    ),
    # Kingma & Ba 2015
    Optimizer(
        "adam",
        "m = 0.9 m + 0.1 g; v = 0.999 v + 0.001 g^2; "
        "W -= eta m / (1 - 0.9^t) / (sqrt(v / (1 - 0.999^t)) + 1e-8)",
        ("mean", "square"),
        _adam,
    ),
    # Loshchilov & Hutter 2019
    Optimizer(
        "adamw", "adam, and W -= eta weight_decay W", ("mean", "square"), _adam, decoupled=True
    ),
)
