"""Where number formats would run out: which layer's values fp16, bf16 or fp32 cannot hold."""

from dataclasses import dataclass

import numpy as np

from engine.diagnosis.stretches import stretches
from engine.experiment.experiment import Experiment
from engine.network.cost import expected_seconds
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.numerics.arrays import Array
from engine.numerics.errors import SettingError
from engine.numerics.formats import NUMBER_FORMATS
from engine.training.trainer import Trainer

UNDERFLOW_SHARE = 0.5
"""A layer underflows when more than this share of its delta elements is below the normal range."""

LONGEST = 2.0
"""Seconds that a pass for this purpose alone may take."""


@dataclass(frozen=True)
class Limit:
    """Where a format first runs out: `kind` is underflow (on the way back) or overflow.

    `layer` is where the pass first meets it, and `last` the last of the run of layers from there
    on. `share` is that of the first layer's elements which are out of range. For an overflow
    `where` is forward (the linear outputs and the stream) or backward (delta).
    """

    format: str
    kind: str
    where: str
    layer: int
    last: int
    share: float


class RangeMeter(Observer):
    """An observer that counts each layer's elements outside each format's range."""

    def __init__(self, state: NetworkState, depth: int) -> None:
        self._delta_stage = state.delta_stage
        shape = (len(NUMBER_FORMATS), depth)
        self.below, self.above = np.zeros(shape), np.zeros(shape)
        self.above_forward = np.zeros(shape)

    def _too_large(self, magnitude: Array, into: Array, i: int) -> None:
        top = float(magnitude.max())
        for row, entry in enumerate(NUMBER_FORMATS):
            if not top <= entry.huge:
                share = float(np.mean(~(magnitude <= entry.huge)))
                into[row, i] = max(into[row, i], share)

    def linear_output(self, i: int, z: Array) -> None:
        self._too_large(np.abs(z), self.above_forward, i)

    def layer_output(self, i: int, h: Array) -> None:
        self._too_large(np.abs(h), self.above_forward, i)

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        if stage != self._delta_stage:
            return
        magnitude = np.abs(cotangent)
        self._too_large(magnitude, self.above, i)
        meant = int(np.count_nonzero(magnitude))
        for row, entry in enumerate(NUMBER_FORMATS):
            below = int(np.count_nonzero(magnitude < entry.tiny))
            self.below[row, i] = (below - magnitude.size + meant) / max(meant, 1)


def limits(experiment: Experiment) -> tuple[Limit, ...]:
    """Where each format would first run out in an experiment's first pass; one pass in float64.

    Elements that are exactly 0, as behind ReLU's flat half, do not count. Nothing is said of a
    network whose pass would take long, or not fit in memory, in float64.
    """
    wide = experiment.with_settings(dtype="float64")
    if expected_seconds(wide) > LONGEST:
        return ()
    try:
        trainer = Trainer(wide)
    except (SettingError, MemoryError):
        return ()
    meter = RangeMeter(trainer.state, experiment.network.depth)
    trainer.observe(meter)
    found = []
    for row, entry in enumerate(NUMBER_FORMATS):
        forward, backward, small = meter.above_forward[row], meter.above[row], meter.below[row]
        if met := stretches(forward, 0.0):
            run = met[0]
            share = forward[run.first - 1]
            found.append(Limit(entry.name, "overflow", "forward", run.first, run.last, share))
            backward = np.zeros_like(backward)
        # from the output, so that the last run of layers is met first, at its end
        for kind, shares, most in (
            ("overflow", backward, 0.0),
            ("underflow", small, UNDERFLOW_SHARE),
        ):
            if met := stretches(shares, most):
                run = met[-1]
                share = shares[run.last - 1]
                found.append(Limit(entry.name, kind, "backward", run.last, run.first, share))
    return tuple(found)
