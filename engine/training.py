"""Runs an experiment: the pass at step 0, and training steps by plain gradient descent."""

from __future__ import annotations

import numpy as np

from engine.datasets import Batch, Split, batch, load
from engine.errors import SettingError
from engine.experiment import Experiment
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.lsuv import UnitVariance
from engine.memory import USABLE_SHARE, available_bytes, required_bytes
from engine.network import NetworkState, Observer
from engine.threads import suitable_threads
from engine.trace import Meter, Trace


def load_data(experiment: Experiment) -> Split:
    """The experiment's dataset, split and standardised."""
    data = experiment.data
    return load(data.dataset, experiment.features, data.noise, data.test_fraction, data.seed)


def check_memory(experiment: Experiment) -> None:
    """Raise SettingError if the experiment's arrays would not fit in the free memory."""
    required, available = required_bytes(experiment), available_bytes()
    if required > USABLE_SHARE * available:
        raise SettingError(
            "too_large",
            setting="width",
            depth=experiment.network.depth,
            width=experiment.network.width,
            required=required,
            available=available,
        )


class Trainer:
    """A network at some step of its training; `trace` is the pass of that step.

    Raises SettingError where the arrays would not fit in the machine's memory.
    """

    def __init__(self, experiment: Experiment) -> None:
        check_memory(experiment)
        self.experiment = experiment
        self.step_number = 0
        self.state = NetworkState(experiment)
        self._split = load_data(experiment)
        self._loss = LOSSES[experiment.training.loss]
        self._output_gradient = np.empty_like(self.state.output)
        if INITIALIZERS[experiment.network.init].data_driven:
            self.state.forward(self._batch(0).x, UnitVariance(self.state))
        self.trace = self._measure()

    def step(self) -> Trace:
        """Move the weights against the gradient of the last pass, W <- W - eta dL/dW; measure."""
        with np.errstate(all="ignore"):
            update = self.state.gradients.flat
            update *= self.experiment.training.learning_rate
            self.state.parameters.flat -= update
        self.step_number += 1
        self.trace = self._measure()
        return self.trace

    def _batch(self, step: int) -> Batch:
        data = self.experiment.data
        return batch(self._split, data.batch_size, data.seed, step)

    def observe(self, observer: Observer) -> tuple[float, float | None]:
        """One pass on the current step's batch; its loss, and the accuracy where there is one."""
        seen = self._batch(self.step_number)
        # overflow is a result here: the Trace says where it began
        with suitable_threads(self.experiment), np.errstate(all="ignore"):
            output = self.state.forward(seen.x, observer)
            loss = self._loss.evaluate(output, seen.targets, self._output_gradient)
            self.state.backward(self._output_gradient, observer)
            accuracy = None
            if self._loss.classifies and np.isfinite(loss):
                accuracy = float(np.mean(output.argmax(axis=1) == seen.targets.labels))
        return loss, accuracy

    def _measure(self) -> Trace:
        meter = Meter(self.state, self.experiment)
        loss, accuracy = self.observe(meter)
        with suitable_threads(self.experiment), np.errstate(all="ignore"):
            return meter.trace(self.step_number, loss, accuracy)


def run(experiment: Experiment, steps: int = 0) -> Trace:
    """The Trace of an experiment after that many training steps."""
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step()
    return trainer.trace
