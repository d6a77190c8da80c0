"""What each layer knows of the labels: the accuracy of a linear read-out fitted to it alone."""

from dataclasses import dataclass

import numpy as np

from engine.data.datasets import Part, Split
from engine.network.network import NetworkState
from engine.network.threads import suitable_threads
from engine.numerics.arrays import Array, Doubles, frozen

MOST_SAMPLES = 1000
"""Samples of the training set, and of the test set, that a probe looks at."""

RIDGE = 1.0
"""The penalty, on features of variance 1."""

ROUNDING = 100.0
"""A unit that varies by less than so many roundings of its size counts as constant."""


@dataclass(frozen=True)
class Probe:
    """Test accuracy of a ridge regression from each layer's output to one-hot labels.

    `accuracy[l]` is that of h_l, so that `accuracy[0]` is what the input alone gives; `chance` is
    the share of the commonest class in all the data: 1/K for K classes of one size.
    """

    step: int
    accuracy: Doubles
    chance: float


def probe(state: NetworkState, split: Split, step: int) -> Probe:
    """Fit a linear read-out to every layer's output, in evaluation mode; `step` is the network's.

    Raises ValueError where there is no test set, or the data have no classes.
    """
    train, test = (_first(part) for part in (split.train, split.test))
    if not len(test.x):
        raise ValueError("a probe needs a test set")
    targets = train.one_hot()
    accuracy: list[float] = []

    def fit(h: Array) -> None:
        predicted = _ridge(h[: len(train.x)], targets, h[len(train.x) :]).argmax(axis=1)
        accuracy.append(float(np.mean(predicted == test.labels)))

    x = np.concatenate((train.x, test.x))
    with suitable_threads(state.experiment), np.errstate(all="ignore"):
        fit(x)
        state.evaluate(x, lambda i, h: fit(h))
    labels = np.concatenate((split.train.labels, split.test.labels))
    chance = float(np.bincount(labels).max() / len(labels))
    return Probe(step, frozen(np.array(accuracy)), chance)


def _first(part: Part) -> Part:
    return part.take(np.arange(min(len(part.x), MOST_SAMPLES)))


def _ridge(h: Array, targets: Doubles, new: Array) -> Doubles:
    """Predictions for `new` of a ridge regression of the targets on h, both standardised by h."""
    resolution = ROUNDING * float(np.finfo(h.dtype).eps)
    wide, wide_new = h.astype(np.float64), new.astype(np.float64)
    mean, spread = wide.mean(axis=0), wide.std(axis=0)
    # a unit that does not vary, or not by a number at all, has nothing to tell
    tells = np.isfinite(spread) & (spread > resolution * np.abs(mean))
    x = (wide[:, tells] - mean[tells]) / spread[tells]
    x_new = (wide_new[:, tells] - mean[tells]) / spread[tells]
    centre = targets.mean(axis=0)
    gram = x.T @ x + RIDGE * np.eye(x.shape[1])
    return np.asarray(x_new @ np.linalg.solve(gram, x.T @ (targets - centre)) + centre)
