"""The same draws: what leaves every weight as it was."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import run
from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import NORM_NAMES
from engine.catalogue.wirings import WIRINGS
from engine.network.parameters import Parameters, initial_parameters
from engine.numerics.norms import norm
from tests.support.experiments import experiment_of

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
    base = initial_parameters(experiment_of(seed=seed, depth=3, width=16))
    other = initial_parameters(experiment_of(seed=seed, depth=3, width=16, **architecture))
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


def test_the_same_experiment_twice_gives_the_same_bits() -> None:
    """Every number of the Trace."""
    one, two = (run(experiment_of(norm="batch", dataset="spiral"), steps=2) for _ in range(2))
    assert (one.delta_norm == two.delta_norm).all()
    assert one.loss == two.loss


@pytest.mark.parametrize("depth", [1, 2, 4])
@pytest.mark.parametrize("residual", WIRINGS)
def test_the_rows_of_a_kind_are_what_each_layer_has(residual: str, depth: int) -> None:
    """Where the first layer is of another shape than the rest, and where it is alone."""
    experiment = experiment_of(
        depth=depth,
        norm="batch",
        residual=residual,
        residual_scale="rezero" if residual != "none" else "one",
    )
    parameters = Parameters(experiment)
    parameters.flat[:] = np.random.default_rng(0).standard_normal(parameters.flat.shape)
    for kind in ("weights", "biases", "gammas", "betas"):
        own = getattr(parameters, kind)
        rows = [row for rows in parameters.rows(parameters.flat, kind) for row in rows]
        assert [row.tolist() for row in rows] == [part.T.ravel().tolist() for part in own]
        assert parameters.norms(kind).tolist() == [norm(part) for part in own]
