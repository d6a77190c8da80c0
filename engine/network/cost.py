"""How long a pass takes, roughly and before it is made."""

from __future__ import annotations

from engine.experiment.experiment import Experiment
from engine.network.parameters import parameter_count

_PER_LAYER = 1e-4
_PER_DRAW = 3e-8
_PER_MULTIPLICATION = 1.5e-10


def expected_seconds(experiment: Experiment) -> float:
    """Roughly how long an experiment's first pass takes on an ordinary machine."""
    parameters = parameter_count(experiment)
    multiplications = 3 * parameters * experiment.data.batch_size
    return (
        experiment.network.depth * _PER_LAYER
        + parameters * _PER_DRAW
        + multiplications * _PER_MULTIPLICATION
    )
