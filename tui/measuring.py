"""Traces on demand: remembered, and with a guess of how long a new one takes."""

from __future__ import annotations

from functools import lru_cache

from engine import Experiment, run
from engine.parameters import parameter_count

ON_LOOP_SECONDS = 0.1
"""A pass that should take longer than this does not belong on the event loop."""

_SECONDS_PER_LAYER = 1e-4
_SECONDS_PER_DRAW = 3e-8
_SECONDS_PER_MULTIPLICATION = 1.5e-10

measure = lru_cache(maxsize=64)(run)
"""The Trace of an experiment; experiments are values, so undo and redo cost nothing."""


def expected_seconds(experiment: Experiment) -> float:
    """Roughly how long an experiment's first pass takes on an ordinary machine."""
    parameters = parameter_count(experiment)
    multiplications = 3 * parameters * experiment.data.batch_size
    return (
        experiment.network.depth * _SECONDS_PER_LAYER
        + parameters * _SECONDS_PER_DRAW
        + multiplications * _SECONDS_PER_MULTIPLICATION
    )
