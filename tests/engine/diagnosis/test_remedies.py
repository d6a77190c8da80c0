"""Remedies that were tried, each by its own run."""

from typing import Any

import pytest

from engine import run, verdict
from engine.diagnosis.remedies import candidates, ranked, remedies, trials
from engine.network.cost import expected_seconds
from tests.support.experiments import experiment_of

HE = {"activation": "relu", "init": "he_normal"}
FOREVER = 60.0


def _tried(**settings: Any) -> dict[tuple[str, Any], Any]:
    trace = run(experiment_of(**settings))
    return {
        (remedy.candidate.setting, remedy.candidate.value): remedy.verdict
        for remedy in remedies(trace, FOREVER)
    }


@pytest.mark.heavy
def test_remedies_are_those_that_were_seen_to_help() -> None:
    """Each one's verdict is that of its own run, and better."""
    trace = run(experiment_of())
    before = verdict(trace)
    found = remedies(trace, FOREVER)
    assert found[0].verdict.kind == "healthy"
    for remedy in found:
        assert remedy.verdict == verdict(run(remedy.candidate.experiment))
        assert remedy.verdict.kind == "healthy" or (
            abs(remedy.verdict.decades or 0) < abs(before.decades or 0) / 2
        )


@pytest.mark.heavy
def test_batch_norm_alone_is_not_recommended_to_a_deep_relu_net() -> None:
    """It explodes by itself; that is found out, not known."""
    settings = {"activation": "relu", "depth": 100}
    assert run(experiment_of(**settings, norm="batch")).delta_rms[0] > 1e3
    tried = _tried(**settings)
    assert ("norm", "batch") not in tried
    assert ("init", "he_normal") in tried


def test_a_healthy_or_trained_network_gets_no_advice() -> None:
    """There is nothing to repair, or nothing to compare with."""
    assert remedies(run(experiment_of(**HE)), FOREVER) == ()
    assert remedies(run(experiment_of(), steps=1), FOREVER) == ()


def test_candidates_change_one_thing_and_make_sense() -> None:
    """Leftovers of what is switched off may go with it."""
    experiment = experiment_of(**HE, residual="post_activation", residual_scale="sqrt_two")
    for candidate in candidates(experiment):
        changed = {
            name
            for name, value in candidate.experiment.settings().items()
            if value != experiment.settings()[name]
        }
        assert candidate.setting in changed
        assert changed <= {candidate.setting, "residual_scale", "norm_position", "gain", "bias_std"}


def test_trials_stop_when_the_time_is_over() -> None:
    """By what they are expected to take: the same question has the same answer."""
    cost = expected_seconds(experiment_of(depth=3))
    assert 2 <= len(list(trials(experiment_of(depth=3), 4 * cost))) <= 5
    assert not list(trials(experiment_of(depth=1000, width=1024), 0.5))


@pytest.mark.heavy
def test_the_best_remedy_comes_first() -> None:
    """Healthy before merely better, then by what is left."""
    trace = run(experiment_of(activation="tanh", init="unit_normal", depth=50))
    found = remedies(trace, FOREVER)
    kinds = [remedy.verdict.kind for remedy in found]
    assert kinds == sorted(kinds, key=lambda kind: kind != "healthy")
    assert ranked(verdict(trace), list(found)) == found
