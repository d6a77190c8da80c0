"""Folklore, set right with numbers."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from engine import run, verdict
from engine.catalogue.initializers import INITIALIZERS
from engine.diagnosis.folklore import FOLKLORE, folklore
from engine.theory.signals import Law
from tests.support.experiments import experiment_of
from tui.words.folklore import REMARKS

HE = {"activation": "relu", "init": "he_normal"}


# what each piece of folklore says of a network that bears it out
BORNE_OUT: dict[str, tuple[dict[str, Any], Callable[[dict[str, float]], bool]]] = {
    "bound_power": (
        {"width": 256},
        lambda n: (
            abs(n["folklore"] - 19 * math.log10(0.25)) < 1e-9 and abs(n["per_layer"] - 0.236) < 0.01
        ),
    ),
    "flat_weight_gradients": (
        {"activation": "relu", "width": 256},
        lambda n: n["range"] < 0.5 and abs(n["delta"] + 18 * math.log10(2) / 2) < 0.3,
    ),
    "norm_explodes": (
        {**HE, "norm": "batch", "width": 256},
        lambda n: abs(n["per_layer"] ** 2 - 1.4797) < 0.05,
    ),
    "block_growth": (
        {**HE, "residual": "post_activation", "depth": 50, "width": 256},
        lambda n: abs(n["measured"] - 2.90) < 0.15 and n["naive"] == pytest.approx(2.0),
    ),
    "skips_explode": (
        {**HE, "residual": "pre_activation", "width": 256},
        lambda n: abs(n["gradient"] - 19 * math.log10(2) / 2) < 0.3,
    ),
    "critical_weights": ({}, lambda n: abs(n["least"] - 103.0) < 0.1 and n["now"] == 1.0),
}


@pytest.mark.parametrize("code", FOLKLORE)
def test_folklore_is_set_right_with_numbers(code: str) -> None:
    """Each entry speaks of the network that it is about, and the words hold its numbers."""
    settings, holds = BORNE_OUT[code]
    trace = run(experiment_of(**settings))
    numbers = {remark.code: remark.numbers for remark in folklore(trace)}
    assert code in numbers
    assert holds(numbers[code])
    assert REMARKS[code](numbers[code])


def test_folklore_is_silent_about_a_network_that_is_well() -> None:
    """relu and he, with norm and skips."""
    assert folklore(run(experiment_of(**HE, norm="layer", residual="pre_activation"))) == ()


def test_inits_by_fan_in_are_far_from_sigmoid_s_edge_of_chaos() -> None:
    """What is said beside: at most 2. N(0, 1) is none of them, and keeps sigmoid's gradients."""
    for name, initializer in INITIALIZERS.items():
        if initializer.needs_critical_point or name in ("unit_normal", "small_normal", "zeros"):
            continue
        assert Law(experiment_of(init=name)).weight_variance(2, 1.0) < 2.0 + 1e-9
    found = verdict(run(experiment_of(init="unit_normal", width=128)))
    assert found.kind == "healthy"


@pytest.mark.parametrize("activation", ["relu", "softplus", "gelu"])
def test_what_is_said_of_batch_norm_is_what_was_measured(activation: str) -> None:
    """One number: the folklore's factor is the verdict's, also where theory is silent."""
    trace = run(experiment_of(activation=activation, norm="batch", depth=60))
    numbers = {remark.code: remark.numbers for remark in folklore(trace)}["norm_explodes"]
    assert numbers["per_layer"] == pytest.approx(verdict(trace).factor_per_layer, rel=1e-12)
