"""Where a number format runs out."""

import pytest

from engine import run
from engine.diagnosis.format_limits import Limit, limits
from tests.support.experiments import experiment_of

HE = {"activation": "relu", "init": "he_normal"}


def limits_of(**settings: object) -> dict[str, Limit]:
    """What is found for each format."""
    return {limit.format: limit for limit in limits(experiment_of(**settings)) or ()}


@pytest.mark.heavy
def test_delta_is_lost_layers_after_precision_begins_to_go() -> None:
    """And once lost it stays so down to layer 1, where even float64 has exact zeros."""
    experiment = {"depth": 650, "width": 8}
    found = limits_of(**experiment)
    assert run(experiment_of(**experiment)).delta_norm[0] == 0
    flushed = {name: limit.flushed for name, limit in found.items()}
    for name, limit in found.items():
        (stretch,) = flushed[name]
        assert stretch.first == 1
        assert limit.imprecise is not None
        assert stretch.last < limit.imprecise
    assert flushed["fp16"][0].last > flushed["bf16"][0].last > flushed["fp32"][0].last
    # what is flushed lies below half the smallest number, in most of its elements
    rms = run(experiment_of(**experiment)).delta_rms
    assert rms[flushed["fp16"][0].last - 3] < 2.0**-25 < rms[flushed["fp16"][0].last + 2]


def test_what_underflows_on_its_way_forward_takes_delta_with_it() -> None:
    """relu + xavier at depth 50: signals of 2^-25 leave half of the last layer's delta 0."""
    fp16 = limits_of(activation="relu", depth=50)["fp16"]
    assert [stretch.last for stretch in fp16.flushed][-1] == 50
    assert fp16.flushed[0].first == 1
    assert limits_of(**HE, depth=50)["fp16"].flushed == ()


def test_half_precision_overflows_forward_in_an_exploding_net() -> None:
    """Before bf16 does, whose range is float32's; then no gradient is left to compare."""
    experiment = experiment_of(activation="relu", init="unit_normal", depth=60)
    found = {limit.format: limit for limit in limits(experiment) or ()}
    fp16, bf16 = found["fp16"], found["bf16"]
    assert fp16.overflow_forward is not None
    assert bf16.overflow_forward is not None
    assert fp16.overflow_forward < bf16.overflow_forward
    trace = run(experiment)
    assert 65504 / 8 < trace.preactivation_rms[fp16.overflow_forward - 1] < 65504 * 2
    assert fp16.overflow_backward == 60
    assert (fp16.imprecise, fp16.flushed) == (None, ())


def test_zeros_by_design_are_not_lost() -> None:
    """ReLU's flat half, a branch closed by its learned 0, weights of 0."""
    assert limits_of(**HE, depth=10)["fp16"].flushed == ()
    assert limits_of(init="zeros") == {}
    assert limits_of(residual="pre_activation", residual_scale="rezero") == {}
    assert "fp32" not in limits_of(**HE)


@pytest.mark.parametrize("scale", ["one", "sqrt_depth"])
def test_delta_of_a_pre_activation_skip_is_compared(scale: str) -> None:
    """Where the scale is 1 it is the output's own gradient."""
    experiment = experiment_of(
        residual="pre_activation", residual_scale=scale, activation="relu", init="unit_normal"
    )
    assert any(limit.format == "bf16" and limit.imprecise for limit in limits(experiment) or ())
