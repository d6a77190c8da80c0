"""A training run as a value: whoever has it can have every number of the run again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.experiment.experiment import Experiment
from engine.experiment.sections import Training


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

        Of several changes at one step only the last counts, and none that comes to nothing, unless
        an optimiser came and went: that empties its memory.
        """
        changes = self.changes
        if changes and changes[-1].step == self.step:
            same = changes[-1].training.optimizer == training.optimizer
            changes = changes[:-1] if same else changes
        so_far = replace(self, changes=changes)
        if so_far.current.training == training:
            return so_far
        return replace(self, changes=(*changes, Change(self.step, training)))
