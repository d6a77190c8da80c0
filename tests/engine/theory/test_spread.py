"""How far single draws scatter about theory, against the engine's own draws."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import run
from engine.diagnosis.theory_gap import NOTABLE_GAP, gap
from tests.support.experiments import experiment_of
from tests.support.heavy import cases

SETTING = {"dataset": "gaussian", "init": "he_normal", "activation": "relu", "depth": 20}

FAST = [
    ({"width": 32}, 24),
    ({"width": 32, "activation": "linear", "init": "lecun_normal", "loss": "probe"}, 24),
    ({"width": 32, "residual": "pre_activation"}, 24),
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


def test_what_the_number_format_cannot_hold_is_no_lack_of_units() -> None:
    """|g| of a thousand sigmoid layers ends at float64's smallest numbers."""
    found = gap(run(experiment_of(depth=1000)))
    assert found is not None
    assert found.reason == "underflow"
