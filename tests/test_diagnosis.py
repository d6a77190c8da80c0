"""The diagnosis: exact shares, named layers, formats, folklore, and remedies that were tried."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import Experiment, Trace, run, verdict
from engine.diagnosis.causes import shares
from engine.diagnosis.depth_scale import depth_scale
from engine.diagnosis.diagnosis import diagnose, stretches
from engine.diagnosis.folklore import FOLKLORE, folklore
from engine.diagnosis.format_limits import limits
from engine.diagnosis.remedies import candidates, ranked, remedies, trials
from engine.diagnosis.theory_gap import gap
from engine.network.cost import expected_seconds
from engine.numerics.formats import NUMBER_FORMATS, underflow_norm
from tests.support import experiment_of
from tui.state.ways import keys_to
from tui.style.glyphs import ASCII, BLOCKS
from tui.views.doctor_report import Report, examine
from tui.views.doctor_text import to_text
from tui.words.diagnosis import findings
from tui.words.folklore import REMARKS
from tui.words.remedies import remedy_text
from tui.words.theory import GAP_WORDS, SILENCE_WORDS

HE = {"activation": "relu", "init": "he_normal"}
FOREVER = 60.0


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"activation": "tanh", "norm": "batch", "residual": "pre_activation"},
        {**HE, "residual": "post_activation", "residual_scale": "sqrt_two"},
        {"activation": "gelu", "norm": "layer", "norm_position": "post"},
    ],
)
def test_the_shares_are_exact(settings: dict[str, Any]) -> None:
    """Their sum is log10 |g_1| / |g_L|."""
    trace = run(experiment_of(**settings))
    measured = math.log10(trace.output_grad_norm[0] / trace.output_grad_norm[-1])
    assert sum(shares(trace).values()) == pytest.approx(measured, abs=1e-10)


def test_the_guilty_factor_has_the_largest_share() -> None:
    """phi' for sigmoid, the weights for small ones."""
    sigmoid = shares(run(experiment_of()))
    assert sigmoid["activation"] < -11
    assert abs(sigmoid["weight"]) < 0.5
    small = shares(run(experiment_of(activation="linear", init="small_normal")))
    assert small["weight"] < -15
    assert small["activation"] == 0


def test_stretches_are_runs_of_layers() -> None:
    """First and last layer from 1, with the mean."""
    found = stretches(np.array([0.9, 0.9, 0.1, 0.8]), above=0.5)
    assert [(s.first, s.last) for s in found] == [(1, 2), (4, 4)]
    assert found[0].value == pytest.approx(0.9)
    assert stretches(np.zeros(5), above=0.5) == ()


def test_saturated_and_dead_layers_are_named() -> None:
    """Huge weights saturate every tanh layer; relu units die deep in a narrow net."""
    saturated = diagnose(run(experiment_of(activation="tanh", init="unit_normal", gain=3.0)))
    assert [(s.first, s.last) for s in saturated.saturated] == [(1, 20)]
    dead = diagnose(run(experiment_of(**HE, depth=50)))
    assert dead.dead
    assert dead.dead[-1].last == 50


def test_number_formats_run_out_where_an_element_count_says_so() -> None:
    """Against the plain definition on the deltas themselves."""
    experiment = experiment_of(init="small_normal", depth=30)
    found = {(limit.format, limit.kind): limit for limit in limits(experiment)}
    single = found["fp32", "underflow"]
    assert found["bf16", "underflow"].layer == single.layer
    # the float32 pass says the same of itself
    float32 = run(experiment.with_settings(dtype="float32"))
    assert float32.first_underflow_layer is not None
    assert abs(single.layer - float32.first_underflow_layer) <= 1
    rms = run(experiment).delta_rms
    assert rms[single.layer] > 2.0**-126 > rms[single.layer - 1] / 3
    assert found["fp16", "underflow"].layer > single.layer


def test_half_precision_overflows_forward_in_an_exploding_net() -> None:
    """Before bf16 does, whose range is float32's."""
    experiment = experiment_of(activation="relu", init="unit_normal", depth=60)
    found = {(limit.format, limit.where): limit for limit in limits(experiment)}
    assert found["fp16", "forward"].layer < found["bf16", "forward"].layer
    trace = run(experiment)
    layer = found["fp16", "forward"].layer
    assert 65504 / 8 < trace.preactivation_rms[layer - 1] < 65504 * 2
    assert limits(experiment_of(**HE, depth=3, width=16)) == ()


def test_the_format_s_mark_on_the_axis_is_that_of_equal_elements() -> None:
    """|delta| of 128 x 64 elements of 2^-14."""
    assert NUMBER_FORMATS[0].name == "fp16"
    assert underflow_norm(NUMBER_FORMATS[0], 128, 64) == pytest.approx(
        2.0**-14 * math.sqrt(128 * 64)
    )


@pytest.mark.parametrize(
    ("settings", "xi", "trainable"),
    [
        # 6 xi_c: -6 / ln chi_1, chi_1 = 0.0557 for sigmoid at LeCun's scale
        ({}, -1 / math.log(0.05572071), -6 / math.log(0.05572071)),
        ({"activation": "relu"}, 1 / math.log(2), 6 / math.log(2)),
        ({"activation": "relu", "norm": "batch"}, 1 / math.log(1.479681), 16 / math.log(1.479681)),
        (HE, math.inf, math.inf),
    ],
)
def test_depth_scales(settings: dict[str, Any], xi: float, trainable: float) -> None:
    """Schoenholz et al.'s 6 xi, Yang et al.'s 16 xi, none at the edge of chaos."""
    found = depth_scale(experiment_of(**settings))
    assert found is not None
    assert found.xi == pytest.approx(xi, rel=1e-4)
    assert found.trainable == pytest.approx(trainable, rel=1e-4)
    assert depth_scale(experiment_of(**HE, residual="pre_activation")) is None


def test_a_gap_has_its_reason() -> None:
    """At width 16 one seed misleads; at width 1024 theory holds."""
    assert gap(run(experiment_of(init="zeros"))) is None
    narrow = gap(run(experiment_of(**HE, width=16, depth=60)))
    assert narrow is not None
    assert narrow.reason == "narrow"
    wide = gap(run(experiment_of(**HE, width=512, dataset="gaussian")))
    assert wide is not None
    assert abs(wide.decades) < 0.1
    assert wide.reason is None


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


def _tried(**settings: Any) -> dict[tuple[str, Any], Any]:
    trace = run(experiment_of(**settings))
    return {
        (remedy.candidate.setting, remedy.candidate.value): remedy.verdict
        for remedy in remedies(trace, FOREVER)
    }


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


def test_the_best_remedy_comes_first() -> None:
    """Healthy before merely better, then by what is left."""
    trace = run(experiment_of(activation="tanh", init="unit_normal", depth=50))
    found = remedies(trace, FOREVER)
    kinds = [remedy.verdict.kind for remedy in found]
    assert kinds == sorted(kinds, key=lambda kind: kind != "healthy")
    assert ranked(verdict(trace), list(found)) == found


def test_the_report_names_cause_theory_and_remedy() -> None:
    """In words and numbers, no line wider than asked for."""
    report = examine(Experiment(), FOREVER)
    text = to_text(report, 72, BLOCKS)
    assert all(len(line) <= 72 for line in text.splitlines())
    for words in ("vanishing", "sigmoid' never exceeds 0.25", "6 ξ = 2 layers", "fp16", "0.25^19"):
        assert words in text
    assert "[" in text.splitlines()[-1]
    assert not report.is_healthy
    assert to_text(report, 72, ASCII).isascii()


@pytest.mark.parametrize(
    "settings",
    [
        {"init": "zeros"},
        {"depth": 1},
        {"width": 8},
        {"activation": "linear", "init": "unit_normal", "depth": 500},
        {"init": "small_normal", "depth": 400},
        {"norm": "batch", "batch_size": 2},
        {"residual": "pre_activation", "residual_scale": "rezero"},
        {"norm": "layer", "norm_position": "post", "dataset": "spiral"},
        {"dtype": "float32", "activation": "softplus"},
    ],
)
def test_there_is_a_report_on_anything(settings: dict[str, Any]) -> None:
    """Every code has its words, whatever the network."""
    report = _quick(experiment_of(**settings))
    assert all(finding.label and finding.text for finding in report.findings())
    assert "nan" not in to_text(report, 80, BLOCKS)


def _quick(experiment: Experiment) -> Report:
    trace = run(experiment)
    return Report(trace, diagnose(trace), ())


def test_every_code_has_its_words() -> None:
    """Reasons for silence and for gaps, folklore, findings."""
    assert set(REMARKS) == set(FOLKLORE)
    assert set(SILENCE_WORDS) == {
        "no_theory",
        "narrow",
        "zeros",
        "zero_branch",
        "small_batch",
        "trained",
        "low_rank",
        "norm_after_bias",
        "saturated",
    }
    assert set(GAP_WORDS) == {"narrow", "large_batch", "first_layer"}


def test_a_remedy_is_told_with_its_key_and_its_outcome() -> None:
    """'[b] BatchNorm: from 10^-12.0 to 10^+0.4'."""
    trace: Trace = run(experiment_of())
    before, experiment = verdict(trace), trace.experiment
    texts = [
        remedy_text(before, remedy, keys_to(experiment, remedy.candidate))
        for remedy in remedies(trace, FOREVER)
    ]
    assert any(text.startswith("[b] BatchNorm: from 10^-12.0 to 10^") for text in texts)
    assert findings(trace, diagnose(trace), ())
