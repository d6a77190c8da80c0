"""A training run as a value: whoever has it can have every number of the run again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.experiment.experiment import Experiment, Training
from engine.measure.trace import Trace

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Change:
    """From the step that leaves `step` on, the run trained with `training`."""

    step: int
    training: Training


@dataclass(frozen=True)
class Run:
    """An experiment trained for `step` steps, with the training settings changed on the way.

    `experiment` is the one it started with.
    """

    experiment: Experiment
    step: int = 0
    changes: tuple[Change, ...] = ()

    @property
    def current(self) -> Experiment:
        """The experiment with the training settings as they are now."""
        if not self.changes:
            return self.experiment
        return replace(self.experiment, training=self.changes[-1].training)

    def after(self, steps: int) -> Run:
        """The run those steps further."""
        return replace(self, step=self.step + steps)

    def changed(self, training: Training) -> Run:
        """The run with another training from here on.

        Of several changes at one step only the last counts, unless an optimiser came and went:
        that empties its memory.
        """
        changes = self.changes
        if changes and changes[-1].step == self.step:
            same = changes[-1].training.optimizer == training.optimizer
            changes = changes[:-1] if same else changes
        return replace(self, changes=(*changes, Change(self.step, training)))


@dataclass(frozen=True)
class Snapshot:
    """A trained state: the run that led to it, its Trace and copies of everything that moved.

    `parameters` is flat, `memory` (arrays, numbers) the optimiser's after `count` steps, `running`
    the statistics of a batch norm (None without one), and `gradient` that of the pass before (None
    at step 0).
    """

    run: Run
    trace: Trace
    parameters: Array
    memory: Array
    count: int
    running: Array | None
    gradient: Array | None
