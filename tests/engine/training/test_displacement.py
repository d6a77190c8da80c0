"""How far the weights are from their start, and how gradients turn."""

import numpy as np
import pytest

from engine import Trainer, run
from tests.support.training import small


def test_displacement_and_cosine_by_hand() -> None:
    """Against the weights at step 0, and the gradient one pass before."""
    trainer = Trainer(small())
    weights, gradients = trainer.state.parameters.weights, trainer.state.gradients.weights
    start = [weight.copy() for weight in weights]
    assert (trainer.trace.displacement == 0).all()
    assert np.isnan(trainer.trace.gradient_cosine).all()
    trainer.advance(3)
    before = [gradient.copy() for gradient in gradients]
    trace = trainer.step()
    for i in range(4):
        moved = np.linalg.norm(weights[i] - start[i]) / np.linalg.norm(start[i])
        assert trace.displacement[i] == pytest.approx(moved, rel=1e-12)
        a, b = before[i].ravel(), gradients[i].ravel()
        angle = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
        assert trace.gradient_cosine[i] == pytest.approx(angle, rel=1e-10)


def test_zeros_have_no_displacement() -> None:
    """A ratio to 0 is nan; the gradients are 0 too."""
    trace = run(small(init="zeros"), 2)
    assert np.isnan(trace.displacement).all()
    assert np.isnan(trace.update_ratio).all()
    assert np.isnan(trace.gradient_cosine).all()
