"""What an experiment's network is shown: its split dataset, and the batch of each step."""

from __future__ import annotations

from engine.data.datasets import Batch, Split, batch, load
from engine.experiment.experiment import Experiment


def load_data(experiment: Experiment) -> Split:
    """The experiment's dataset, split and standardised."""
    data = experiment.data
    return load(data.dataset, experiment.features, data.noise, data.test_fraction, data.seed)


def batch_at(experiment: Experiment, split: Split, step: int) -> Batch:
    """The batch that a step of the experiment sees."""
    return batch(split, experiment.data.batch_size, experiment.data.seed, step)
