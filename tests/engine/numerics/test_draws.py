"""Draws that are kept: the same numbers, within their bytes."""

import numpy as np
import pytest

from engine.catalogue.initializers import haar_orthogonal, standard_normal
from engine.network.parameters import initial_parameters
from engine.numerics import draws
from engine.numerics.arrays import Doubles
from engine.numerics.draws import DRAWS_BYTES, Draws
from engine.numerics.random_streams import Purpose, stream
from engine.numerics.recent import Recent
from tests.support.experiments import experiment_of


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Recent[Doubles]:
    """Draws of one test alone, of few bytes."""
    own = Recent[Doubles](10 * 6 * 4 * 8, lambda draw: draw.nbytes)
    monkeypatch.setattr(draws, "_kept", own)
    return own


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("draw", [standard_normal, haar_orthogonal])
def test_a_draw_is_that_of_its_stream_and_is_made_once(draw: draws.Draw) -> None:
    """Whoever asks gets the same array, and cannot change it."""
    found = Draws(3, 1, 24).take(draw, Purpose.WEIGHT, 2, (6, 4))
    assert (found == draw(stream(3, Purpose.WEIGHT, 2), 6, 4)).all()
    assert Draws(3, 1, 1000).take(draw, Purpose.WEIGHT, 2, (6, 4)) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 1.0


@pytest.mark.usefixtures("kept")
def test_a_draw_is_another_for_whatever_it_depends_on() -> None:
    """Seed, purpose, layer, shape, kind, and the threads that round what BLAS makes."""
    first = Draws(0, 1, 24).take(standard_normal, Purpose.WEIGHT, 1, (6, 4))
    others = (
        Draws(1, 1, 24).take(standard_normal, Purpose.WEIGHT, 1, (6, 4)),
        Draws(0, 2, 24).take(standard_normal, Purpose.WEIGHT, 1, (6, 4)),
        Draws(0, 1, 24).take(standard_normal, Purpose.BIAS, 1, (6, 4)),
        Draws(0, 1, 24).take(standard_normal, Purpose.WEIGHT, 2, (6, 4)),
        Draws(0, 1, 24).take(standard_normal, Purpose.WEIGHT, 1, (4, 6)),
        Draws(0, 1, 24).take(haar_orthogonal, Purpose.WEIGHT, 1, (6, 4)),
    )
    assert all(other is not first for other in others)


def test_draws_stay_within_their_bytes(kept: Recent[Doubles]) -> None:
    """The oldest goes, and a network with more than all of them keeps none."""
    small = Draws(0, 1, 24)
    first = small.take(standard_normal, Purpose.WEIGHT, 1, (6, 4))
    for layer in range(2, 12):
        small.take(standard_normal, Purpose.WEIGHT, layer, (6, 4))
    assert small.take(standard_normal, Purpose.WEIGHT, 1, (6, 4)) is not first
    large = Draws(0, 1, DRAWS_BYTES // 8 + 1)
    once = large.take(standard_normal, Purpose.WEIGHT, 20, (6, 4))
    assert large.take(standard_normal, Purpose.WEIGHT, 20, (6, 4)) is not once
    assert kept.held <= 10 * 6 * 4 * 8


def test_kept_draws_give_the_parameters_that_fresh_ones_give(kept: Recent[Doubles]) -> None:
    """After another network of the same draws."""
    experiment = experiment_of(depth=3, width=4, bias_std=0.5)
    fresh = initial_parameters(experiment).flat
    initial_parameters(experiment.with_settings(gain=2.0, activation="tanh", norm="batch"))
    assert kept.held
    assert (initial_parameters(experiment).flat == fresh).all()
    assert np.isfinite(fresh).all()
