"""Linear probes of each layer."""

import numpy as np
import pytest

from engine import Trainer
from engine.data.datasets import Part, Split
from engine.measure.probes import probe
from tests.support.experiments import experiment_of
from tests.support.training import asked

PLANE = {"dataset": "gauss", "activation": "tanh", "depth": 2, "width": 8}


def test_a_probe_finds_what_is_linear_and_nothing_in_what_is_constant() -> None:
    """Two clouds can be told apart from the input; zero weights leave only chance."""
    found = probe(*asked(Trainer(experiment_of(**PLANE))))
    assert found.accuracy.shape == (3,)
    assert found.accuracy[0] > 0.95
    blank = probe(*asked(Trainer(experiment_of(**PLANE, init="zeros"))))
    assert blank.accuracy[0] == found.accuracy[0]
    assert blank.accuracy[1] == blank.accuracy[2] == pytest.approx(blank.chance, abs=0.1)
    assert blank.chance == 0.5


def test_chance_is_one_over_k_and_of_unequal_classes_the_share_of_the_commonest() -> None:
    """Whatever the draw of the test set happens to hold."""
    trainer = Trainer(experiment_of(**PLANE))
    state, split, step = asked(trainer)
    for classes, shares in ((2, [0.5, 0.5]), (2, [0.75, 0.25]), (4, [0.25] * 4)):
        labels = np.repeat(np.arange(classes), [round(400 * share) for share in shares])
        part = Part(np.resize(split.train.x, (400, 2)), labels, classes)
        uneven = Split(
            part.take(np.arange(390)), part.take(np.arange(390, 400)), split.mean, split.scale
        )
        assert probe(state, uneven, step).chance == max(shares)


def test_a_probe_sees_features_being_learned() -> None:
    """xor is not linear in the input; the hidden layers of a trained net make it so."""
    trainer = Trainer(experiment_of(**{**PLANE, "dataset": "xor"}, learning_rate=0.5))
    trainer.advance(600)
    found = probe(*asked(trainer))
    assert found.accuracy[0] < 0.65
    assert found.accuracy[2] > 0.95


@pytest.mark.heavy
def test_a_probe_of_values_that_are_not_finite_is_chance() -> None:
    """Units that overflow tell nothing."""
    found = probe(
        *asked(Trainer(experiment_of(init="unit_normal", activation="linear", depth=500)))
    )
    assert found.accuracy[1] > 0.8
    assert found.accuracy[-1] == pytest.approx(found.chance, abs=0.05)
