"""Sentences about what makes a gradient vanish or explode: only what was measured."""

from dataclasses import replace
from typing import Any

import pytest

from engine import run, verdict
from engine.diagnosis.removal import confirm, confirmed
from tests.support.experiments import experiment_of
from tui.words.causes import NOTHING_TO_BLAME, cause_texts

HE = {"activation": "relu", "init": "he_normal"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {},
            "of φ': ×0.235 on average (sigmoid' ≤ 0.25); with linear instead, layer 1 ",
        ),
        (
            {"activation": "tanh", "init": "small_normal"},
            "of W: ×0.0790 on average (small_normal)",
        ),
        ({"activation": "tanh", "gain": 0.5}, "on average (xavier_normal, gain 0.5); with "),
        ({**HE, "residual": "pre_activation"}, "on average, the branch adds to what it carries"),
        (
            {
                "activation": "tanh",
                "init": "small_normal",
                "residual": "post_activation",
                "residual_scale": "sqrt_two",
                "depth": 30,
            },
            "of the skip: ×0.709 on average, 1/sqrt 2 on the skip, ×1.00 by adding the branch",
        ),
        (
            {"residual": "post_activation", "residual_scale": "sqrt_two", "depth": 50},
            "of the skip: ×0.722 on average, 1/sqrt 2 on the skip, ×1.02 by adding the branch",
        ),
    ],
)
def test_a_confirmed_cause_is_told_with_what_is_left_without_it(
    settings: dict[str, Any], said: str
) -> None:
    """And with its own factor; the shorter wordings tell the same."""
    trace = run(experiment_of(**settings))
    texts = cause_texts(trace, confirm(trace))
    assert said in texts[0]
    assert (texts[0], texts[-1]) == (max(texts, key=len), min(texts, key=len))
    assert all(text.startswith(texts[-1]) for text in texts)


@pytest.mark.heavy
def test_a_bound_is_no_reason_where_units_are_saturated() -> None:
    """Nor is the init that of weights that were trained."""
    trace = run(experiment_of(optimizer="adam", depth=8), steps=100)
    text = cause_texts(trace, verdict(trace))[0]
    assert text.endswith("99% of it saturated")
    assert "≤" not in text
    said = "mostly of φ', by the factors' shares (a trained network is not taken apart): "
    assert cause_texts(trace, confirm(trace))[0].startswith(said)


def test_before_anything_was_taken_out_no_share_is_told() -> None:
    """Only which factor it seems to be; a network that is too large says that it is."""
    trace = run(experiment_of())
    assert cause_texts(trace, verdict(trace)) == ("of φ' (sigmoid' ≤ 0.25)", "of φ'")
    large = cause_texts(trace, confirmed(trace, ()))
    assert "too large to try without it" in large[0]
    assert large[-1] == "mostly of φ'"


def test_a_factor_that_does_not_explain_the_verdict_is_not_told() -> None:
    """W shrinks nothing here, whatever a removal may have shown of it."""
    trace = run(experiment_of())
    blamed = replace(verdict(trace), cause="weight")
    assert cause_texts(trace, blamed) == ("of W",)
    lost = run(experiment_of(depth=1000, width=8))
    assert cause_texts(lost, confirm(lost)) == (NOTHING_TO_BLAME,)


def test_a_trained_network_s_weights_are_not_those_of_its_init() -> None:
    """It began flat, and training made them large."""
    trace = run(experiment_of(**HE, depth=10, learning_rate=3.0), steps=2)
    found = verdict(trace)
    assert found.kind == "exploding"
    assert found.cause == "weight"
    assert "he_normal" not in cause_texts(trace, found)[0]


def test_where_no_factor_is_the_cause_the_two_at_odds_are_told() -> None:
    """The one that grows it, and the one that takes most of it back."""
    odds = {"init": "small_normal", "bias_std": 1.0, "norm": "batch", "dataset": "circle"}
    trace = run(experiment_of(activation="relu", depth=49, width=32, **odds))
    text, short = cause_texts(trace, confirm(trace))
    assert short == "of no factor alone"
    assert text.startswith(f"{short}: the norm grows it by ")
    assert ", W takes " in text
