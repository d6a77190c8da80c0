"""Small training runs: how they are made, changed and compared."""

import dataclasses
from typing import Any

import numpy as np

from engine import Experiment, Factors, Trace, Trainer
from engine.data.datasets import Split
from engine.network.network import NetworkState
from tests.support.experiments import experiment_of


def asked(trainer: Trainer) -> tuple[NetworkState, Split, int]:
    """What a question is asked of."""
    return trainer.state, trainer.split, trainer.step_number


SMALL = {"depth": 4, "width": 8, "batch_size": 32, "activation": "tanh"}


def small(**settings: Any) -> Experiment:
    """A network that takes a step in a moment."""
    return experiment_of(**{**SMALL, **settings})


def assert_same(one: Trace, other: Trace) -> None:
    """Every number, bit for bit."""
    for item in dataclasses.fields(Trace):
        mine, theirs = getattr(one, item.name), getattr(other, item.name)
        if isinstance(mine, Factors):
            for factor in dataclasses.fields(Factors):
                np.testing.assert_array_equal(
                    getattr(mine, factor.name), getattr(theirs, factor.name), factor.name
                )
        else:
            np.testing.assert_array_equal(mine, theirs, item.name)


def changed(trainer: Trainer, **settings: Any) -> None:
    """Change training settings on the way."""
    trainer.change(dataclasses.replace(trainer.experiment.training, **settings))


def _after_a_step(trainer: Trainer) -> Any:
    trainer.step()
    return trainer.state.parameters.flat.copy()
