"""Schedules of the learning rate."""

import math

import pytest

from engine.experiment.sections import Training
from engine.training.updates import learning_rate_at


def test_warm_up_rises_to_the_rate_and_cosine_falls_to_0() -> None:
    """(step + 1) / warmup, then half a cosine until schedule_steps, then nothing."""
    training = Training(learning_rate=2.0, schedule="cosine", schedule_steps=110, warmup=10)
    rates = [learning_rate_at(step, training) for step in (0, 4, 9, 10, 35, 60, 110, 999)]
    quarter = 1 + math.sqrt(0.5)
    assert rates == pytest.approx([0.2, 1.0, 2.0, 2.0, quarter, 1.0, 0.0, 0.0])
    constant = Training(learning_rate=2.0, warmup=4)
    assert [learning_rate_at(step, constant) for step in (0, 3, 4, 10**6)] == [0.5, 2, 2, 2]
