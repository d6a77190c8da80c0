"""The gallery: every preset shows what its line claims, by numbers."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from engine import Trace, Verdict, run, verdict
from tui.config.command_line import opened
from tui.state.presets import PRESETS, REMEDIES, next_remedy
from tui.state.state import SHARED
from tui.style.ascii import spelled
from tui.words.presets import preset_words


@cache
def seen(name: str) -> tuple[Trace, Verdict]:
    """A preset's Trace and verdict."""
    trace = run(PRESETS[name].experiment)
    return trace, verdict(trace)


def decades(name: str) -> float:
    """A preset's change of the gradient from the output to the input."""
    found = seen(name)[1].decades
    assert found is not None
    return found


def span(values: np.ndarray) -> float:
    """Decades between the largest and the smallest."""
    return math.log10(values.max() / values.min())


def kind(name: str) -> str:
    """A preset's verdict."""
    return seen(name)[1].kind


def sigmoid_dies() -> None:
    """Twelve decades by phi' alone."""
    trace, found = seen("sigmoid-dies")
    assert found.kind == "vanishing"
    assert found.cause == "activation"
    assert -12.5 < decades("sigmoid-dies") < -11.5
    assert (trace.factors.activation <= 0.25).all()


def remedy_relu() -> None:
    """Nine of the twelve are back; phi' takes half the variance, Xavier's W keeps the rest."""
    assert kind("remedy-relu") == "vanishing"
    assert 8.5 < decades("remedy-relu") - decades("sigmoid-dies") < 9.5
    factors = seen("remedy-relu")[0].factors
    assert np.median(factors.weight) == pytest.approx(1, abs=0.1)
    assert np.median(factors.activation) == pytest.approx(math.sqrt(0.5), abs=0.05)


def remedy_he() -> None:
    """Flat: W's sqrt 2 makes up for the half."""
    assert kind("remedy-he") == "healthy"
    assert span(seen("remedy-he")[0].delta_norm) < 0.5
    assert np.median(seen("remedy-he")[0].factors.weight) == pytest.approx(math.sqrt(2), abs=0.1)


def remedy_skips() -> None:
    """Explodes, and the skips do it."""
    trace, found = seen("remedy-skips")
    assert (found.kind, found.cause) == ("exploding", "skip")
    assert (trace.factors.total[1:] > 1).all()


def remedy_batch_norm() -> None:
    """Flat, and at four times the depth as well; the branch is small beside the skip."""
    trace, found = seen("remedy-batch-norm")
    assert found.kind == "healthy"
    assert abs(decades("remedy-batch-norm")) < 1
    assert np.median(trace.factors.branch) < 0.6
    deep = verdict(run(PRESETS["remedy-batch-norm"].experiment.with_settings(depth=400)))
    assert deep.kind == "healthy"


def small_weights_die() -> None:
    """W^T takes more than a factor of ten a layer, dL/dW is flat near 1e-21."""
    trace, found = seen("small-weights-die")
    assert (found.kind, found.cause) == ("vanishing", "weight")
    assert np.median(trace.factors.weight) == pytest.approx(1 / 12, rel=0.1)
    assert span(trace.weight_grad_norm) < 0.5
    assert 1e-21 < np.median(trace.weight_grad_norm) < 1e-20


def unit_tanh_explodes() -> None:
    """Most units saturated, W about 8."""
    trace, found = seen("unit-tanh-explodes")
    assert (found.kind, found.cause) == ("exploding", "weight")
    assert trace.saturated_fraction.mean() > 0.5
    assert np.median(trace.factors.weight) == pytest.approx(8, rel=0.05)
    assert np.median(trace.factors.activation) < 1


def relu_xavier_hides() -> None:
    """delta dies, dL/dW does not."""
    trace, found = seen("relu-xavier-hides")
    assert found.kind == "vanishing"
    assert -8 < decades("relu-xavier-hides") < -7
    assert span(trace.weight_grad_norm) < 0.6
    assert trace.activation_rms[-1] < 1e-6 * trace.activation_rms[0]


def batch_norm_explodes() -> None:
    """x1.2 a layer, and not without the norm."""
    _, found = seen("batch-norm-explodes")
    assert found.kind == "exploding"
    plain = PRESETS["batch-norm-explodes"].experiment.with_settings(norm="none")
    assert verdict(run(plain)).kind == "healthy"
    assert found.factor_per_layer == pytest.approx(1.2, abs=0.05)
    assert decades("batch-norm-explodes") == pytest.approx(8, abs=0.5)


def skips_explode() -> None:
    """x1.7 a layer, every layer more than 1."""
    trace, found = seen("skips-explode")
    assert (found.kind, found.cause) == ("exploding", "skip")
    assert found.factor_per_layer == pytest.approx(1.7, abs=0.05)
    assert decades("skips-explode") == pytest.approx(11.5, abs=0.5)
    assert (trace.factors.total[1:] > 1).all()


def skips_and_batch_norm() -> None:
    """Some ten times where each alone explodes."""
    assert kind("skips-and-batch-norm") == "healthy"
    assert 0.8 < decades("skips-and-batch-norm") < 1.3
    both = PRESETS["skips-and-batch-norm"].experiment
    assert verdict(run(both.with_settings(norm="none"))).kind in ("exploding", "overflow")
    assert verdict(run(both.with_settings(residual="none"))).kind == "exploding"


def selu() -> None:
    """Signals near rms 1, gradients within two decades."""
    trace, found = seen("selu")
    assert found.kind == "healthy"
    assert ((trace.activation_rms > 0.8) & (trace.activation_rms < 1.25)).all()
    assert span(trace.delta_norm) < 2


def orthogonal_linear() -> None:
    """Every bar the same."""
    bars = seen("orthogonal-linear")[0].delta_norm
    assert bars == pytest.approx(np.full(100, bars[0]), rel=1e-12)


def order() -> None:
    """Signal and gradient die together."""
    trace, found = seen("order")
    assert found.kind == "vanishing"
    assert trace.activation_rms[-1] < 1e-4
    assert span(trace.delta_norm) > 4


def edge_of_chaos() -> None:
    """Two hundred layers, flat."""
    trace, found = seen("edge-of-chaos")
    assert found.kind == "healthy"
    assert trace.depth == 200
    assert abs(decades("edge-of-chaos")) < 1


def chaos() -> None:
    """Activations bounded, gradients not."""
    trace, found = seen("chaos")
    assert found.kind == "exploding"
    assert (trace.activation_rms < 1).all()


def zeros_stay_zero() -> None:
    """No weight of a hidden layer moves, and none after training."""
    for steps in (0, 50):
        trace = run(PRESETS["zeros-stay-zero"].experiment, steps)
        assert (trace.weight_grad_norm == 0).all()
        assert (trace.delta_norm[:-1] == 0).all()
    assert kind("zeros-stay-zero") == "dead"


CLAIMS: dict[str, Callable[[], None]] = {
    claim.__name__.replace("_", "-"): claim
    for claim in (
        sigmoid_dies,
        remedy_relu,
        remedy_he,
        remedy_skips,
        remedy_batch_norm,
        small_weights_die,
        unit_tanh_explodes,
        relu_xavier_hides,
        batch_norm_explodes,
        skips_explode,
        skips_and_batch_norm,
        selu,
        orthogonal_linear,
        order,
        edge_of_chaos,
        chaos,
        zeros_stay_zero,
    )
}

UNTRAINED = [name for name in PRESETS if not name.startswith(("spiral-", "digits-", "race-"))]


@pytest.mark.parametrize("name", UNTRAINED)
def test_a_preset_shows_what_its_line_claims(name: str) -> None:
    """Every entry of the gallery has its numbers here, or in test_trained_presets."""
    CLAIMS[name]()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fits_its_places(name: str) -> None:
    """Title in the panel, line on the screen of 80 columns, words in ASCII, views that exist."""
    preset = PRESETS[name]
    title, look = preset_words(name)
    assert len(title) <= 32
    assert len(look) <= 78
    assert "?" not in spelled(title + look)
    assert set(preset.screen) <= set(SHARED)
    assert opened(preset.experiment, preset.screen)


def test_the_remedies_change_one_setting_each() -> None:
    """From the dying net to the rescued one and round again."""
    experiment = PRESETS["selu"].experiment
    order = []
    for _ in range(6):
        preset = next_remedy(experiment)
        old, experiment = experiment.settings(), preset.experiment
        changes = sum(old[name] != value for name, value in experiment.settings().items())
        order.append((preset.id, changes))
    assert [name for name, _ in order] == [*(p.id for p in REMEDIES), REMEDIES[0].id]
    assert [changes for _, changes in order[1:5]] == [1, 1, 1, 1]


@pytest.mark.parametrize("start", ["spiral-depth-1", "digits-3-plain"])
def test_the_sequences_of_trained_presets_go_round(start: str) -> None:
    """Each opens in the training view."""
    seen, experiment = [start], PRESETS[start].experiment
    while (preset := next_remedy(experiment)).id != start:
        seen.append(preset.id)
        experiment = preset.experiment
    assert seen == [name for name in PRESETS if name.startswith(start.split("-")[0])]
    assert all(PRESETS[name].screen["view"] == "training" for name in seen)
