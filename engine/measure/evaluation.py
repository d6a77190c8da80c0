"""What a trained network answers, in evaluation mode: on test samples, and all over a plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.training.trainer import Trainer

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MARGIN = 0.1
"""How far a grid reaches beyond the data, as a share of the data's extent."""


@dataclass(frozen=True)
class Predictions:
    """Test samples (the training set's if there is no test set) with the network's answers.

    `x` (samples, features) is in the data's own units, `predicted` the class with the largest
    read-out and `confidence` its softmax.
    """

    step: int
    x: Matrix
    labels: Labels
    predicted: Labels
    confidence: Matrix


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
    confidence: Matrix


def predict_samples(trainer: Trainer, count: int) -> Predictions:
    """The answers to the first `count` test samples."""
    split = trainer.split
    part = split.test if len(split.test.x) else split.train
    x = part.x[:count]
    predicted, confidence = _answers(trainer, x)
    given, labels = split.as_given(x), part.labels[:count].copy()
    for array in (given, labels):
        array.setflags(write=False)
    return Predictions(trainer.trace.step, given, labels, predicted, confidence)


def predict_grid(trainer: Trainer, rows: int, columns: int) -> Grid:
    """The answers at the centres of rows x columns cells round the data.

    Raises ValueError unless the data have two features.
    """
    if trainer.experiment.features != 2:
        raise ValueError(f"a grid takes 2 features, not {trainer.experiment.features}")
    x = np.concatenate((trainer.split.train.x, trainer.split.test.x))
    low, high = x.min(axis=0), x.max(axis=0)
    margin = MARGIN * (high - low)
    (left, bottom), (right, top) = low - margin, high + margin
    across = left + (right - left) * (np.arange(columns) + 0.5) / columns
    down = top - (top - bottom) * (np.arange(rows) + 0.5) / rows
    points = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    predicted, confidence = _answers(trainer, points)
    edges = float(left), float(right), float(bottom), float(top)
    shape = rows, columns
    return Grid(trainer.trace.step, *edges, predicted.reshape(shape), confidence.reshape(shape))


def _answers(trainer: Trainer, x: Matrix) -> tuple[Labels, Matrix]:
    outputs = trainer.outputs(x).astype(np.float64)
    predicted = outputs.argmax(axis=1)
    with np.errstate(all="ignore"):
        largest = outputs.max(axis=1, keepdims=True)
        confidence = 1 / np.exp(outputs - largest).sum(axis=1)
    for array in (predicted, confidence):
        array.setflags(write=False)
    return predicted, confidence
