"""One more pass of a network, to look closely at some of its layers."""

from __future__ import annotations

from collections.abc import Iterable

from engine.experiment.experiment import Experiment
from engine.measure.inspection import Inspection, InspectionMeter
from engine.training.trainer import Trainer


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
