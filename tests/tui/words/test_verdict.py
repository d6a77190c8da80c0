"""The verdict's sentences."""

from typing import Any

import numpy as np
import pytest

from engine import run, verdict
from engine.logs.logged_trace import trace_of
from engine.logs.schema import Header, LoggedStep
from tests.support.experiments import experiment_of
from tui.words.verdict import badge, verdict_texts

RELU_SKIPS = {"activation": "relu", "residual": "post_activation"}


@pytest.mark.parametrize(
    ("settings", "word", "said"),
    [
        ({}, "VANISHING", "layer 1 gets about a trillionth (8.9 × 10⁻¹³) of layer 20's gradient"),
        ({"depth": 1}, "ONE LAYER", "nothing lies between the first layer and the last"),
        ({"init": "zeros"}, "DEAD", "19 layers learn nothing: every gradient of their parameters"),
        # a few units of each still pass a gradient
        (
            {"activation": "hard_tanh", "bias_std": 1000.0, "depth": 5},
            "DEAD",
            "5 layers learn hardly anything: 98% of layer 5's units have φ' = 0",
        ),
        (
            {**RELU_SKIPS, "init": "zeros", "depth": 5},
            "DEAD",
            "the skips still carry 1.0 times layer 5's gradient to layer 1",
        ),
        (
            {**RELU_SKIPS, "init": "he_normal", "residual_scale": "rezero", "depth": 5},
            "HEALTHY",
            "every branch still closed by a learned 0, which training opens",
        ),
        (
            {"activation": "relu", "gain": 0.1, "dtype": "float32", "depth": 60},
            "VANISHING",
            "the signal falls below what float32 holds at layer",
        ),
        ({"depth": 600, "width": 16}, "VANISHING", "layer 1 gets less than "),
    ],
)
def test_a_verdict_tells_what_was_measured(settings: dict[str, Any], word: str, said: str) -> None:
    """Its badge and its longest wording; a shorter one for every width."""
    trace = run(experiment_of(**settings))
    found = verdict(trace)
    texts = verdict_texts(trace, found)
    assert badge(trace, found) == word
    assert said in texts[0]
    assert min(map(len, texts)) <= 58
    assert not [text for text in texts if text.endswith("'s") or "'s arrives" in text]


def test_a_log_that_does_not_say_why_a_gradient_is_0_is_told_no_reason() -> None:
    """It may be a dead layer as well as the number format."""
    step = LoggedStep(2, 0, 0, {}, {"output_grad_norm": np.array([0.0, 0.0, 0.4, 1.0])})
    trace = trace_of(Header(tuple("abcd")), step)
    texts = verdict_texts(trace, verdict(trace))
    assert texts[0] == "the gradient is exactly 0 at layer 2; the log does not say why"


def test_a_loss_that_overflows_by_itself_leaves_the_gradient() -> None:
    """A log of a loss that was made without care for large numbers has both."""
    arrays = {"output_grad_norm": np.array([0.5, 1.0])}
    trace = trace_of(Header(("a", "b")), LoggedStep(2, 0, 0, {"loss": np.inf}, arrays, ("loss",)))
    assert verdict_texts(trace, verdict(trace)) == ("not finite in the loss",)
