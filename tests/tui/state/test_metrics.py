"""Metrics."""

from engine import run
from tests.support.experiments import experiment_of
from tui.state.metrics import is_flat_by_cancelling


def test_a_flat_weight_gradient_is_told_from_a_healthy_one() -> None:
    """relu with zero biases: delta and h cancel, whatever the scale of the weights."""
    assert is_flat_by_cancelling(run(experiment_of(activation="relu", init="xavier_normal")))
    assert not is_flat_by_cancelling(run(experiment_of(activation="relu", init="he_normal")))
    assert not is_flat_by_cancelling(run(experiment_of()))
