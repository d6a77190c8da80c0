"""A trained state as a value, to go back to."""

from dataclasses import dataclass

from engine.experiment.runs import Run
from engine.measure.trace import Trace
from engine.numerics.arrays import Array


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
