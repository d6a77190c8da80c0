"""Runs that can be had again: replays, snapshots, rewinding."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from engine import Trainer, replay
from tests.support.training import _after_a_step, assert_same, changed, small

VARIANTS: list[dict[str, Any]] = [
    {},
    {"optimizer": "adam", "clip_norm": 0.5, "norm": "batch", "residual": "pre_activation"},
    {"optimizer": "nesterov", "clip_value": 0.01, "schedule": "cosine", "dtype": "float32"},
    {"optimizer": "rmsprop", "init": "lsuv", "learning_rate": 0.001, "norm": "layer"},
]


@pytest.mark.parametrize("settings", VARIANTS)
def test_unmeasured_steps_are_the_same_steps(settings: dict[str, Any]) -> None:
    """Nine single steps, and nine of which the last alone is measured."""
    single, together = Trainer(small(**settings)), Trainer(small(**settings))
    for _ in range(9):
        single.step()
    together.advance(9)
    assert together.step_number == 9
    assert_same(single.trace, together.trace)
    assert (single.state.parameters.flat == together.state.parameters.flat).all()
    assert_same(single.evaluate(), together.evaluate())
    assert_same(single.step(), together.step())


@pytest.mark.parametrize("settings", VARIANTS)
def test_a_run_can_be_had_again(settings: dict[str, Any]) -> None:
    """With its changes, optimiser and loss among them, from the value alone."""
    trainer = Trainer(small(**settings))
    trainer.advance(3)
    changed(trainer, learning_rate=0.02)
    changed(trainer, learning_rate=0.03)
    trainer.step()
    changed(trainer, optimizer="momentum", clip_norm=0.3)
    trainer.advance(4)
    changed(trainer, loss="mse")
    changed(trainer, optimizer="adam", learning_rate=0.001)
    changed(trainer, optimizer="momentum", learning_rate=0.04)
    trainer.advance(2)
    assert [change.step for change in trainer.run.changes] == [3, 4, 8, 8, 8]
    again = replay(trainer.run)
    assert again.run == trainer.run
    assert hash(again.run) == hash(trainer.run)
    assert_same(again.trace, trainer.trace)
    assert (again.state.parameters.flat == trainer.state.parameters.flat).all()
    assert_same(again.step(), trainer.step())


def test_changing_the_rate_changes_no_weight_and_no_draw() -> None:
    """The pass stays, the next step is another; the optimiser keeps its memory."""
    trainer, other = (Trainer(small(optimizer="momentum")) for _ in range(2))
    trainer.advance(5)
    other.advance(5)
    before = trainer.trace
    changed(trainer, learning_rate=0.2)
    assert trainer.trace.loss == before.loss
    np.testing.assert_allclose(trainer.trace.update_ratio, 2 * before.update_ratio, rtol=1e-12)
    np.testing.assert_array_equal(trainer.trace.gradient_cosine, before.gradient_cosine)
    start = trainer.state.parameters.flat.copy()
    np.testing.assert_allclose(
        _after_a_step(trainer) - start, 2 * (_after_a_step(other) - start), atol=1e-15
    )


@pytest.mark.parametrize("settings", VARIANTS)
def test_a_snapshot_brings_the_trained_state_back(settings: dict[str, Any]) -> None:
    """In the same trainer and in a new one; what follows is the same to the bit."""
    trainer = Trainer(small(**settings))
    at_start = trainer.snapshot()
    trainer.advance(5)
    changed(trainer, learning_rate=0.01)
    snapshot = trainer.snapshot()
    trainer.advance(3)
    after = trainer.trace
    for mine in (trainer, Trainer(small(**settings))):
        mine.restore(snapshot)
        assert_same(mine.trace, snapshot.trace)
        assert mine.run == snapshot.run
        assert_same(mine.advance(3), after)
        mine.restore(at_start)
        assert_same(mine.step(), Trainer(small(**settings)).step())


def test_a_snapshot_of_another_network_is_refused() -> None:
    """Rather than half restored."""
    snapshot = Trainer(small()).snapshot()
    with pytest.raises(ValueError, match="another network"):
        Trainer(small(activation="relu")).restore(snapshot)


@pytest.mark.parametrize("settings", VARIANTS)
def test_rewinding_draws_nothing(settings: dict[str, Any]) -> None:
    """Step 0 again, the same weights, and the same steps from there."""
    trainer = Trainer(small(**settings))
    start, first = trainer.state.parameters.flat.copy(), trainer.trace
    trainer.advance(5)
    later = trainer.trace
    assert_same(trainer.rewind(), first)
    assert (trainer.state.parameters.flat == start).all()
    assert trainer.run.step == 0
    assert_same(trainer.advance(5), later)
    faster = dataclasses.replace(trainer.experiment.training, learning_rate=0.5)
    assert trainer.rewind(faster).ours.training == faster
