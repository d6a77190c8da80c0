"""Optimisers, by hand."""

import math

import numpy as np
import pytest

from engine.catalogue.optimizers import OPTIMIZERS, Pace

BY_HAND: dict[str, tuple[float, float]] = {
    # two steps from W = 1 with gradients 0.5 and -0.25 at eta 0.1, mu 0.9
    "sgd": (1 - 0.05, 1 - 0.05 + 0.025),
    "momentum": (1 - 0.05, 1 - 0.05 - 0.1 * (0.9 * 0.5 - 0.25)),
    "nesterov": (
        1 - 0.1 * (0.5 + 0.9 * 0.5),
        1 - 0.1 * (0.5 + 0.9 * 0.5) - 0.1 * (-0.25 + 0.9 * (0.9 * 0.5 - 0.25)),
    ),
    "rmsprop": (
        1 - 0.1 * 0.5 / (math.sqrt(0.01 * 0.25) + 1e-8),
        1
        - 0.1 * 0.5 / (math.sqrt(0.01 * 0.25) + 1e-8)
        + 0.1 * 0.25 / (math.sqrt(0.99 * 0.01 * 0.25 + 0.01 * 0.0625) + 1e-8),
    ),
    "adam": (
        1 - 0.1 * 0.5 / (0.5 + 1e-8),
        1
        - 0.1 * 0.5 / (0.5 + 1e-8)
        - 0.1
        * ((0.9 * 0.1 * 0.5 - 0.1 * 0.25) / (1 - 0.81))
        / (math.sqrt((0.999 * 0.001 * 0.25 + 0.001 * 0.0625) / (1 - 0.999**2)) + 1e-8),
    ),
}
BY_HAND["adamw"] = BY_HAND["adam"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_steps_of_each_optimiser_by_hand(name: str) -> None:
    """Bias correction, eps outside the root, momentum without dampening."""
    entry = OPTIMIZERS[name]
    memory = [np.zeros(1) for _ in entry.memory]
    weight, out = np.ones(1), np.empty(1)
    for count, gradient in enumerate((0.5, -0.25), start=1):
        entry.step(Pace(0.1, 0.9, 0.0, count), np.array([gradient]), memory, out)
        weight -= out
        assert weight[0] == pytest.approx(BY_HAND[name][count - 1], rel=1e-14)
