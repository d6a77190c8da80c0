"""Training that diverges, or that does not fit."""

import dataclasses
import math

import pytest

from engine import Divergence, SettingError, Trainer, replay, run
from tests.support.experiments import experiment_of
from tests.support.training import assert_same, changed, small

RUNAWAY = {"activation": "relu", "init": "he_normal", "learning_rate": 10.0, "depth": 5}


def test_divergence_ends_the_training_and_keeps_the_last_finite_pass() -> None:
    """Step by step, or many at once: the same step, layer and Trace."""
    single, together = Trainer(experiment_of(**RUNAWAY)), Trainer(experiment_of(**RUNAWAY))
    while single.diverged is None:
        last = single.trace
        single.step()
        assert single.step_number < 100
    end = single.diverged
    assert 1 < end.step == single.step_number == last.step + 1
    assert end.layer is not None
    assert math.isfinite(single.trace.loss)
    assert_same(dataclasses.replace(single.trace, divergence=None), last)
    together.advance(100)
    assert together.diverged == end
    assert_same(together.trace, single.trace)
    for trainer in (single, together):
        assert trainer.nonfinite is not None
        assert trainer.nonfinite.step == end.step
        assert trainer.nonfinite.first_nonfinite_layer == end.layer
    assert_same(run(experiment_of(**RUNAWAY), 1000), single.trace)
    assert replay(single.run).diverged == end

    for move in (single.step, lambda: changed(single, learning_rate=0.1)):
        with pytest.raises(ValueError, match="diverged at step"):
            move()
    end_of_it = single.snapshot()
    assert single.rewind().divergence is None
    assert single.nonfinite is None
    together.restore(end_of_it)
    assert together.diverged == end
    assert together.nonfinite is None
    assert single.step().step == 1


@pytest.mark.heavy
def test_a_network_that_overflows_from_the_start_has_diverged_at_step_0() -> None:
    """Its Trace is the pass that overflowed: there is none before."""
    trainer = Trainer(experiment_of(init="unit_normal", activation="linear", depth=500))
    assert trainer.diverged == Divergence(0, trainer.trace.first_nonfinite_layer)
    assert trainer.diverged.layer is not None


def test_training_that_does_not_fit_is_refused_before_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first step needs more than the pass: first weights, last gradient, adam's memory."""
    from engine.network.cost import required_bytes

    experiment = small(optimizer="adam")
    needed = required_bytes(experiment) / 0.8 * 1.01
    monkeypatch.setattr("engine.network.cost.available_bytes", lambda: needed)
    trainer = Trainer(experiment)
    with pytest.raises(SettingError):
        trainer.step()
