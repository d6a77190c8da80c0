"""A pass on any numbers with all that went in and came out, and the oracle's view of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Experiment
from engine.catalogue.losses import LOSSES, Targets
from engine.data.datasets import Batch, batch
from engine.experiment.experiment import load_data
from engine.measure.meter import Meter
from engine.measure.trace import Trace
from engine.network.network import NetworkState
from engine.network.parameters import Parameters, has_skip
from tests.support import oracle

Array = NDArray[Any]


@dataclass
class Pass:
    """An engine pass with everything that went in and came out."""

    experiment: Experiment
    state: NetworkState
    batch: Batch
    loss: float
    input_gradient: Array
    trace: Trace

    def loss_now(self) -> float:
        """The loss at the parameters as they are now."""
        output = self.state.forward(self.batch.x)
        loss = LOSSES[self.experiment.training.loss]
        return loss.evaluate(output, self.batch.targets, np.empty_like(output))


def run_pass(experiment: Experiment, jitter: int | None = None) -> Pass:
    """One pass; `jitter` seeds a change of every parameter, so that none is 0 or 1 by accident."""
    state = NetworkState(experiment)
    if jitter is not None:
        noise = np.random.default_rng(jitter).standard_normal(state.parameters.flat.shape)
        state.parameters.flat += 0.3 * noise
    seen = batch(load_data(experiment), experiment.data.batch_size, experiment.data.seed, step=0)
    meter = Meter(state, experiment)
    output = state.forward(seen.x, meter)
    gradient = np.empty_like(output)
    loss = LOSSES[experiment.training.loss].evaluate(output, seen.targets, gradient)
    input_gradient = state.backward(gradient, meter).copy()
    return Pass(experiment, state, seen, loss, input_gradient, meter.trace(0, loss, None))


def oracle_parameters(experiment: Experiment, parameters: Parameters) -> oracle.Parameters:
    """The same numbers in the oracle's form, which has an alpha for every layer."""
    alphas: list[Array] = []
    if experiment.network.residual_scale == "rezero":
        own = iter(parameters.alphas)
        alphas = [next(own)[0].copy() if skip else np.zeros(()) for skip in has_skip(experiment)]
    return oracle.Parameters(
        parameters.weights,
        parameters.biases,
        parameters.gammas,
        parameters.betas,
        [np.asarray(alpha) for alpha in alphas],
        parameters.readout_weight,
        parameters.readout_bias,
    )


def spec_of(experiment: Experiment) -> dict[str, Any]:
    """The settings that the oracle reads."""
    return dict(experiment.settings())


def oracle_gradients(
    done: Pass,
) -> tuple[float, dict[str, list[Array]], dict[str, list[Array]]]:
    """Loss, gradients by parameter kind (one entry a layer that has one), deltas and gs."""
    targets: Targets = done.batch.targets
    loss, gradients, signals = oracle.gradients(
        spec_of(done.experiment),
        oracle_parameters(done.experiment, done.state.parameters),
        done.batch.x,
        labels=targets.labels,
        targets=targets.values,
        cotangent=targets.cotangent,
    )
    skips = has_skip(done.experiment)
    alphas = [np.reshape(a, 1) for a, s in zip(gradients.alphas, skips, strict=False) if s]
    return (
        loss,
        {
            "weights": gradients.weights,
            "biases": gradients.biases,
            "gammas": gradients.gammas,
            "betas": gradients.betas,
            "alphas": alphas,
            "readout": [gradients.readout_weight, gradients.readout_bias],
        },
        signals,
    )


def engine_gradients(parameters: Parameters) -> dict[str, list[Array]]:
    """The engine's gradients in the same form."""
    return {
        "weights": parameters.weights,
        "biases": parameters.biases,
        "gammas": parameters.gammas,
        "betas": parameters.betas,
        "alphas": parameters.alphas,
        "readout": [parameters.readout_weight, parameters.readout_bias],
    }
