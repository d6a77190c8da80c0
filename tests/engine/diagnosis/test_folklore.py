"""Folklore, set right with numbers."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from engine import run
from engine.diagnosis.folklore import FOLKLORE, folklore
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
        lambda n: abs(n["rate"] - 1.4797) < 1e-3,
    ),
    "block_growth": (
        {**HE, "residual": "post_activation", "depth": 50, "width": 256},
        lambda n: abs(n["measured"] - 2.90) < 0.15 and n["naive"] == pytest.approx(2.0),
    ),
    "skips_explode": (
        {**HE, "residual": "pre_activation", "width": 256},
        lambda n: abs(n["gradient"] - 19 * math.log10(2) / 2) < 0.3,
    ),
    "critical_out_of_reach": ({}, lambda n: abs(n["least"] - 103.0) < 0.1 and n["now"] == 1.0),
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
