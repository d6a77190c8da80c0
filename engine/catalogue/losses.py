"""The losses, as a table: each gives the loss of a read-out and its gradient.

f is the read-out, shape (batch, outputs); all three are means over the batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.catalogue.table import table
from engine.numerics.arrays import Array, Labels
from engine.numerics.norms import dot


@dataclass(frozen=True)
class Targets:
    """What a loss may compare the read-out with, one row a sample.

    `labels` are class numbers, `values` regression targets (one-hot where there are classes) and
    `cotangent` a random direction N(0, 1); the last two are made when a loss asks for them.
    """

    labels: Labels
    make_values: Callable[[], Array]
    make_cotangent: Callable[[], Array]

    @cached_property
    def values(self) -> Array:
        """The regression targets (batch, outputs)."""
        return self.make_values()

    @cached_property
    def cotangent(self) -> Array:
        """The direction (batch, outputs)."""
        return self.make_cotangent()


@dataclass(frozen=True)
class Loss:
    """`evaluate(f, targets, gradient)` returns the loss and writes dL/df into `gradient`."""

    name: str
    formula: str
    evaluate: Callable[[Array, Targets, Array], float]
    classifies: bool
    """Whether the loss asks for the label, so that accuracy means something on any dataset."""
    uses_data: bool = True
    """Whether the loss compares with the data, so that it means something on new samples."""


def _cross_entropy(f: Array, targets: Targets, gradient: Array) -> float:
    rows = np.arange(len(f))
    shifted = f - f.max(axis=1, keepdims=True)
    np.exp(shifted, out=gradient)
    total = gradient.sum(axis=1, keepdims=True)
    log_likelihood = shifted[rows, targets.labels] - np.log(total[:, 0])
    gradient /= total
    gradient[rows, targets.labels] -= 1.0
    gradient /= len(f)
    return float(-log_likelihood.mean())


def _mse(f: Array, targets: Targets, gradient: Array) -> float:
    np.subtract(f, targets.values, out=gradient)
    loss = dot(gradient, gradient) / (2 * len(f))
    gradient /= len(f)
    return loss


def _probe(f: Array, targets: Targets, gradient: Array) -> float:
    np.divide(targets.cotangent, len(f), out=gradient)
    return dot(gradient, f)


LOSSES = table(
    Loss("cross_entropy", "mean -log softmax(f)[label]", _cross_entropy, classifies=True),
    Loss("mse", "1/(2B) sum (f - y)^2", _mse, classifies=False),
    Loss("probe", "1/B sum g.f, g ~ N(0, 1)", _probe, classifies=False, uses_data=False),
)
