"""Every gradient against an independent autodiff and central finite differences, float64."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine import Experiment, SettingError
from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.losses import LOSSES
from engine.catalogue.normalizations import NORM_NAMES, NORM_POSITIONS, NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.network.norm_operation import Normalize
from tests.support import oracle
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.passes import (
    Pass,
    engine_gradients,
    oracle_gradients,
    oracle_parameters,
    run_pass,
    spec_of,
)

AUTODIFF_TOLERANCE = 1e-10
DIFFERENCE_TOLERANCE = 1e-7
ROUNDING = 1e-15
STEP = 3e-6
KINK_DISTANCE = 1e-3
"""Some 300 steps: no perturbation carries an argument of phi over a kink."""


def valid(**settings: Any) -> Experiment | None:
    """The experiment, if the combination makes sense."""
    try:
        return experiment_of(**settings)
    except SettingError:
        return None


def architectures() -> list[dict[str, Any]]:
    """Every wiring, scale, norm and position that go together."""
    combinations = itertools.product(WIRINGS, RESIDUAL_SCALES, NORM_NAMES, NORM_POSITIONS)
    keys = ("residual", "residual_scale", "norm", "norm_position")
    settings = [dict(zip(keys, values, strict=True)) for values in combinations]
    return [s for s in settings if valid(**s) is not None]


def away_from_kinks(settings: dict[str, Any]) -> Pass:
    """The first seed's pass in which no argument of phi is near a kink."""
    for seed in range(100):
        done = run_pass(experiment_of(**settings, seed=seed), jitter=seed)
        kinks = done.experiment.network.phi.kinks
        arguments = oracle.forward(
            spec_of(done.experiment),
            oracle_parameters(done.experiment, done.state.parameters),
            done.batch.x,
        )["u"]
        near = [np.abs(u - kink).min() for u in arguments for kink in kinks]
        if min(near, default=1.0) > KINK_DISTANCE:
            return done
    raise AssertionError("no seed keeps away from the kinks")


def assert_agree(mine: np.ndarray, truth: np.ndarray, all_norm: float, tolerance: float) -> None:
    """The two agree relative to max(|array|, 1e-2 |all|)."""
    scale = max(float(np.linalg.norm(truth)), 1e-2 * all_norm)
    # cotangents of order 1 that cancel leave their rounding behind, on both sides
    assert np.abs(mine - truth).max() <= tolerance * scale + ROUNDING


LEAST_WIDTH = max(4, *(entry.least_width for entry in NORMALIZATIONS.values()))
SMALL = {"dataset": "spiral", "width": LEAST_WIDTH, "batch_size": 6}
CORE = ("sigmoid", "linear", "tanh", "relu", "leaky_relu", "gelu")
INITS = ("xavier_normal", "he_uniform")


PAIRS = [(name, loss) for name in CORE for loss in LOSSES]
EACH_LOSS_ONCE = list(zip(("sigmoid", "tanh", "relu"), LOSSES, strict=True))


@pytest.mark.parametrize(("name", "loss"), cases(PAIRS, lambda case: case in EACH_LOSS_ONCE))
def test_every_parameter_agrees_with_autodiff_and_differences(name: str, loss: str) -> None:
    """Over residual x batch norm x two inits x two depths, each parameter moved by itself."""
    for residual, norm, init, depth in itertools.product(WIRINGS, ("none", "batch"), INITS, (1, 3)):
        settings = {"activation": name, "loss": loss, "init": init, "depth": depth}
        done = away_from_kinks({**SMALL, **settings, "residual": residual, "norm": norm})
        check_against_autodiff(done)
        check_against_differences(done)


@pytest.mark.parametrize(
    "architecture",
    cases(architectures(), lambda a: a["residual_scale"] in ("one", "rezero")),
    ids=lambda a: "-".join(a.values()),
)
def test_every_architecture_agrees_for_every_activation(architecture: dict[str, Any]) -> None:
    """Over wiring x scale x norm x position; the losses take turns."""
    for name, loss in zip(ACTIVATIONS, itertools.cycle(LOSSES), strict=False):
        settings = {"activation": name, "loss": loss, "depth": 3}
        done = away_from_kinks({**SMALL, **architecture, **settings})
        check_against_autodiff(done)
        check_against_projection(done)


@pytest.mark.heavy
@settings(
    max_examples=3000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    st.sampled_from(architectures()),
    st.fixed_dictionaries(
        {
            "activation": st.sampled_from(tuple(ACTIVATIONS)),
            "negative_slope": st.floats(0.0, 1.0),
            "loss": st.sampled_from(tuple(LOSSES)),
            "init": st.sampled_from(INITS),
            "dataset": st.sampled_from(("gaussian", "spiral", "moons")),
            "depth": st.integers(1, 6),
            "width": st.integers(LEAST_WIDTH, LEAST_WIDTH + 5),
            "batch_size": st.integers(8, 14),
        }
    ),
)
def test_any_network_agrees(architecture: dict[str, Any], sizes: dict[str, Any]) -> None:
    """Thousands of networks over the product of all options, the same ones on every run."""
    done = away_from_kinks({**architecture, **sizes})
    if done.experiment.network.norm != "none":
        normalize = done.state.operation("norm")
        assert isinstance(normalize, Normalize)
        # where the spread is near sqrt(eps), rounding grows as the gradient itself does
        assume(all(layer.inverse.max() < 20 for layer in normalize.layers))
    check_against_autodiff(done)
    check_against_projection(done)


@pytest.mark.parametrize(
    "architecture",
    cases(architectures(), lambda a: a["residual_scale"] in ("one", "rezero")),
    ids=lambda a: "-".join(a.values()),
)
def test_gradients_where_the_first_layer_has_a_skip_too(architecture: dict[str, Any]) -> None:
    """Input as wide as the network, a single layer and several."""
    for depth, name in itertools.product((1, 4), ("tanh", "gelu")):
        settings = {**architecture, "dataset": "gaussian", "activation": name}
        done = away_from_kinks(
            {**settings, "width": LEAST_WIDTH + 1, "depth": depth, "batch_size": 7}
        )
        check_against_autodiff(done)


def check_against_autodiff(done: Pass) -> None:
    """Loss, every parameter, and the norm of every delta and g."""
    loss, truth, signals = oracle_gradients(done)
    assert done.loss == pytest.approx(loss, rel=1e-12)
    mine = engine_gradients(done.state.gradients)
    everything = np.concatenate([a.ravel() for arrays in truth.values() for a in arrays])
    norm = float(np.linalg.norm(everything))
    for kind, arrays in truth.items():
        assert len(arrays) == len(mine[kind])
        for own, theirs in zip(mine[kind], arrays, strict=True):
            assert_agree(own, theirs, norm, AUTODIFF_TOLERANCE)
    g = signals["g"]
    assert_agree(done.input_gradient, g[0], float(np.linalg.norm(g[0])), AUTODIFF_TOLERANCE)
    for layer, delta in enumerate(signals["delta"]):
        assert done.trace.delta_norm[layer] == pytest.approx(np.linalg.norm(delta), rel=1e-9)
        assert done.trace.output_grad_norm[layer] == pytest.approx(
            np.linalg.norm(g[layer + 1]), rel=1e-9
        )


def check_against_projection(done: Pass) -> None:
    """All parameters moved along a random direction, by the slope there (five-point formula)."""
    flat, gradient = done.state.parameters.flat, done.state.gradients.flat.copy()
    direction = np.random.default_rng(0).standard_normal(len(flat))
    direction /= np.linalg.norm(direction)
    start, losses = flat.copy(), []
    for steps in (-2, -1, 1, 2):
        flat[:] = start + steps * 1e-4 * direction
        losses.append(done.loss_now())
    flat[:] = start
    slope = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / 12e-4
    scale = float(np.linalg.norm(gradient)) + 1e-3 * abs(done.loss)
    assert abs(slope - float(gradient @ direction)) <= DIFFERENCE_TOLERANCE * scale


def check_against_differences(done: Pass) -> None:
    """Every parameter moved by +-STEP, one at a time."""
    flat, gradient = done.state.parameters.flat, done.state.gradients.flat.copy()
    differences = np.empty_like(gradient)
    for index in range(len(flat)):
        kept = flat[index]
        flat[index] = kept + STEP
        above = done.loss_now()
        flat[index] = kept - STEP
        differences[index] = (above - done.loss_now()) / (2 * STEP)
        flat[index] = kept
    norm = float(np.linalg.norm(gradient))
    for arrays in engine_gradients(done.state.gradients).values():
        for array in arrays:
            start = (array.ctypes.data - done.state.gradients.flat.ctypes.data) // 8
            part = slice(start, start + array.size)
            assert_agree(gradient[part], differences[part], norm, DIFFERENCE_TOLERANCE)
