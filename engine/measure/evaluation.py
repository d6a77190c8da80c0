"""What a network answers in evaluation mode: to test samples, and all over a plane."""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.losses import Loss, Targets
from engine.data.datasets import Part, Split
from engine.network.network import NetworkState
from engine.network.threads import suitable_threads
from engine.numerics.arrays import Array, Doubles, Labels, frozen

AT_ONCE = 1024
"""Samples that go through the network together."""

GRID_MARGIN = 0.1
"""How far a grid reaches beyond the data, as a share of the data's extent."""


@dataclass(frozen=True)
class Evaluation:
    """Loss and accuracy on the test set after `step` steps; None where it means nothing."""

    step: int
    loss: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Predictions:
    """Test samples (the training set's if there is no test set) with the network's answers.

    `x` (samples, features) is in the data's own units, `predicted` the class with the largest
    read-out and `confidence` its softmax.
    """

    step: int
    x: Doubles
    labels: Labels
    predicted: Labels
    confidence: Doubles


@dataclass(frozen=True)
class Grid:
    """The answers over a rectangle of the input plane, for a picture of the decision boundary.

    Row 0 is the top. `predicted` and `confidence` have the shape (rows, columns); `left`, `right`,
    `bottom` and `top` are the outer edges in standardised units, as the samples' x.
    """

    step: int
    left: float
    right: float
    bottom: float
    top: float
    predicted: Labels
    confidence: Doubles


def outputs(state: NetworkState, x: Array) -> Array:
    """The read-out (samples, outputs) of standardised inputs."""
    pieces = range(0, len(x), AT_ONCE)
    with suitable_threads(state.experiment), np.errstate(all="ignore"):
        return np.concatenate([state.evaluate(x[start : start + AT_ONCE]) for start in pieces])


def accuracy(output: Array, labels: Labels) -> float:
    """The share of samples whose largest read-out is that of their label."""
    return float(np.mean(output.argmax(axis=1) == labels))


def score(state: NetworkState, part: Part, loss: Loss) -> tuple[float | None, float | None]:
    """Loss and accuracy on a part of the data, None where it means nothing for that loss."""
    output = outputs(state, part.x)
    targets = Targets(part.labels, part.values, lambda: np.empty(0))
    # of finite outputs the loss may still be beyond float32
    with np.errstate(all="ignore"):
        return (
            loss.evaluate(output, targets, np.empty_like(output)) if loss.uses_data else None,
            accuracy(output, part.labels) if loss.classifies else None,
        )


def predict_samples(state: NetworkState, split: Split, step: int, count: int) -> Predictions:
    """The answers to the first `count` test samples; `step` is the network's."""
    part = split.test if len(split.test.x) else split.train
    x, labels = part.x[:count], part.labels[:count].copy()
    return Predictions(step, frozen(split.as_given(x)), frozen(labels), *_answers(state, x))


def predict_grid(state: NetworkState, split: Split, step: int, rows: int, columns: int) -> Grid:
    """The answers at the centres of rows x columns cells round the data; `step` is the network's.

    Raises ValueError unless the data have two features.
    """
    x = np.concatenate((split.train.x, split.test.x))
    if x.shape[1] != 2:
        raise ValueError(f"a grid takes 2 features, not {x.shape[1]}")
    low, high = x.min(axis=0), x.max(axis=0)
    margin = GRID_MARGIN * (high - low)
    (left, bottom), (right, top) = low - margin, high + margin
    across = left + (right - left) * (np.arange(columns) + 0.5) / columns
    down = top - (top - bottom) * (np.arange(rows) + 0.5) / rows
    points = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    predicted, confidence = _answers(state, points)
    edges, shape = (float(left), float(right), float(bottom), float(top)), (rows, columns)
    return Grid(step, *edges, predicted.reshape(shape), confidence.reshape(shape))


def _answers(state: NetworkState, x: Doubles) -> tuple[Labels, Doubles]:
    """The class of the largest read-out for each sample, and its softmax."""
    output = outputs(state, x).astype(np.float64)
    with np.errstate(all="ignore"):
        largest = output.max(axis=1, keepdims=True)
        confidence = 1 / np.exp(output - largest).sum(axis=1)
    return frozen(output.argmax(axis=1)), frozen(confidence)
