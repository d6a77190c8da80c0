"""Exact identities of backpropagation, for several seeds and depths: no tolerance to argue about.

They see what slopes cannot, such as a BatchNorm whose gradient skips mean and variance.
"""

from typing import Any

import numpy as np
import pytest

from engine.network.norm_operation import Normalize
from engine.network.observer import Observer
from tests.support.experiments import experiment_of
from tests.support.passes import run_pass

SEEDS = (0, 1, 2)
DEPTHS = (1, 3, 20)


class DeltaKeeper(Observer):
    """An observer that keeps every delta of a network whose layers begin with the linear op."""

    def __init__(self, stages: tuple[str, ...]) -> None:
        self.stage = stages.index("linear") - 1
        self.deltas: dict[int, np.ndarray] = {}

    def cotangent(self, i: int, stage: int, cotangent: Any) -> None:
        if stage == self.stage:
            self.deltas[i] = cotangent.copy()


def deltas_of(done: Any) -> dict[int, np.ndarray]:
    """Every layer's delta of a pass, by a second backward pass."""
    from engine.catalogue.losses import LOSSES

    keeper = DeltaKeeper(done.state.stages)
    output = done.state.forward(done.batch.x)
    gradient = np.empty_like(output)
    loss = LOSSES[done.experiment.training.loss]
    loss.evaluate(output, done.batch.targets, gradient)
    done.state.backward(gradient, keeper)
    return keeper.deltas


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "linear"])
@pytest.mark.parametrize("loss", ["cross_entropy", "mse", "probe"])
def test_euler_every_layer_gives_the_same_inner_product(
    activation: str, loss: str, depth: int, seed: int
) -> None:
    """<W_l, dL/dW_l> = sum f dL/df in a bias-free homogeneous net."""
    done = run_pass(
        experiment_of(activation=activation, loss=loss, depth=depth, seed=seed, init="he_normal")
    )
    state = done.state
    readout = np.vdot(state.parameters.readout_weight, state.gradients.readout_weight)
    for weight, gradient in zip(state.parameters.weights, state.gradients.weights, strict=True):
        assert np.vdot(weight, gradient) == pytest.approx(readout, rel=1e-10)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("activation", ["tanh", "relu", "gelu"])
def test_batch_norm_lets_no_constant_and_no_scaling_through(
    activation: str, depth: int, seed: int
) -> None:
    """Per unit: sum_b dz_b = 0, sum_b dz_b x_hat_b = O(eps) and <W_i, dW_i> = O(eps)."""
    done = run_pass(experiment_of(activation=activation, depth=depth, seed=seed, norm="batch"))
    normalize = done.state.operation("norm")
    assert isinstance(normalize, Normalize)
    for i, delta in deltas_of(done).items():
        size = np.abs(delta).sum(axis=0)
        assert (np.abs(delta.sum(axis=0)) <= 1e-12 * size + 1e-300).all()
        along = np.abs((delta * normalize.normalised(i)).sum(axis=0))
        assert (along <= 1e-3 * size).all()
        weight, gradient = done.state.parameters.weights[i], done.state.gradients.weights[i]
        inner = np.abs((weight * gradient).sum(axis=1))
        norms = np.linalg.norm(weight, axis=1) * np.linalg.norm(gradient, axis=1)
        assert (inner <= 1e-3 * norms + 1e-300).all()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("depth", DEPTHS)
def test_linear_orthogonal_keeps_every_delta(depth: int, seed: int) -> None:
    """|delta_l| is the same in all layers, to rounding."""
    done = run_pass(experiment_of(activation="linear", init="orthogonal", depth=depth, seed=seed))
    np.testing.assert_allclose(done.trace.delta_norm, done.trace.delta_norm[-1], rtol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("residual", ["post_activation", "pre_activation"])
def test_rezero_passes_the_gradient_unchanged(residual: str, seed: int) -> None:
    """g_l is identical for all l and no branch weight gets a gradient, but alpha does."""
    done = run_pass(experiment_of(residual=residual, residual_scale="rezero", seed=seed))
    trace = done.trace
    assert (trace.output_grad_norm == trace.output_grad_norm[-1]).all()
    assert trace.input_grad_norm == trace.output_grad_norm[-1]
    assert (trace.weight_grad_norm == 0).all()
    assert all(alpha[0] != 0 for alpha in done.state.gradients.alphas)
