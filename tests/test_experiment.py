"""Experiments: validation, round trips, and the same-draws rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, SettingError, run
from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import NORM_NAMES
from engine.catalogue.wirings import WIRINGS
from engine.experiment.domains import Choice, Real, Whole
from engine.experiment.experiment import experiment_from
from engine.experiment.sections import DOMAINS
from engine.network.parameters import initial_parameters
from tests.support import experiment_of
from tui.config.experiment_files import FileError, from_flags, from_toml, to_flags, to_toml
from tui.words.errors import ERRORS, error_text
from tui.words.settings import SETTING_HELP


def values_of(name: str) -> st.SearchStrategy[Any]:
    """Any value of a setting's domain."""
    domain = DOMAINS[name]
    if isinstance(domain, Choice):
        return st.sampled_from(domain.names)
    if isinstance(domain, Whole):
        return st.integers(domain.low, domain.high)
    assert isinstance(domain, Real)
    return st.floats(domain.low, domain.high, allow_nan=False)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any valid experiment."""
    chosen = draw(st.fixed_dictionaries({}, optional={n: values_of(n) for n in DOMAINS}))
    while True:
        try:
            return experiment_from(chosen)
        except SettingError as error:
            # the setting to blame, or else what made its default too large
            blamed = str(error.details["setting"])
            chosen.pop(blamed if blamed in chosen else "test_fraction")


@given(experiments())
def test_flags_and_toml_bring_back_the_same_experiment(experiment: Experiment) -> None:
    """Both round trips are exact, and equal experiments are equal as keys."""
    assert from_flags(to_flags(experiment)) == experiment
    assert from_toml(to_toml(experiment)) == experiment
    assert hash(from_toml(to_toml(experiment))) == hash(experiment)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"activation": "relux"}, "unknown_name"),
        ({"depth": 0}, "out_of_range"),
        ({"depth": 10_000}, "out_of_range"),
        ({"width": -3}, "out_of_range"),
        ({"width": True}, "not_whole"),
        ({"gain": float("nan")}, "not_number"),
        ({"gain": float("inf")}, "out_of_range"),
        ({"seed": 1.5}, "not_whole"),
        ({"norm": "batch", "batch_size": 1}, "batch_norm_of_one"),
        ({"residual_scale": "rezero"}, "scale_without_skip"),
        ({"norm_position": "post"}, "position_without_norm"),
        (
            {"norm": "batch", "norm_position": "post", "residual": "pre_activation"},
            "post_norm_with_skip",
        ),
        ({"input_dim": 7}, "input_dim_is_fixed"),
        ({"norm": "layer", "width": 1}, "layer_norm_of_one"),
        ({"init": "critical"}, "no_critical_point"),
        ({"init": "critical", "activation": "tanh", "bias_std": 0.1}, "init_sets_bias"),
        ({"init": "lsuv", "gain": 2.0}, "init_sets_gain"),
        ({"init": "pytorch_default", "gain": 0.5}, "init_sets_gain"),
        ({"batch_size": 5000}, "batch_exceeds_data"),
    ],
)
def test_what_makes_no_sense_is_an_error_with_a_sentence(
    changes: dict[str, Any], code: str
) -> None:
    """Each code has one line that names the setting."""
    with pytest.raises(SettingError) as caught:
        experiment_of(**changes)
    assert caught.value.code == code
    text = error_text(caught.value)
    assert "allowed" in text or "one of" in text
    assert "\n" not in text


def test_every_rule_and_domain_code_has_a_sentence() -> None:
    """No code can reach a person without words; no setting is without help."""
    from engine.experiment.rules import RULES

    assert {rule.code for rule in RULES} <= set(ERRORS)
    assert set(SETTING_HELP) == set(DOMAINS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[network", "not TOML"),
        ("[netwrk]\ndepth = 3", "did you mean network"),
        ("depth = 3", "no table [depth]"),
    ],
)
def test_a_malformed_file_is_one_clear_line(text: str, words: str) -> None:
    """What is wrong and what is allowed."""
    with pytest.raises(FileError) as caught:
        from_toml(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_large_for_memory_names_the_estimate() -> None:
    """1000 x 2048 is refused before anything is allocated."""
    with pytest.raises(SettingError) as caught:
        run(experiment_of(depth=1000, width=2048))
    assert "69.2 GB" in error_text(caught.value)


def test_the_memory_estimate_is_near_what_is_allocated() -> None:
    """Within a tenth, for every wiring."""
    import tracemalloc

    from engine.network.memory import required_bytes
    from engine.network.network import NetworkState

    for residual in WIRINGS:
        for extra in ({}, {"norm": "batch"}, {"activation": "gelu"}):
            experiment = experiment_of(residual=residual, depth=40, **extra)
            tracemalloc.start()
            state = NetworkState(experiment)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak == pytest.approx(required_bytes(experiment), rel=0.1), residual
            del state


ARCHITECTURE = st.fixed_dictionaries(
    {
        "activation": st.sampled_from(tuple(ACTIVATIONS)),
        "norm": st.sampled_from(NORM_NAMES),
        "residual": st.sampled_from(tuple(WIRINGS)),
    }
)


@settings(max_examples=50)
@given(ARCHITECTURE, st.integers(0, 2**63 - 1))
def test_activation_norm_and_wiring_leave_every_weight(
    architecture: dict[str, str], seed: int
) -> None:
    """Bit for bit."""
    base = initial_parameters(experiment_of(seed=seed, depth=3, width=8))
    other = initial_parameters(experiment_of(seed=seed, depth=3, width=8, **architecture))
    for mine, theirs in zip(base.weights, other.weights, strict=True):
        assert (mine == theirs).all()
    assert (base.readout_weight == other.readout_weight).all()


@settings(max_examples=50)
@given(st.sampled_from(tuple(INITIALIZERS)), st.integers(1, 9), st.integers(1, 9))
def test_depth_keeps_the_layers_that_stay(init: str, one: int, other: int) -> None:
    """And the read-out."""
    settings: dict[str, Any] = {"init": init, "width": 6, "activation": "relu"}
    if not INITIALIZERS[init].own_scale:
        settings["bias_std"] = 0.1
    first = initial_parameters(experiment_of(depth=one, **settings))
    second = initial_parameters(experiment_of(depth=other, **settings))
    for mine, theirs in zip(first.weights, second.weights, strict=False):
        assert (mine == theirs).all()
    for mine, theirs in zip(first.biases, second.biases, strict=False):
        assert (mine == theirs).all()
    assert (first.readout_weight == second.readout_weight).all()


def test_seeds_differ_and_layers_are_independent() -> None:
    """Another seed is another net; no two layers share draws."""
    one = initial_parameters(experiment_of(seed=1))
    two = initial_parameters(experiment_of(seed=2))
    assert not (one.weights[3] == two.weights[3]).any()
    assert not (one.weights[3] == one.weights[4]).any()


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_scale_of_each_init(name: str) -> None:
    """The weights' variance is what the formula says, on a rectangular layer."""
    entry = INITIALIZERS[name]
    scale = entry.std(ACTIVATIONS["relu"])
    draw = entry.draw(np.random.default_rng(0), 300, 200) * scale.weight(200, 300)
    expected = {
        "xavier_normal": 2 / 500,
        "xavier_uniform": 2 / 500,
        "he_normal": 2 / 200,
        "he_uniform": 2 / 200,
        "lecun_normal": 1 / 200,
        "lecun_uniform": 1 / 200,
        "pytorch_default": 1 / 600,
        "critical": 2 / 200,
        "lsuv": 1 / 300,
        "orthogonal": 1 / 300,
        "small_normal": 1e-4,
        "unit_normal": 1.0,
        "zeros": 0.0,
    }[name]
    # the relative standard error of a variance of 60,000 draws is below 0.6 %
    assert np.mean(draw**2) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7)])
def test_orthogonal_is_orthogonal_and_haar(shape: tuple[int, int]) -> None:
    """The shorter side is orthonormal; the trace of a Haar matrix has mean 0 and variance 1."""
    draw = INITIALIZERS["orthogonal"].draw
    q = draw(np.random.default_rng(1), *shape)
    gram = q @ q.T if shape[0] <= shape[1] else q.T @ q
    np.testing.assert_allclose(gram, np.eye(min(shape)), atol=1e-12)
    random = np.random.default_rng(2)
    traces = [np.trace(draw(random, 5, 5)) for _ in range(2000)]
    assert abs(np.mean(traces)) < 4 / np.sqrt(2000)
    assert np.var(traces) == pytest.approx(1.0, abs=0.15)


def test_the_same_experiment_twice_gives_the_same_bits() -> None:
    """Every number of the Trace."""
    one, two = (run(experiment_of(norm="batch", dataset="spiral"), steps=2) for _ in range(2))
    assert (one.delta_norm == two.delta_norm).all()
    assert one.loss == two.loss
