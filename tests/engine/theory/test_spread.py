"""How far single draws scatter about theory, against the engine's own draws."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.diagnosis.theory_gap import NOTABLE_GAP, gap
from engine.numerics.arrays import Doubles
from tests.support.experiments import experiment_of
from tests.support.heavy import cases

SETTING = {"dataset": "gaussian", "init": "he_normal", "activation": "relu", "depth": 20}

FAST = [
    ({"width": 32}, 24),
    ({"width": 32, "activation": "linear", "init": "lecun_normal", "loss": "probe"}, 24),
    ({"width": 32, "residual": "pre_activation", "norm": "rms"}, 24),
]
WIDE: list[tuple[dict[str, Any], int]] = [
    ({"width": 128, "depth": 100}, 24),
    ({"width": 256, "depth": 60}, 24),
    ({"width": 64, "loss": "mse"}, 32),
    ({"width": 64, "activation": "linear", "init": "critical", "dataset": "spiral"}, 32),
    ({"width": 64, "activation": "tanh", "init": "critical"}, 32),
    ({"width": 128, "activation": "gelu", "init": "critical", "depth": 30}, 32),
    ({"width": 64, "activation": "sigmoid", "init": "xavier_normal"}, 32),
    ({"width": 64, "init": "orthogonal", "gain": 2**0.5}, 32),
    ({"width": 64, "norm": "rms"}, 32),
    ({"width": 64, "norm": "layer", "norm_position": "post"}, 32),
    ({"width": 64, "norm": "batch"}, 32),
    ({"width": 64, "activation": "tanh", "norm": "layer"}, 32),
    ({"width": 128, "residual": "post_activation", "depth": 40}, 32),
    ({"width": 128, "residual": "pre_activation", "norm": "layer", "depth": 40}, 32),
    ({"width": 128, "residual": "post_activation", "norm": "layer", "depth": 100}, 32),
    ({"width": 128, "residual": "pre_activation", "norm": "rms", "depth": 100}, 32),
    ({"width": 64, "activation": "tanh", "init": "orthogonal", "depth": 50}, 32),
]


@pytest.mark.parametrize(("settings", "seeds"), cases(FAST + WIDE, lambda case: case in FAST))
def test_the_spread_over_draws(settings: dict[str, Any], seeds: int) -> None:
    """Right to a factor of two; a standard deviation of 24 draws is unsure by 15 %."""
    experiments = [experiment_of(**{**SETTING, **settings}, seed=seed) for seed in range(seeds)]
    traces = [run(experiment) for experiment in experiments]
    logs = np.log10([t.output_grad_norm / t.output_grad_norm[-1] for t in traces])
    expected = traces[0].predicted_spread
    assert expected[-1] == 0
    assert 0.5 < np.std(logs[:, 0], ddof=1) / expected[0] < 2


def _apart(seeds: int, **settings: Any) -> Doubles:
    """Decades of |g_1| above theory in so many draws."""
    traces = [run(experiment_of(**settings, seed=seed)) for seed in range(seeds)]
    return np.array(
        [np.log10(t.output_grad_norm / t.predicted_output_grad_norm)[0] for t in traces]
    )


@pytest.mark.parametrize(("width", "seeds"), cases([(32, 3), (64, 32)], lambda c: c[0] == 32))
def test_an_init_by_the_batch_scales_by_the_deviation_about_the_mean(
    width: int, seeds: int
) -> None:
    """Samples that are alike share their mean over the units, 1 / width of the square."""
    settings = {"activation": "hard_sigmoid", "init": "lsuv", "width": width, "depth": width}
    traces = [run(experiment_of(**settings, seed=seed)) for seed in range(seeds)]
    found, expected = (
        width * (np.mean([t.preactivation_rms for t in each]) ** 2 - 1)
        for each in (traces, [t.prediction for t in traces])
    )
    assert 0.8 < expected < 1.1
    assert found == pytest.approx(expected, rel=0.5)
    if seeds > 20:
        # without it 1 / (2 ln 10) = 0.2
        assert abs(_apart(seeds, **settings).mean()) < 0.12


def test_orthogonal_matrices_make_no_lengths_vary() -> None:
    """Orthogonal tanh nets scatter by hundredths of a decade, as theory says."""
    settings = {"activation": "tanh", "init": "orthogonal", "depth": 50}
    assert run(experiment_of(**settings)).predicted_spread[0] < 0.015
    assert np.std(_apart(3, **settings)) < 0.015


def test_the_spread_grows_with_depth_over_width() -> None:
    """As the root of width, and of depth or faster: samples and gradients grow alike in depth."""

    def first(**settings: Any) -> float:
        return float(run(experiment_of(**{**SETTING, **settings})).predicted_spread[0])

    base = first(width=64, depth=20)
    assert 1.9 < first(width=64, depth=80) / base < 3.5
    assert first(width=256, depth=20) / base == pytest.approx(0.5, rel=0.25)


def test_orthogonal_linear_nets_have_no_spread() -> None:
    """|g| is kept exactly, and theory says so, narrow or not."""
    orthogonal = {"activation": "linear", "init": "orthogonal", "width": 16, "depth": 100}
    trace = run(experiment_of(**orthogonal, dataset="gaussian"))
    assert trace.predicted_spread.max() < 1e-6
    assert trace.prediction.log10_g == pytest.approx(np.zeros(100), abs=1e-9)
    assert trace.output_grad_norm == pytest.approx(np.full(100, trace.output_grad_norm[-1]))


@pytest.mark.heavy
def test_what_a_draw_does_not_explain_is_not_put_down_to_it() -> None:
    """The same gap is narrow where draws scatter that far, and has no reason where they do not."""
    narrow = run(experiment_of(**{**SETTING, "width": 16, "depth": 60}))
    found = gap(narrow)
    assert found is not None
    assert abs(found.decades) > NOTABLE_GAP
    assert found.reason == "narrow"
    wide = experiment_of(**{**SETTING, "width": 512})
    measured = narrow.output_grad_norm[-1] * 10 ** np.linspace(found.decades, 0, 20)
    off = gap(replace(run(wide), output_grad_norm=measured))
    assert off is not None
    assert off.reason is None


@pytest.mark.parametrize(
    "settings",
    [
        {"residual": "pre_activation"},
        {"residual": "pre_activation", "norm": "batch"},
        {"residual": "post_activation", "norm": "batch", "activation": "tanh"},
        {"init": "lsuv"},
    ],
)
def test_no_spread_is_told_where_it_is_not_known(settings: dict[str, Any]) -> None:
    """Nor is a gap put down to it, however large the gap."""
    trace = run(experiment_of(**settings))
    assert np.isnan(trace.predicted_spread).all()
    assert np.isfinite(trace.prediction.log10_g).all()
    off = gap(replace(trace, output_grad_norm=trace.output_grad_norm * np.linspace(3, 1, 20)))
    assert off is not None
    assert off.reason == "unknown_scatter"


def test_few_outputs_may_read_next_to_nothing_of_the_stream() -> None:
    """In this draw two read-outs see nearly the same of the stream, and f.dL/df is small."""
    post = {"activation": "relu", "residual": "post_activation", "dataset": "spiral", "depth": 50}
    trace = run(experiment_of(**post))
    found = gap(trace)
    assert found is not None
    assert found.decades < -3 * found.spread
    assert found.reason == "few_outputs"
    # but not less than chance can make it, nor more
    for decades in (-4.0, 3.0):
        measured = trace.predicted_output_grad_norm * 10 ** np.linspace(decades, 0, 50)
        off = gap(replace(trace, output_grad_norm=measured))
        assert off is not None
        assert off.reason is None


@pytest.mark.heavy
def test_what_the_number_format_cannot_hold_is_no_lack_of_units() -> None:
    """|g| of a thousand sigmoid layers ends at float64's smallest numbers."""
    found = gap(run(experiment_of(depth=1000, width=32)))
    assert found is not None
    assert found.reason == "underflow"
