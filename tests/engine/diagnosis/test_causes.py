"""The cause: the largest share of a Trace, confirmed by taking each family out."""

import math
from dataclasses import replace
from typing import Any

import pytest

from engine import Trace, run, verdict
from engine.catalogue.activations import ACTIVATIONS
from engine.diagnosis.causes import Confirmation, cause, opposing, per_layer, shares
from engine.diagnosis.removal import REMOVAL_SECONDS, confirm, confirmed, removals, removals_for
from engine.network.cost import expected_seconds
from tests.benchmarks.causes import survey
from tests.support.experiments import experiment_of

HE = {"activation": "relu", "init": "he_normal"}
OPPOSED: list[dict[str, Any]] = [
    {
        "activation": "elu",
        "init": "unit_normal",
        "norm": "layer",
        "norm_position": "post",
        "depth": 50,
        "width": 128,
    },
    {"activation": "hard_tanh", "init": "lsuv", "norm": "layer", "depth": 50},
    {
        "activation": "softsign",
        "init": "small_normal",
        "norm": "rms",
        "norm_position": "post",
        "depth": 10,
        "width": 32,
        "gain": 0.5,
        "bias_std": 0.5,
    },
]
"""Where norm and weights work against each other, or were taken for one."""

ODDS: dict[str, Any] = {
    "activation": "relu",
    "init": "small_normal",
    "bias_std": 1.0,
    "norm": "batch",
    "depth": 49,
    "width": 32,
    "dataset": "circle",
}


@pytest.mark.parametrize("settings", OPPOSED)
def test_the_largest_share_is_that_of_one_family(settings: dict[str, Any]) -> None:
    """The norm does not answer for the weights; the removal of what is named helps."""
    trace = run(experiment_of(**settings))
    assert verdict(trace).cause == cause(trace, 1 if trace.factors.total[1:].prod() > 1 else -1)
    assert verdict(trace).cause == "weight"
    found = confirm(trace)
    assert found.decades is not None
    assert found.cause is not None
    assert found.cause != "norm"
    assert found.confirmation is not None
    assert abs(found.confirmation.left or 0.0) <= abs(found.decades) / 2


@pytest.mark.parametrize(
    ("settings", "family"),
    [
        ({}, "activation"),
        ({"activation": "linear", "gain": 0.5}, "weight"),
        ({"activation": "tanh", "init": "unit_normal"}, "weight"),
        ({**HE, "residual": "pre_activation"}, "skip"),
    ],
)
def test_the_cause_is_what_leaves_least_when_it_is_taken_out(
    settings: dict[str, Any], family: str
) -> None:
    """Against each removal's own run."""
    trace = run(experiment_of(**settings))
    found = confirm(trace)
    assert found.cause == family
    assert found.confirmation is not None
    left = {r: verdict(run(r.experiment)).decades for r in removals(trace.ours)}
    least = min(left, key=lambda removal: abs(left[removal] or 0.0))
    assert (least.family, left[least]) == (family, found.confirmation.left)
    assert (least.setting, least.value) == (found.confirmation.setting, found.confirmation.value)


def test_no_cause_where_no_removal_halves_it() -> None:
    """Then the two that are at odds are told."""
    trace = run(experiment_of(**ODDS))
    found = confirm(trace)
    assert (found.kind, found.cause) == ("exploding", None)
    for removal in removals(trace.ours):
        assert abs(verdict(run(removal.experiment)).decades or 0) > (found.decades or 0) / 2
    assert found.confirmation is not None
    share = shares(trace)
    pair = (("norm", share["norm"]), ("weight", share["weight"]))
    assert found.confirmation.opposing == pair == opposing(trace, 1.0)
    assert opposing(run(experiment_of(**HE, residual="pre_activation")), 1.0) is None


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_only_what_is_there_is_taken_out(name: str) -> None:
    """Each removal is another network, and differs in what takes its family out."""
    experiment = experiment_of(activation=name, residual="pre_activation", gain=2.0)
    found = removals(experiment)
    assert ("activation" in {r.family for r in found}) == (name != "linear")
    assert {r.family for r in found} >= {"weight", "skip"}
    for removal in found:
        assert removal.experiment != experiment
        assert removal.experiment.settings()[removal.setting] == removal.value
        assert removal.family != "weight" or removal.experiment.network.gain == 1


def test_the_budget_is_for_all_removals_or_none() -> None:
    """Beyond it, and after training, the shares decide."""
    large = experiment_of(
        depth=60, width=128, residual="post_activation", residual_scale="sqrt_two"
    )
    assert len(removals(large)) == 7
    assert sum(expected_seconds(r.experiment) for r in removals(large)) <= REMOVAL_SECONDS
    assert removals(experiment_of(depth=200, width=512)) == ()
    trained = run(experiment_of(), steps=2)
    assert removals_for(trained) == ()
    assert confirm(trained) == replace(
        verdict(trained), confirmation=Confirmation(untried="trained")
    )


def test_a_removal_that_cannot_be_run_or_dies_is_none() -> None:
    """The others decide."""
    trace = run(experiment_of())
    linear, tanh, *_ = removals(trace.ours)
    dead = run(experiment_of(init="zeros"))
    found = confirmed(trace, [(linear, dead), (tanh, run(tanh.experiment))])
    assert found.confirmation is not None
    assert found.confirmation.value == "tanh"
    assert confirmed(trace, []) == replace(
        verdict(trace), confirmation=Confirmation(untried="too_large")
    )
    assert confirmed(trace, [(linear, dead)]).cause is None


def test_a_dead_or_healthy_network_has_no_cause() -> None:
    """Nothing to take apart, nothing to explain."""
    for settings in ({"init": "zeros"}, HE):
        trace = run(experiment_of(**settings))
        assert verdict(trace).cause is None
        assert removals_for(trace) == ()
    assert cause(run(experiment_of(init="zeros")), -1.0) is None


def test_a_family_s_factor_of_one_step() -> None:
    """The geometric mean: its power is the share."""
    trace: Trace = run(experiment_of(activation="tanh", gain=0.5))
    for family, share in shares(trace).items():
        if family != "skip":
            assert 19 * math.log10(per_layer(trace, family)) == pytest.approx(share)
    skips = run(experiment_of(**HE, residual="pre_activation"))
    assert 19 * math.log10(per_layer(skips, "skip")) == pytest.approx(shares(skips)["skip"])


@pytest.mark.heavy
def test_the_named_cause_is_one() -> None:
    """Taken out, it halves the decades, or none is named: at least 93 of 100, few of them null."""
    counts = survey(250, seed=0)
    assert counts["right or null"] >= 0.93 * 250
    assert counts["right"] >= counts["the best choice"] - 0.02 * 250
