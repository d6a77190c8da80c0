"""Where a number format runs out."""

import math

import pytest

from engine import run
from engine.diagnosis.format_limits import limits
from engine.numerics.formats import NUMBER_FORMATS, underflow_norm
from tests.support.experiments import experiment_of

HE = {"activation": "relu", "init": "he_normal"}


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
