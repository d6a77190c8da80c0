"""Networks whose arrays are written again: the numbers of a fresh one, within their bytes."""

import itertools

import numpy as np
import pytest

from engine import Trainer, run
from engine.network.cost import required_bytes
from engine.network.network import NetworkState, layout
from engine.network.spare import Spares
from engine.training import trainer
from tests.support.experiments import experiment_of
from tests.support.heavy import cases

CHANGES = (
    {"gain": 2.0},
    {"seed": 3},
    {"activation": "sigmoid"},
    {"init": "orthogonal", "learning_rate": 1.0},
    {"init": "pytorch_default"},
    {"init": "lsuv"},
    {"bias_std": 0.0},
)


PLAIN: dict[str, str] = {}
BRANCHES = (
    PLAIN,
    {"norm": "batch"},
    {"residual": "pre_activation", "residual_scale": "rezero"},
)


@pytest.mark.parametrize(
    ("settings", "change"),
    cases(
        itertools.product(BRANCHES, CHANGES),
        lambda case: case[0] is PLAIN or case[1] is CHANGES[0],
    ),
    ids=str,
)
def test_a_run_in_used_arrays_is_that_in_fresh_ones(
    settings: dict[str, str], change: dict[str, float | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last bit, also after training, which leaves its weights and statistics behind."""
    monkeypatch.setattr(trainer, "SPARE", Spares(10**8))
    before = experiment_of(
        depth=4, width=8, bias_std=0.5 * (change.get("init") is None), **settings
    )
    after = before.with_settings(**change)
    fresh = Trainer(after)
    run(before, steps=3)
    used = Trainer(after)
    assert used.state is not fresh.state
    for one in (fresh, used):
        one.advance(2)
    assert (used.state.parameters.flat == fresh.state.parameters.flat).all()
    assert (used.state.gradients.flat == fresh.state.gradients.flat).all()
    assert used.outputs(used.split.test.x) == pytest.approx(fresh.outputs(used.split.test.x), abs=0)


def test_only_a_network_of_the_same_layout_is_used_again() -> None:
    """And only once: two that are at work at the same time have arrays of their own."""
    spares, experiment = Spares(10**8), experiment_of(depth=3, width=8)
    first = spares.take(experiment)
    spares.keep(first)
    others = ({"depth": 4}, {"batch_size": 7}, {"dtype": "float32"}, {"activation": "gelu"})
    for change in (*others, {"norm": "rms"}, {"residual": "pre_activation"}):
        other = experiment.with_settings(**change)
        assert layout(other) != layout(experiment)
        assert spares.take(other) is not first
    assert spares.take(experiment.with_settings(gain=3.0)) is first
    assert spares.take(experiment) is not first


def test_what_is_kept_stays_within_its_bytes() -> None:
    """The oldest goes; one that is larger than all of them is not kept."""
    small, large = experiment_of(depth=3, width=8), experiment_of(depth=30, width=8)
    spares = Spares(required_bytes(large))
    states = [NetworkState(experiment) for experiment in (small, large)]
    for state in states:
        spares.keep(state)
    assert spares.take(large) is states[1]
    assert spares.take(small) is not states[0]
    spares.keep(NetworkState(experiment_of(depth=40, width=8)))
    assert spares.held == 0
    assert np.isfinite(states[1].parameters.flat).all()
