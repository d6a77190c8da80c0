"""The angle at which a skip's gradient and its branch's add up, against the arrays themselves."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import run
from engine.catalogue.losses import LOSSES
from engine.data.datasets import batch
from engine.experiment.experiment import Experiment, load_data
from engine.measure.meter import Meter
from engine.measure.product import product_down_to
from engine.measure.skips import skip_angle, skip_share
from engine.measure.trace import Trace
from engine.network.network import NetworkState
from tests.support.experiments import experiment_of

SKIPS = {
    "pre": {"residual": "pre_activation", "activation": "relu", "init": "he_normal"},
    "post": {"residual": "post_activation", "activation": "tanh"},
    "norm": {"residual": "pre_activation", "activation": "relu", "norm": "batch"},
    "sqrt_two": {"residual": "pre_activation", "residual_scale": "sqrt_two"},
    "sqrt_depth": {"residual": "post_activation", "residual_scale": "sqrt_depth"},
    "small": {"residual": "pre_activation", "init": "small_normal", "gain": 1e-3},
    "large": {"residual": "pre_activation", "activation": "linear", "init": "unit_normal"},
    "features": {"residual": "post_activation", "dataset": "spiral"},
}


class Watch(Meter):
    """A meter that keeps the arrays too: what arrives at a layer, what its branch sends back."""

    def __init__(self, state: NetworkState, experiment: Experiment) -> None:
        super().__init__(state, experiment)
        self.arriving: dict[int, NDArray[Any]] = {}
        self.returned: dict[int, NDArray[Any]] = {}

    def output_gradient(self, i: int, gradient: NDArray[Any]) -> None:
        super().output_gradient(i, gradient)
        self.arriving[i] = gradient.astype(np.float64)

    def cotangent(self, i: int, stage: int, cotangent: NDArray[Any]) -> None:
        super().cotangent(i, stage, cotangent)
        self.returned[i] = cotangent.astype(np.float64)


def watched(experiment: Experiment) -> tuple[Trace, Watch]:
    """A backward pass whose arrays were kept."""
    state = NetworkState(experiment)
    watch = Watch(state, experiment)
    data = experiment.data
    seen = batch(load_data(experiment), data.batch_size, data.seed, step=0)
    output = state.forward(seen.x, watch)
    gradient = np.empty_like(output)
    loss = LOSSES[experiment.training.loss].evaluate(output, seen.targets, gradient)
    state.backward(gradient, watch)
    return watch.trace(0, loss, None), watch


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("settings", SKIPS.values(), ids=SKIPS.keys())
def test_the_angle_is_that_of_the_two_gradients(settings: dict[str, Any], dtype: str) -> None:
    """Computed from the two arrays; within 0.01 degrees, in float32 as far as its digits go."""
    experiment = experiment_of(depth=8, dtype=dtype, **settings)
    trace, watch = watched(experiment)
    share = skip_share(trace)
    for layer in range(1, 9):
        found = skip_angle(trace, layer)
        stream, branch = share * watch.arriving[layer - 1], watch.returned[layer - 1]
        if not trace.has_skip[layer - 1]:
            assert found is None
            continue
        sizes = sorted(float(np.linalg.norm(side)) for side in (stream, branch))
        if sizes[0] < (1e-10 if dtype == "float64" else 1e-5) * sizes[1]:
            assert found is None
            continue
        cosine = np.vdot(stream, branch) / (sizes[0] * sizes[1])
        tolerance = 0.01 if dtype == "float64" else 0.01 + 1e-5 * sizes[1] / sizes[0]
        assert found == pytest.approx(np.degrees(np.arccos(cosine)), abs=tolerance)


def test_no_angle_where_there_is_none() -> None:
    """A closed branch, a plain layer, a gradient that is 0."""
    rezero = run(experiment_of(depth=3, residual="pre_activation", residual_scale="rezero"))
    plain = run(experiment_of(depth=3))
    zeros = run(experiment_of(depth=3, init="zeros"))
    assert [skip_angle(trace, 2) for trace in (rezero, plain, zeros)] == [None, None, None]


def test_a_layer_with_a_skip_is_one_factor_of_the_product() -> None:
    """No product over what is inside its branch; the totals multiply to the ratio of norms."""
    trace = run(
        experiment_of(depth=100, residual="pre_activation", norm="batch", activation="relu")
    )
    product = product_down_to(trace, 3)
    g = trace.output_grad_norm
    assert set(product.decades) == {"skip"}
    assert product.decades["skip"] == pytest.approx(np.log10(g[2] / g[-1]), abs=1e-9)
    mixed = run(experiment_of(depth=10, dataset="spiral", residual="post_activation"))
    product = product_down_to(mixed, 0)
    assert set(product.decades) == {"activation", "weight", "skip"}
    assert sum(product.decades.values()) == pytest.approx(product.total, abs=1e-12)
    first = np.log10(mixed.factors.activation[0])
    assert product.decades["activation"] == pytest.approx(first, abs=1e-12)
