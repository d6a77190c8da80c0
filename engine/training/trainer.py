"""Runs an experiment: the pass at step 0, the training steps from there, and closer looks."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.losses import LOSSES, Loss
from engine.data.datasets import Batch
from engine.experiment.experiment import Experiment, batch_at, load_data
from engine.experiment.runs import Run
from engine.experiment.sections import Training
from engine.measure.evaluation import Evaluation, accuracy, outputs, score
from engine.measure.inspection import Inspection, InspectionMeter
from engine.measure.meter import Meter
from engine.measure.trace import Divergence, Trace
from engine.network.cost import check_memory
from engine.network.lsuv import UnitVariance
from engine.network.observer import Observer
from engine.network.spare import SPARE
from engine.network.threads import suitable_threads
from engine.numerics.arrays import Array, frozen
from engine.training.displacement import Displacement
from engine.training.evaluation_steps import is_evaluated, spacing
from engine.training.snapshots import Snapshot
from engine.training.updates import Clip, Updater, learning_rate_at

UNMEASURED_AT_ONCE = 256
"""Steps that `run` takes between two Traces."""


class Trainer:
    """A network at some step of its training; `trace` is the pass of that step, `run` its history.

    `experiment` has the training settings as they are now. Everything is deterministic: the same
    run has the same bits. Once a pass is not finite the training is over: `diverged` says where,
    `trace` stays at the last finite pass (at step 0 if there is none), and a further step or
    change raises ValueError. `nonfinite` is then the pass that this trainer could not go on from.

    Raises SettingError where the arrays would not fit in the machine's memory: the network's on
    construction, those of a training run at the first step.
    """

    def __init__(self, experiment: Experiment) -> None:
        check_memory(experiment)
        self.run = Run(experiment)
        self.experiment = experiment
        self.split = load_data(experiment)
        # orthogonal matrices are made by BLAS too
        with suitable_threads(experiment):
            self.state = SPARE.take(experiment)
            if INITIALIZERS[experiment.network.init].data_driven:
                self.state.forward(self._batch().x, UnitVariance(self.state))
        self._output_gradient = np.empty_like(self.state.output)
        self._displacement: Displacement | None = None
        self._updater = self._new_updater()
        self.nonfinite: Trace | None = None
        # of the last pass
        self._clip, self._is_finite = Clip(0.0, 1.0, 0.0, 0.0), True
        self._apart = spacing(len(self.split.test.x), experiment.data.batch_size)
        self.trace = self._measure(track=True)

    @property
    def step_number(self) -> int:
        """How many steps have been taken."""
        return self.run.step

    @property
    def diverged(self) -> Divergence | None:
        """Where the training stopped being finite, if it did."""
        return self.trace.divergence

    def step(self) -> Trace:
        """Take one step and measure."""
        return self.advance(1)

    def advance(self, steps: int) -> Trace:
        """Take so many steps and measure the last alone: the numbers are those of single steps."""
        self._refuse_if_diverged()
        if steps < 1:
            return self.trace
        if self._displacement is None:
            check_memory(self.experiment, trains=True)
            self._displacement = Displacement(self.state.parameters, self.state.gradients)
        before = self.snapshot() if steps > 1 else None
        evaluations = self.trace.evaluations
        for left in reversed(range(steps)):
            if left == 0:
                self._displacement.keep_gradient()
            with np.errstate(all="ignore"):
                self._updater.step(self._clip, self._learning_rate())
            self.run = self.run.after(1)
            if left == 0:
                measured = self._measure(track=True)
            else:
                self._pass(track=True)
            if not self._is_finite:
                break
            if is_evaluated(self.step_number, self._apart):
                evaluations = (*evaluations, self._evaluation())
        else:
            self.trace = replace(measured, evaluations=evaluations)
            return self.trace
        if before is None:
            self.trace = replace(self.trace, divergence=measured.divergence)
            self.nonfinite = measured
            return self.trace
        # once more, to measure the last finite pass and the one after it
        self.restore(before)
        self.advance(steps - left - 1)
        return self.step()

    def change(self, training: Training) -> Trace:
        """Train with other settings from here on, and measure this step's pass again."""
        self._refuse_if_diverged()
        if training == self.experiment.training:
            return self.trace
        optimizer = self.experiment.training.optimizer
        self._follow(self.run.changed(training))
        if training.optimizer != optimizer:
            self._updater = self._new_updater()
        evaluations = self.trace.evaluations
        self.trace = replace(self._measure(track=False), evaluations=evaluations)
        return self.trace

    def rewind(self, training: Training | None = None) -> Trace:
        """Back to the weights of step 0, without a new draw, to train as now or as said."""
        if self._displacement is not None:
            np.copyto(self.state.parameters.flat, self._displacement.start)
            self._displacement = None
        self._follow(Run(replace(self.experiment, training=training or self.experiment.training)))
        self._updater, self.nonfinite = self._new_updater(), None
        if self.state.batch_norm is not None:
            self.state.batch_norm.reset()
        self.trace = self._measure(track=True)
        return self.trace

    def observe(self, observer: Observer) -> None:
        """One more pass on the current step's batch, for somebody else to watch."""
        self._pass(track=False, observer=observer)

    def snapshot(self) -> Snapshot:
        """A copy of the trained state, for `restore`."""
        batch_norm = self.state.batch_norm
        return Snapshot(
            run=self.run,
            trace=self.trace,
            parameters=self.state.parameters.flat.copy(),
            memory=self._updater.memory.copy(),
            count=self._updater.count,
            running=None if batch_norm is None else batch_norm.running.copy(),
            gradient=None if self._displacement is None else self._displacement.before.copy(),
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Go back, or on, to a state of a run of the same network on the same data."""
        if replace(snapshot.run.experiment, training=self.experiment.training) != self.experiment:
            raise ValueError("a snapshot of another network or other data")
        if self._displacement is None:
            self._displacement = Displacement(self.state.parameters, self.state.gradients)
        np.copyto(self._displacement.before, 0 if snapshot.gradient is None else snapshot.gradient)
        np.copyto(self.state.parameters.flat, snapshot.parameters)
        if self.state.batch_norm is not None and snapshot.running is not None:
            np.copyto(self.state.batch_norm.running, snapshot.running)
        self._follow(snapshot.run)
        self._updater = self._new_updater()
        self._updater.count = snapshot.count
        np.copyto(self._updater.memory, snapshot.memory)
        self._pass(track=False)
        self.trace, self.nonfinite = snapshot.trace, None

    def outputs(self, x: Array) -> Array:
        """The read-out (samples, outputs) of standardised inputs, in evaluation mode."""
        return outputs(self.state, x)

    def evaluate(self) -> Trace:
        """Add to `trace` the loss and accuracy on the test set, as far as there are such."""
        if not self.diverged:
            found = self._evaluation()
            self.trace = replace(self.trace, test_loss=found.loss, test_accuracy=found.accuracy)
        return self.trace

    def _evaluation(self) -> Evaluation:
        test = self.split.test
        found = score(self.state, test, self._loss) if len(test.x) else (None, None)
        return Evaluation(self.step_number, *found)

    def _refuse_if_diverged(self) -> None:
        if self.diverged:
            raise ValueError(f"training diverged at step {self.diverged.step}")

    def _follow(self, run: Run) -> None:
        self.run, self.experiment = run, run.current
        self._updater.training = self.experiment.training

    def _new_updater(self) -> Updater:
        return Updater(self.experiment.training, self.state.parameters, self.state.gradients)

    @property
    def _loss(self) -> Loss:
        return LOSSES[self.experiment.training.loss]

    def _learning_rate(self) -> float:
        return learning_rate_at(self.step_number, self.experiment.training)

    def _batch(self) -> Batch:
        return batch_at(self.experiment, self.split, self.step_number)

    def _pass(self, track: bool, observer: Observer | None = None) -> tuple[float, Batch]:
        """Forward and backward on this step's batch; `track` takes it into running statistics."""
        seen = self._batch()
        # overflow is a result here: the Trace says where it began
        with suitable_threads(self.experiment), np.errstate(all="ignore"):
            output = self.state.forward(seen.x, observer)
            loss = self._loss.evaluate(output, seen.targets, self._output_gradient)
            self.state.backward(self._output_gradient, observer)
            if track and self.state.batch_norm is not None:
                self.state.batch_norm.track()
            self._clip = self._updater.clip()
        self._is_finite = math.isfinite(loss) and math.isfinite(self._clip.before)
        return loss, seen

    def _measure(self, track: bool) -> Trace:
        meter, moved = Meter(self.state, self.experiment), self._displacement
        # the norms too: a second thread costs more than it brings to them
        with suitable_threads(self.experiment), np.errstate(all="ignore"):
            loss, seen = self._pass(track, meter)
            told = self._loss.classifies and math.isfinite(loss)
            share = accuracy(self.state.output, seen.targets.labels) if told else None
            trace = meter.trace(self.step_number, loss, share)
            rate = self._learning_rate()
            update_ratio = self._updater.next_norms(self._clip, rate) / trace.weight_norm
            update_ratio[trace.weight_norm == 0] = np.nan
            where = Divergence(self.step_number, trace.first_nonfinite_layer)
            return replace(
                trace,
                update_ratio=frozen(update_ratio),
                displacement=frozen(moved.relative()) if moved else trace.displacement,
                gradient_cosine=frozen(moved.gradient_cosine()) if moved else trace.gradient_cosine,
                clipped_gradient_norm=self._clip.after,
                learning_rate=rate,
                divergence=None if self._is_finite else where,
            )


def _far(trainer: Trainer, steps: int) -> None:
    """Take many steps; a Trace now and then bounds what a divergence makes `advance` repeat."""
    while steps > 0 and not trainer.diverged:
        trainer.advance(min(steps, UNMEASURED_AT_ONCE))
        steps -= UNMEASURED_AT_ONCE


def replay(run: Run) -> Trainer:
    """A trainer at the end of that run, every bit as it was."""
    trainer = Trainer(run.experiment)
    for change in run.changes:
        _far(trainer, change.step - trainer.step_number)
        trainer.change(change.training)
    _far(trainer, run.step - trainer.step_number)
    return trainer


def run(experiment: Experiment, steps: int = 0, evaluates: bool = False) -> Trace:
    """The Trace of an experiment after that many training steps, or where it diverged before.

    One that `evaluates` has loss and accuracy on the test set too.
    """
    trainer = Trainer(experiment)
    _far(trainer, steps)
    trace = trainer.evaluate() if evaluates else trainer.trace
    SPARE.keep(trainer.state)
    return trace


def inspect(trainer: Trainer, layers: Iterable[int]) -> dict[int, Inspection]:
    """Those layers (from 1) of a network at its current step, by one more pass on the same batch.

    Parameters and Trace stay what they are, and the gradients come out the same again.
    """
    meter = InspectionMeter(trainer.state, layers)
    trainer.observe(meter)
    return meter.inspections()


def inspect_experiment(experiment: Experiment, layers: Iterable[int]) -> dict[int, Inspection]:
    """Those layers (from 1) of an experiment at step 0; raises SettingError as a Trainer does."""
    return inspect(Trainer(experiment), layers)
