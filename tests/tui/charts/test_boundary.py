"""The decision boundary and its samples."""

from tests.support.app_training import SMALL
from tests.support.experiments import experiment_of
from tui.charts.boundary import sample_places


def test_samples_lie_where_their_numbers_say() -> None:
    """On the pixels of the plane."""
    from engine import Trainer
    from engine.measure.evaluation import predict_grid

    trainer = Trainer(experiment_of(**{**SMALL, "dataset": "gauss"}))
    grid = predict_grid(trainer.state, trainer.split, 0, 20, 20)
    places = sample_places(grid, trainer.split.test)
    assert len(places) > 20
    for (row, column), label in places.items():
        # the clouds are at (-1, -1) and (1, 1)
        if label:
            assert column - row > -12
        else:
            assert column - row < 12
