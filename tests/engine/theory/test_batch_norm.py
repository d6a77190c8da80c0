"""Where BatchNorm's theory holds: batches over widths, every activation, and what breaks it."""

import numpy as np
import pytest

from engine import run
from engine.catalogue.activations import ACTIVATIONS
from engine.experiment.experiment import batch_at, load_data
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.numerics.arrays import Array
from engine.theory.prediction import predict
from tests.support.experiments import experiment_of
from tests.support.heavy import cases

RATIOS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2)
BATCH = {"norm": "batch", "init": "he_normal", "dataset": "gaussian"}


def _excess(name: str, width: int, batch_size: int) -> float:
    """Decades of |g| a layer above theory's rate, three seeds of 50 layers; nan where silent."""
    gaps = []
    for seed in range(3):
        settings = {"activation": name, "width": width, "batch_size": batch_size, "depth": 50}
        experiment = experiment_of(**BATCH, **settings, seed=seed)
        norms = run(experiment).output_grad_norm
        gaps.append(np.log10(norms[0] / norms[-1]) - predict(experiment).log10_g[0])
    return float(np.mean(gaps)) / 49


@pytest.mark.heavy
@pytest.mark.parametrize("width", [128, 256])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_rate_over_batches_and_widths(name: str, width: int) -> None:
    """Within what `large_batch` allows wherever theory speaks."""
    found = np.array([_excess(name, width, round(ratio * width)) for ratio in RATIOS])
    assert np.nanmax(np.abs(found)) < 0.01
    assert np.isfinite(found).any()


class _Norms(Observer):
    """The variance between samples of ln |u|^2 of what phi is fed, layer by layer."""

    def __init__(self) -> None:
        self.unlikeness: list[float] = []

    def activation_input(self, i: int, u: Array) -> None:
        self.unlikeness.append(float(np.var(np.log((u**2).mean(axis=1)))))


FAST = {"silu", "tanh"}


@pytest.mark.parametrize("name", cases(ACTIVATIONS, lambda name: name in FAST))
def test_theory_is_silent_exactly_where_samples_part(name: str) -> None:
    """Behind BatchNorm the samples' norms stay alike, or part until a few outweigh the rest."""
    experiment = experiment_of(**BATCH, activation=name, width=128, depth=40)
    observer = _Norms()
    state = NetworkState(experiment)
    state.forward(batch_at(experiment, load_data(experiment), 0).x, observer)
    is_silent = predict(experiment).reason == "unlike_samples"
    assert is_silent == (observer.unlikeness[-1] > 0.9)
