"""Updates: decay, clipping, the schedule, and how far a step goes."""

import numpy as np
import pytest

from engine import Trainer
from engine.catalogue.optimizers import OPTIMIZERS
from engine.numerics.norms import norm
from tests.support.training import _after_a_step, small


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_update_ratio_is_that_of_the_next_step(name: str) -> None:
    """With decay, clipping, warm-up and memory, on every layer, to the last digits."""
    trainer = Trainer(
        small(optimizer=name, weight_decay=0.01, clip_value=0.01, clip_norm=0.05, warmup=7)
    )
    for _ in range(4):
        before = [weight.copy() for weight in trainer.state.parameters.weights]
        predicted = trainer.trace.update_ratio
        trainer.step()
        pairs = zip(trainer.state.parameters.weights, before, strict=True)
        moved = [norm(now - then) / norm(then) for now, then in pairs]
        np.testing.assert_allclose(predicted, moved, rtol=1e-10)


def test_weight_decay_is_coupled_but_for_adamw() -> None:
    """Plain descent with decay subtracts eta (g + lambda W); adamw shrinks W beside adam's step."""
    bare, coupled = (Trainer(small(weight_decay=decay)) for decay in (0.0, 0.5))
    start = bare.state.parameters.flat.copy()
    difference = _after_a_step(bare) - _after_a_step(coupled)
    np.testing.assert_allclose(difference, 0.1 * 0.5 * start, atol=1e-15)
    bare, decoupled = (
        Trainer(small(optimizer="adamw", weight_decay=decay)) for decay in (0.0, 0.5)
    )
    difference = _after_a_step(bare) - _after_a_step(decoupled)
    np.testing.assert_allclose(difference, 0.1 * 0.5 * start, atol=1e-15)


def test_a_large_network_is_updated_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pieces cut through layers, and change no bit."""
    experiment = small(optimizer="adam", clip_value=0.01, weight_decay=0.1)
    whole = Trainer(experiment)
    monkeypatch.setattr("engine.training.updates.PIECE", 37)
    pieces = Trainer(experiment)
    for _ in range(3):
        whole.step()
        pieces.step()
    assert (whole.state.parameters.flat == pieces.state.parameters.flat).all()
    np.testing.assert_allclose(whole.trace.update_ratio, pieces.trace.update_ratio, rtol=1e-13)


def test_the_schedule_is_followed() -> None:
    """Once a cosine has ended, nothing moves any more."""
    trainer = Trainer(small(schedule="cosine", schedule_steps=3, learning_rate=0.1))
    rates = [trainer.trace.learning_rate, *(trainer.step().learning_rate for _ in range(3))]
    assert rates == pytest.approx([0.1, 0.075, 0.025, 0.0])
    before = trainer.state.parameters.flat.copy()
    trainer.step()
    assert (trainer.state.parameters.flat == before).all()


def test_clipping_by_norm_and_by_value() -> None:
    """Before and after are recorded, and the step taken is that of the clipped gradient."""
    free = Trainer(small())
    gradient, start = free.state.gradients.flat.copy(), free.state.parameters.flat.copy()
    size = norm(gradient)
    assert free.trace.gradient_norm == free.trace.clipped_gradient_norm == pytest.approx(size)

    limit = size / 3
    by_norm = Trainer(small(clip_norm=limit))
    assert by_norm.trace.gradient_norm == pytest.approx(size)
    assert by_norm.trace.clipped_gradient_norm == pytest.approx(limit, rel=1e-4)
    expected = start - 0.1 * gradient * limit / (size + 1e-6)
    np.testing.assert_allclose(_after_a_step(by_norm), expected, atol=1e-16)

    bound = float(np.abs(gradient).max()) / 4
    by_value = Trainer(small(clip_value=bound))
    clipped = np.clip(gradient, -bound, bound)
    assert by_value.trace.clipped_gradient_norm == pytest.approx(norm(clipped))
    np.testing.assert_allclose(_after_a_step(by_value), start - 0.1 * clipped, atol=1e-16)

    assert Trainer(small(clip_norm=2 * size)).trace.clipped_gradient_norm == size
