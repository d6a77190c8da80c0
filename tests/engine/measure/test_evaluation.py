"""The answers of a network on a grid and on samples."""

import numpy as np
import pytest

from engine import Trainer
from engine.measure.evaluation import predict_grid, predict_samples
from tests.support.experiments import experiment_of
from tests.support.training import asked

PLANE = {"dataset": "gauss", "activation": "tanh", "depth": 2, "width": 8}


def test_a_grid_shows_the_boundary_between_two_clouds() -> None:
    """Class 1 lies at the top right; row 0 is the top, and the edges enclose the data."""
    trainer = Trainer(experiment_of(**PLANE))
    trainer.advance(100)
    grid = predict_grid(*asked(trainer), 12, 20)
    assert grid.step == 100
    assert grid.predicted.shape == grid.confidence.shape == (12, 20)
    assert grid.predicted[0, -1] == 1
    assert grid.predicted[-1, 0] == 0
    x = trainer.split.train.x
    assert grid.left < x[:, 0].min() < x[:, 0].max() < grid.right
    assert grid.bottom < x[:, 1].min() < x[:, 1].max() < grid.top
    assert (grid.confidence >= 0.5).all()
    # far inside a cloud the network is surer than at the boundary
    assert grid.confidence[0, -1] > grid.confidence.min() + 0.2


def test_a_grid_cell_is_the_answer_at_its_centre() -> None:
    """Of the same network, asked directly."""
    trainer = Trainer(experiment_of(**PLANE))
    grid = predict_grid(*asked(trainer), 5, 4)
    x = grid.left + (grid.right - grid.left) * 3.5 / 4
    y = grid.top - (grid.top - grid.bottom) * 1.5 / 5
    output = trainer.outputs(np.array([[x, y]]))[0]
    assert grid.predicted[1, 3] == output.argmax()
    assert grid.confidence[1, 3] == pytest.approx(1 / np.exp(output - output.max()).sum())


def test_a_grid_takes_two_features() -> None:
    """Digits have 64."""
    with pytest.raises(ValueError, match="2 features, not 64"):
        predict_grid(*asked(Trainer(experiment_of(depth=1))), 2, 2)


def test_samples_come_with_the_digits_as_they_were_drawn() -> None:
    """Whole grey levels from 0 to 16, labels and the network's answers."""
    trainer = Trainer(experiment_of(depth=2, activation="tanh"))
    trainer.advance(150)
    seen = predict_samples(*asked(trainer), 40)
    assert seen.x.shape == (40, 64)
    np.testing.assert_allclose(seen.x, seen.x.round(), atol=1e-9)
    assert seen.x.min() > -0.5
    assert seen.x.max() == pytest.approx(16)
    assert (seen.labels == trainer.split.test.labels[:40]).all()
    assert np.mean(seen.predicted == seen.labels) > 0.7
    assert not seen.predicted.flags.writeable
