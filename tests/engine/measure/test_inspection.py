"""A layer looked at closely: every number against the oracle or against numpy by hand."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import Trainer, inspect, inspect_experiment
from engine.catalogue.activations import Activation, activation
from engine.measure.inspection import BINS, linear_histogram, log_histogram, spectrum
from engine.numerics.arrays import Doubles
from tests.support import oracle
from tests.support.experiments import experiment_of
from tests.support.passes import oracle_gradients, oracle_parameters, run_pass, spec_of

NETWORKS: list[dict[str, Any]] = [
    {},
    # not wider: where tanh is 1 to rounding the engine's phi' is 0, the oracle's is not
    {"activation": "tanh", "init": "unit_normal", "gain": 0.3},
    {"activation": "relu", "init": "he_normal", "norm": "batch"},
    {"activation": "relu", "init": "he_normal", "residual": "pre_activation", "norm": "layer"},
    {"activation": "gelu", "residual": "pre_activation", "residual_scale": "sqrt_two"},
    {"residual": "post_activation", "residual_scale": "sqrt_depth", "norm": "rms"},
    {"norm": "batch", "norm_position": "post"},
]


def same(found: Any, values: np.ndarray) -> None:
    """The histogram is that of those values: numpy's counts on the same edges, none lost."""
    counts, _ = np.histogram(values, found.edges)
    # a value may fall on the other side of an edge by rounding
    assert np.abs(np.cumsum(found.counts) - np.cumsum(counts)).max() <= 2
    assert found.total == values.size
    assert found.not_finite == 0


@pytest.mark.parametrize("settings", NETWORKS)
def test_histograms_are_those_of_the_oracles_signals(settings: dict[str, Any]) -> None:
    """z, what phi is fed, h and delta of every layer, on the batch of step 0."""
    experiment = experiment_of(depth=4, width=16, **settings)
    done = run_pass(experiment)
    parameters = oracle_parameters(experiment, done.state.parameters)
    signals = oracle.forward(spec_of(experiment), parameters, done.batch.x)
    deltas = oracle_gradients(done)[2]["delta"]
    for layer, found in inspect_experiment(experiment, range(1, 5)).items():
        same(found.preactivation, signals["z"][layer - 1])
        same(found.activation_input, signals["u"][layer - 1])
        same(found.output, signals["h"][layer])
        magnitudes = np.abs(deltas[layer - 1])
        counts, _ = np.histogram(np.log10(magnitudes[magnitudes > 0]), found.delta.edges)
        assert np.abs(np.cumsum(found.delta.counts) - np.cumsum(counts)).max() <= 2
        assert found.delta.total == magnitudes.size
        assert found.delta.zeros == (magnitudes == 0).sum()


def _on_tail(entry: Activation, u: Doubles, sign: int) -> NDArray[np.bool_]:
    """Where |phi'| is below 5 % of its maximum from there on outwards."""
    flat = sign * u > 0
    for outwards in np.linspace(0.0, 10.0, 101):
        flat &= np.abs(entry.at(u + sign * outwards)[1]) < 0.05 * entry.bound
    return flat


@pytest.mark.parametrize("settings", NETWORKS)
def test_units_and_shares_by_hand(settings: dict[str, Any]) -> None:
    """Saturated tails, dead and saturated units from phi' at the oracle's arguments."""
    experiment = experiment_of(depth=3, width=16, **settings)
    done = run_pass(experiment)
    parameters = oracle_parameters(experiment, done.state.parameters)
    signals = oracle.forward(spec_of(experiment), parameters, done.batch.x)
    entry = activation(experiment.network.activation)
    for layer, found in inspect_experiment(experiment, (1, 3)).items():
        u = np.ascontiguousarray(signals["u"][layer - 1])
        phi, slope = np.empty_like(u), np.empty_like(u)
        entry.value(u.copy(), phi)
        entry.slope(u.copy(), phi, slope)
        is_relu = entry.name == "relu"
        low, high = ((_on_tail(entry, u, sign) & (not is_relu)) for sign in (-1, 1))
        assert found.saturated_low == pytest.approx(low.mean())
        assert found.saturated_high == pytest.approx(high.mean())
        assert found.off == pytest.approx((slope == 0).mean() if is_relu else 0.0)
        assert found.dead_units == (is_relu * (slope == 0)).all(axis=0).sum()
        assert found.saturated_units == (low | high).all(axis=0).sum()
        assert found.units == u.shape[1]
        share = done.trace.saturated_fraction[layer - 1]
        assert found.saturated_low + found.saturated_high == pytest.approx(share)


def test_singular_values_by_the_eigenvalues_of_the_gram_matrix() -> None:
    """Least, median, largest; none above width 512 or where W is not finite."""
    experiment = experiment_of(depth=2, width=12)
    weight = Trainer(experiment).state.parameters.weights[1]
    expected = np.sqrt(np.linalg.eigvalsh(weight.T @ weight))
    found = inspect_experiment(experiment, [2])[2].singular_values
    assert found is not None
    assert found == pytest.approx((expected[0], np.median(expected), expected[-1]), rel=1e-6)
    assert spectrum(np.zeros((513, 2))) is None
    assert spectrum(np.full((2, 2), np.nan)) is None
    orthogonal = inspect_experiment(experiment_of(depth=2, width=12, init="orthogonal"), [2])
    assert orthogonal[2].singular_values == pytest.approx((1.0, 1.0, 1.0))


def test_looking_changes_nothing() -> None:
    """A training that is looked at takes the same steps as one that is not."""
    experiment = experiment_of(depth=4, width=16, norm="batch", activation="relu")
    watched, alone = Trainer(experiment), Trainer(experiment)
    for _ in range(3):
        before = watched.state.parameters.flat.copy()
        inspect(watched, (1, 4))
        assert (watched.state.parameters.flat == before).all()
        watched.step()
        alone.step()
    assert (watched.state.parameters.flat == alone.state.parameters.flat).all()
    assert watched.trace.loss == alone.trace.loss
    # and it sees the trained state, not the first one
    weight = watched.state.parameters.weights[3]
    assert inspect(watched, [4])[4].singular_values == pytest.approx(
        (
            float(np.linalg.norm(weight, -2)),
            float(np.median(np.linalg.svd(weight, compute_uv=False))),
            float(np.linalg.norm(weight, 2)),
        )
    )


def test_histograms_count_everything() -> None:
    """Zeros, values that are not finite, and what lies far below."""
    values = np.array([[1.0, -1.0, 0.0], [np.inf, np.nan, 1e-30]])
    linear, log = linear_histogram(values), log_histogram(values)
    assert linear.total == log.total == 6
    assert linear.not_finite == log.not_finite == 2
    assert (log.zeros, log.below, log.counts[-1]) == (1, 1, 2)
    assert len(linear.counts) == BINS
    assert (log.edges[0], log.edges[-1]) == (-12, 0)
    assert linear_histogram(values, least_reach=6.0).edges[-1] == 6.0
    assert linear_histogram(np.array([1.7e308, -1e308])).total == 2
    assert log_histogram(np.zeros(5)).zeros == 5
    with pytest.raises(ValueError, match="read-only"):
        linear.counts[0] = 1


def test_an_overflowed_network_is_inspected_too() -> None:
    """inf and nan are counted, and nothing is raised."""
    experiment = experiment_of(activation="relu", init="unit_normal", gain=1e6, depth=60, width=8)
    found = inspect_experiment(experiment, [60])[60]
    assert found.preactivation.not_finite > 0
    assert found.preactivation.total == 128 * 8
