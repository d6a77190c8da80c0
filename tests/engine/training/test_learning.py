"""Who learns and who stands still: real runs, the median of five seeds.

All at a constant rate, batch 128, 1000 steps in float64; on digits by plain sgd, each at the
learning rate that was best of 0.01, 0.03, 0.1, 1 and 10.
"""

from typing import Any

import numpy as np
import pytest

from engine import Trainer
from tests.support.experiments import experiment_of

pytestmark = pytest.mark.heavy

SEEDS = range(5)
STEPS = 1000
REMEDIES = {
    "activation": "relu",
    "init": "he_normal",
    "norm": "batch",
    "residual": "pre_activation",
}
RELU = {"activation": "relu", "init": "he_normal"}
SPIRAL = {"dataset": "spiral", "width": 16, "optimizer": "adam", "learning_rate": 0.01}


def trained(**settings: Any) -> list[Trainer]:
    """A trainer for each seed, after its steps or where it diverged."""
    trainers = [Trainer(experiment_of(**settings, seed=seed)) for seed in SEEDS]
    for trainer in trainers:
        trainer.advance(STEPS)
        trainer.evaluate()
    return trainers


def median_accuracy(trainers: list[Trainer]) -> float:
    """On the test set; nothing for a run that diverged."""
    return float(np.median([trainer.trace.test_accuracy or 0.0 for trainer in trainers]))


def test_a_deep_sigmoid_network_stands_still() -> None:
    """Below 20 % on digits, its first layer displaced by less than 1e-6 of itself."""
    trainers = trained(depth=20, width=64, learning_rate=10.0)
    assert median_accuracy(trainers) < 0.2
    assert np.median([trainer.trace.displacement[0] for trainer in trainers]) < 1e-6
    # the last layer does move: it is the gradient that is missing, not the steps
    assert np.median([trainer.trace.displacement[-1] for trainer in trainers]) > 1e-2


def test_relu_and_he_learn_at_the_same_depth() -> None:
    """90 % on digits at depth 20."""
    assert median_accuracy(trained(**RELU, depth=20, width=64, learning_rate=0.03)) >= 0.9


def test_all_remedies_learn_at_depth_50() -> None:
    """94 % on digits."""
    assert median_accuracy(trained(**REMEDIES, depth=50, width=64, learning_rate=0.1)) >= 0.94


@pytest.mark.parametrize(
    ("settings", "low", "high"),
    [
        ({**RELU, "depth": 1}, 0.45, 0.7),
        ({**RELU, "depth": 3}, 0.95, 1.0),
        ({"depth": 20}, 0.45, 0.55),
        ({**RELU, "depth": 50}, 0.45, 0.55),
        ({**REMEDIES, "depth": 6}, 0.9, 1.0),
        ({**REMEDIES, "depth": 20}, 0.9, 1.0),
        ({**REMEDIES, "depth": 50}, 0.9, 1.0),
    ],
)
def test_depth_is_an_advantage_on_the_spiral_as_long_as_it_can_learn(
    settings: dict[str, Any], low: float, high: float
) -> None:
    """Two turns at width 16, by Adam at one rate: one layer is too few, fifty plain too many."""
    assert low <= median_accuracy(trained(**SPIRAL, **settings)) <= high


def steps_to(accuracy: float, within: int, **settings: Any) -> float:
    """The median over the seeds of the steps to a test accuracy, looked up every tenth step."""
    return float(np.median([_steps_to(accuracy, within, seed, settings) for seed in SEEDS]))


def _steps_to(accuracy: float, within: int, seed: int, settings: dict[str, Any]) -> float:
    trainer = Trainer(experiment_of(**settings, seed=seed))
    while trainer.step_number < within:
        trainer.advance(10)
        if (trainer.evaluate().test_accuracy or 0.0) >= accuracy:
            return trainer.step_number
        if trainer.diverged:
            break
    return np.inf


def test_the_remedies_make_the_steps_to_90_percent_independent_of_depth() -> None:
    """On digits; without them depth costs ever more steps, and sigmoid ends at depth 10."""
    remedied = [
        steps_to(0.9, 200, **REMEDIES, depth=depth, learning_rate=0.1) for depth in (3, 10, 30, 50)
    ]
    assert max(remedied) <= 100
    plain = [
        steps_to(0.9, within, **RELU, depth=depth, learning_rate=rate)
        for depth, rate, within in ((3, 1.0, 200), (10, 0.1, 200), (30, 0.03, 1000))
    ]
    assert plain[0] <= 40 < 70 <= plain[1] <= 130 < 400 <= plain[2]
    assert steps_to(0.9, 400, depth=3, learning_rate=1.0) <= 300
    assert steps_to(0.9, 400, depth=10, learning_rate=1.0) == np.inf
