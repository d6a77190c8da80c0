"""Takes the measurements of a Trace during a pass."""

import math

import numpy as np
from numpy.typing import NDArray

from engine.experiment.experiment import Experiment
from engine.measure.trace import BRANCH_FAMILIES, Factors, Trace
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.network.parameters import has_skip
from engine.numerics.arrays import Array, frozen
from engine.numerics.norms import norm

SATURATED_BELOW = 0.05
"""A unit is saturated on a sample where |phi'| is below this share of its maximum."""


class Meter(Observer):
    """An observer that takes the measurements of a Trace during a pass."""

    def __init__(self, state: NetworkState, experiment: Experiment) -> None:
        depth = experiment.network.depth
        self._state = state
        self._experiment = experiment
        self._saturated_below = SATURATED_BELOW * state.activation.bound
        self._tiny = float(np.finfo(experiment.network.dtype).tiny)
        self._skips = has_skip(experiment)
        self._z = np.zeros(depth)
        self._h = np.zeros(depth)
        self._g = np.zeros(depth + 1)
        self._stages = np.zeros((depth, len(state.stages)))
        self._saturated = np.zeros(depth)
        self._dead = np.zeros(depth)
        self._flat = 0  # elements of the current layer's cotangent that phi' = 0 made 0
        self._underflow: int | None = None

    def linear_output(self, i: int, z: Array) -> None:
        self._z[i] = norm(z) / math.sqrt(z.size)

    def layer_output(self, i: int, h: Array) -> None:
        self._h[i] = norm(h) / math.sqrt(h.size)

    def output_gradient(self, i: int, gradient: Array) -> None:
        above = i + 1
        if above < len(self._skips) and not self._skips[above]:
            # without a skip, what leaves the layer above is what arrives here
            self._g[above] = self._stages[above, -1]
        else:
            self._g[above] = norm(gradient)
        if i >= 0:
            self._stages[i, 0] = self._g[above]

    def slope(self, i: int, slope: Array) -> None:
        least = float(slope.min())
        self._flat = 0
        if least >= self._saturated_below:
            return
        magnitude = np.abs(slope) if least < 0 else slope
        saturated = np.count_nonzero(magnitude < self._saturated_below)
        self._saturated[i] = saturated / slope.size
        if least <= 0:
            moves = slope != 0
            self._flat = slope.size - int(np.count_nonzero(moves))
        if self._flat >= len(slope):
            self._dead[i] = 1 - np.count_nonzero(moves.any(axis=0)) / slope.shape[1]

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        size = norm(cotangent)
        self._stages[i, stage] = size
        if stage != self._state.delta_stage or self._underflow is not None:
            return
        # element by element only where the rms comes near: it costs a pass over the array
        if size < 1e25 * self._tiny and self._underflows(i, stage, cotangent):
            self._underflow = i + 1

    def _underflows(self, i: int, stage: int, delta: Array) -> bool:
        if self._g[i + 1] == 0:
            # 0 by underflow only if neither factor above was 0 already
            above = i + 1
            return (
                above < len(self._stages)
                and self._stages[above, self._state.delta_stage] > 0
                and bool(self._state.parameters.weights[above].any())
            )
        if self._state.branch_scale(i) == 0:
            return False
        flat = self._flat if self._state.stages[stage] == "activation" else 0
        lost = int(np.count_nonzero(np.abs(delta) < self._tiny)) - flat
        return 2 * lost > delta.size - flat

    def trace(self, step: int, loss: float, accuracy: float | None) -> Trace:
        """The Trace of the pass just watched, whose gradients the state still holds.

        What only a training run knows is left as at step 0, and `update_ratio` at nan.
        """
        experiment, parameters = self._experiment, self._state.parameters
        gradients = self._state.gradients
        delta_norm = self._stages[:, self._state.delta_stage].copy()
        weight_norm = np.array([norm(weight) for weight in parameters.weights])
        gradient_norm = norm(gradients.flat)
        batch_size, width = experiment.data.batch_size, experiment.network.width
        unknown = frozen(np.full(len(delta_norm), np.nan))
        skips = np.array(self._skips)
        return Trace(
            experiment=experiment,
            step=step,
            loss=loss,
            accuracy=accuracy,
            delta_norm=frozen(delta_norm),
            delta_rms=frozen(delta_norm / math.sqrt(batch_size * width)),
            output_grad_norm=frozen(self._g[1:].copy()),
            weight_grad_norm=frozen(np.array([norm(w) for w in gradients.weights])),
            bias_grad_norm=frozen(np.array([norm(b) for b in gradients.biases])),
            update_ratio=unknown,
            preactivation_rms=frozen(self._z.copy()),
            activation_rms=frozen(self._h.copy()),
            saturated_fraction=frozen(self._saturated.copy()),
            dead_fraction=frozen(self._dead.copy()),
            factors=self._factors(skips),
            has_skip=frozen(skips),
            input_grad_norm=float(self._g[0]),
            first_nonfinite_layer=self._first_nonfinite(),
            first_underflow_layer=self._underflow,
            weight_norm=frozen(weight_norm),
            displacement=frozen(np.where(weight_norm == 0, np.nan, 0.0)),
            gradient_cosine=unknown,
            gradient_norm=gradient_norm,
            clipped_gradient_norm=gradient_norm,
            learning_rate=experiment.training.learning_rate,
        )

    def _factors(self, skips: NDArray[np.bool_]) -> Factors:
        depth = len(skips)
        ratios = {family: np.ones(depth) for family in BRANCH_FAMILIES}
        names = {"linear": "weight"}
        with np.errstate(all="ignore"):
            before = self._g[1:]
            for stage, operation in enumerate(self._state.stages):
                after = self._stages[:, stage]
                ratios[names.get(operation, operation)] = after / before
                before = after
            total = self._g[:-1] / self._g[1:]
            branch = before / self._g[1:]
            skip = np.where(skips, total / branch, 1.0)
            for ratio in (*ratios.values(), branch, skip, total):
                ratio[self._g[1:] == 0] = np.nan
            skip[branch == 0] = np.nan
        return Factors(
            **{family: frozen(ratio) for family, ratio in ratios.items()},
            branch=frozen(branch),
            skip=frozen(skip),
            total=frozen(total),
        )

    def _first_nonfinite(self) -> int | None:
        forward = ~np.isfinite(self._z) | ~np.isfinite(self._h)
        if forward.any():
            return int(np.argmax(forward)) + 1
        backward = ~np.isfinite(self._stages).all(axis=1) | ~np.isfinite(self._g[1:])
        if backward.any():
            return len(backward) - int(np.argmax(backward[::-1]))
        return None
