"""Where number formats run out: what rounding to fp16, bf16 or fp32 makes of the first pass.

Rounded are the inputs, every parameter, every signal on its way forward (z, N, phi, what a skip
adds), the read-out, and every gradient with respect to a signal on the way back, each to the
nearest number of the format. Sums inside an operation and the loss are taken in float64.
"""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.losses import LOSSES
from engine.diagnosis.stretches import Stretch, stretches
from engine.experiment.experiment import Experiment, batch_at
from engine.network.cost import expected_seconds, required_bytes
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.network.threads import suitable_threads
from engine.numerics.arrays import Array
from engine.numerics.errors import SettingError
from engine.numerics.formats import NUMBER_FORMATS, NumberFormat
from engine.numerics.memory import available_bytes
from engine.numerics.norms import norm
from engine.training.trainer import Trainer

IMPRECISE_ABOVE = 0.01
"""Precision begins to go where |rounded delta - delta| exceeds this share of |delta|."""

FLUSHED_ABOVE = 0.5
"""A layer counts as flushed when more than this share of its nonzero delta elements became 0."""

PASSES = 2 + len(NUMBER_FORMATS)
"""A network's own pass, the exact one, and one for each format."""

LONGEST = 4.0
"""Seconds that these passes may take."""


@dataclass(frozen=True)
class Limit:
    """What a format does to an experiment's first pass; layers count from 1.

    `overflow_forward` is the first layer with a signal that is not finite, `overflow_backward` the
    first on the way back whose delta is not finite. `imprecise` is the first on the way back where
    precision begins to go, `error` is |rounded delta - delta| / |delta| of layer 1 (nan where that
    is no number), and `flushed` are the layers where most of delta became 0.
    """

    format: str
    overflow_forward: int | None
    overflow_backward: int | None
    imprecise: int | None
    error: float
    flushed: tuple[Stretch, ...]


class _DeltaObserver(Observer):
    """An observer that is shown every layer's delta too, the last layer's first."""

    def __init__(self, state: NetworkState) -> None:
        self._state = state

    def delta(self, i: int, delta: Array) -> None:
        """dL/dz of layer i."""

    def output_gradient(self, i: int, gradient: Array) -> None:
        # a branch that ends with its linear operation, times 1: delta is g itself
        if i >= 0 and self._state.delta_stage == 0 and self._state.branch_scale(i) == 1:
            self.delta(i, gradient)

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        if stage == self._state.delta_stage:
            self.delta(i, cotangent)


class _Exact(_DeltaObserver):
    """Keeps a copy of every layer's delta."""

    def __init__(self, state: NetworkState) -> None:
        super().__init__(state)
        self.deltas: dict[int, Array] = {}

    def delta(self, i: int, delta: Array) -> None:
        self.deltas[i] = delta.copy()


class _Rounding(_DeltaObserver):
    """Rounds all that it is shown, and compares every layer's delta with the exact one."""

    def __init__(self, state: NetworkState, entry: NumberFormat, exact: dict[int, Array]) -> None:
        super().__init__(state)
        self._round, self._exact = entry.round, exact
        self.overflow_forward: int | None = None
        self.overflow_backward: int | None = None
        self.errors, self.flushed = np.zeros(len(exact)), np.zeros(len(exact))

    def _forward(self, i: int, signal: Array) -> None:
        rounded = self._round(signal)
        if self.overflow_forward is None and not np.isfinite(rounded).all():
            self.overflow_forward = i + 1

    def linear_output(self, i: int, z: Array) -> None:
        self._forward(i, z)

    def activation_input(self, i: int, u: Array) -> None:
        self._forward(i, u)

    def activation_output(self, i: int, phi: Array) -> None:
        self._forward(i, phi)

    def layer_output(self, i: int, h: Array) -> None:
        self._forward(i, h)

    def scaled(self, i: int, summand: Array) -> None:
        self._round(summand)

    def output_gradient(self, i: int, gradient: Array) -> None:
        super().output_gradient(i, self._round(gradient))

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        super().cotangent(i, stage, self._round(cotangent))

    def delta(self, i: int, delta: Array) -> None:
        exact = self._exact[i]
        meant = exact != 0
        if self.overflow_backward is None and not np.isfinite(delta).all():
            self.overflow_backward = i + 1
        if meant.any():
            self.errors[i] = norm(delta - exact) / norm(exact)
            self.flushed[i] = np.count_nonzero(meant & (delta == 0)) / np.count_nonzero(meant)
        elif i + 1 < len(self._exact):
            # nothing is left to lose, float64 has lost it too: what held above still holds
            self.errors[i], self.flushed[i] = self.errors[i + 1], self.flushed[i + 1]

    def limit(self, name: str) -> Limit | None:
        """What was found, or None where the format is good enough."""
        off = np.flatnonzero(self.errors > IMPRECISE_ABOVE)
        if not (self.overflow_forward or self.overflow_backward or len(off)):
            return None
        return Limit(
            format=name,
            overflow_forward=self.overflow_forward,
            overflow_backward=self.overflow_backward,
            imprecise=int(off[-1]) + 1 if len(off) else None,
            error=float(self.errors[0]),
            flushed=stretches(self.flushed, FLUSHED_ABOVE),
        )


def limits(experiment: Experiment) -> tuple[Limit, ...] | None:
    """What each format that is not up to an experiment's first pass does to it.

    Elements that are exactly 0 in float64, as behind ReLU's flat half, do not count as flushed.
    None for a network whose passes would take long, or not fit in memory, in float64.
    """
    wide = experiment.with_settings(dtype="float64")
    if PASSES * expected_seconds(wide) > LONGEST or 2 * required_bytes(wide) > available_bytes():
        return None
    try:
        trainer = Trainer(wide)
    except (SettingError, MemoryError):
        return None
    exact = _Exact(trainer.state)
    trainer.observe(exact)
    parameters = trainer.state.parameters.flat
    drawn = parameters.copy()
    found = []
    for entry in NUMBER_FORMATS:
        np.copyto(parameters, drawn)
        rounding = _Rounding(trainer.state, entry, exact.deltas)
        _rounded_pass(trainer, entry, rounding)
        found.append(rounding.limit(entry.name))
    return tuple(limit for limit in found if limit is not None)


def _rounded_pass(trainer: Trainer, entry: NumberFormat, rounding: _Rounding) -> None:
    state, experiment = trainer.state, trainer.experiment
    seen = batch_at(experiment, trainer.split, 0)
    gradient = np.empty_like(state.output)
    # overflow is a result here
    with suitable_threads(experiment), np.errstate(all="ignore"):
        entry.round(state.parameters.flat)
        output = entry.round(state.forward(entry.round(seen.x.copy()), rounding))
        LOSSES[experiment.training.loss].evaluate(output, seen.targets, gradient)
        state.backward(entry.round(gradient), rounding)
