"""Takes the measurements of a Trace during a pass."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.saturation import saturation_edges
from engine.experiment.experiment import Experiment
from engine.measure.trace import BRANCH_FAMILIES, Factors, Trace
from engine.measure.zeros import Zeros
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.network.parameters import has_skip
from engine.numerics.arrays import Array, Doubles, PerLayer, frozen
from engine.numerics.norms import norm

DEAD_ABOVE = 0.9
"""A layer is dead when more than this share of its units has phi' = 0 on the whole batch."""


class Meter(Observer):
    """An observer that takes the measurements of a Trace during a pass."""

    def __init__(self, state: NetworkState, experiment: Experiment) -> None:
        depth = experiment.network.depth
        self._state = state
        self._experiment = experiment
        self._edges = saturation_edges(state.activation)
        self._tiny = float(np.finfo(experiment.network.dtype).tiny)
        self._has_skip = has_skip(experiment)
        self._skips = np.array(self._has_skip)
        self._root = math.sqrt(experiment.data.batch_size * experiment.network.width)
        # lists: a number is put into an array, and taken out, in ten times the time
        self._z, self._h, self._g = [0.0] * depth, [0.0] * depth, [0.0] * (depth + 1)
        self._stages = [[0.0] * len(state.stages) for _ in range(depth)]
        self._saturated, self._off, self._dead = [0.0] * depth, [0.0] * depth, [0.0] * depth
        self._zeros = Zeros(state, depth)
        self._flat = 0  # elements of the current layer's cotangent that phi' = 0 made 0
        self._underflow: int | None = None

    def linear_output(self, i: int, z: Array) -> None:
        self._z[i] = norm(z) / self._root
        self._zeros.linear_output(i, self._z[i], self._h[i - 1] if i else math.inf)

    def activation_input(self, i: int, u: Array) -> None:
        if self._state.activation.tails:
            low, high = self._edges
            beyond = np.abs(u) > high if high == -low else (u < low) | (u > high)
            self._saturated[i] = np.count_nonzero(beyond) / u.size

    def layer_output(self, i: int, h: Array) -> None:
        self._h[i] = norm(h) / self._root

    def output_gradient(self, i: int, gradient: Array) -> None:
        above = i + 1
        if above < len(self._has_skip) and not self._has_skip[above]:
            # without a skip, what leaves the layer above is what arrives here
            size = self._stages[above][-1]
        else:
            size = norm(gradient)
        self._g[above] = size
        if i >= 0:
            self._stages[i][0] = size
        self._zeros.output_gradient(i, size)

    def slope(self, i: int, slope: Array) -> None:
        self._flat = 0
        if not self._state.activation.has_flat or self._zeros.forward[i]:
            return
        moves = slope != 0
        self._flat = slope.size - int(np.count_nonzero(moves))
        if self._state.activation.is_off_where_flat:
            self._off[i] = self._flat / slope.size
        if self._flat >= len(slope):
            self._dead[i] = 1 - np.count_nonzero(moves.any(axis=0)) / slope.shape[1]

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        size = norm(cotangent)
        stages = self._stages[i]
        stages[stage] = size
        before = stages[stage - 1] if stage else self._g[i + 1]
        self._zeros.cotangent(i, stage, before, size)
        if stage != self._state.delta_stage or self._underflow is not None:
            return
        # element by element only where the rms comes near: it costs a pass over the array
        if size < 1e25 * self._tiny and self._underflows(i, stage, cotangent):
            self._underflow = i + 1

    def _underflows(self, i: int, stage: int, delta: Array) -> bool:
        if self._g[i + 1] == 0:
            return self._zeros.backward[i]
        if self._state.branch_scale(i) == 0:
            return False
        flat = self._flat if self._state.stages[stage] == "activation" else 0
        lost = int(np.count_nonzero(np.abs(delta) < self._tiny)) - flat
        return 2 * lost > delta.size - flat

    def trace(self, step: int, loss: float, accuracy: float | None) -> Trace:
        """The Trace of the pass just watched, whose gradients the state still holds.

        What only a training run knows is left as at step 0, and `update_ratio` at nan.
        """
        experiment, gradients = self._experiment, self._state.gradients
        z, h, g, stages = map(np.array, (self._z, self._h, self._g, self._stages))
        delta_norm = stages[:, self._state.delta_stage].copy()
        weight_norm = self._state.parameters.norms("weights")
        learned = {kind: gradients.norms(kind) for kind in self._kinds()}
        gradient_norm = norm(gradients.flat)
        unknown = frozen(np.full(len(z), np.nan))
        is_finite = np.isfinite(z) & np.isfinite(h)
        rounded = np.array(self._zeros.forward), np.array(self._zeros.backward)

        def shares(values: list[float]) -> PerLayer:
            return frozen(np.where(is_finite, values, np.nan))

        skips = self._skips
        return Trace(
            experiment=experiment,
            step=step,
            loss=loss,
            accuracy=accuracy,
            delta_norm=frozen(delta_norm),
            delta_rms=frozen(delta_norm / self._root),
            output_grad_norm=frozen(g[1:].copy()),
            weight_grad_norm=frozen(learned["weights"]),
            bias_grad_norm=frozen(learned["biases"]),
            update_ratio=unknown,
            preactivation_rms=frozen(z),
            activation_rms=frozen(h),
            saturated_fraction=shares(self._saturated),
            off_fraction=shares(self._off),
            dead_fraction=shares(self._dead),
            dead=frozen(self._dead_layers(learned, rounded[0] | rounded[1])),
            closed=frozen(self._closed()),
            lost_signal=frozen(rounded[0]),
            lost_gradient=frozen(rounded[1]),
            factors=self._factors(g, stages),
            has_skip=frozen(skips.copy()),
            input_grad_norm=self._g[0],
            first_nonfinite_layer=_first_nonfinite(z, h, g, stages),
            first_underflow_layer=self._underflow,
            weight_norm=frozen(weight_norm),
            displacement=frozen(np.where(weight_norm == 0, np.nan, 0.0)),
            gradient_cosine=unknown,
            gradient_norm=gradient_norm,
            clipped_gradient_norm=gradient_norm,
            learning_rate=experiment.training.learning_rate,
        )

    def _closed(self) -> NDArray[np.bool_]:
        """Where the branch is multiplied by a learned 0 that has a gradient of its own."""
        closed = np.zeros(len(self._skips), bool)
        alphas, gradients = self._state.parameters.alphas, self._state.gradients.alphas
        if alphas:
            pairs = zip(alphas, gradients, strict=True)
            closed[self._skips] = [not alpha.any() and gradient.any() for alpha, gradient in pairs]
        return closed

    def _kinds(self) -> list[str]:
        """The kinds of parameter that every layer has."""
        parameters = self._state.parameters
        return ["weights", "biases", *(["gammas", "betas"] if parameters.gammas else [])]

    def _dead_layers(
        self, learned: Mapping[str, PerLayer], rounded: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Where nothing is learned, or hardly a unit passes a gradient, whatever the format."""
        nothing = np.all([size == 0 for size in learned.values()], axis=0)
        alphas = self._state.gradients.alphas
        if alphas:
            nothing[self._skips] &= [not alpha.any() for alpha in alphas]
        return np.asarray((nothing & ~rounded) | (np.array(self._dead) > DEAD_ABOVE))

    def _factors(self, g: PerLayer, stages: Doubles) -> Factors:
        ratios = {family: np.ones(len(stages)) for family in BRANCH_FAMILIES}
        names = {"linear": "weight"}
        with np.errstate(all="ignore"):
            before = g[1:]
            for stage, operation in enumerate(self._state.stages):
                after = stages[:, stage]
                ratios[names.get(operation, operation)] = after / before
                before = after
            total = g[:-1] / g[1:]
            branch = before / g[1:]
            skip = np.where(self._skips, total / branch, 1.0)
            for ratio in (*ratios.values(), branch, skip, total):
                ratio[g[1:] == 0] = np.nan
            skip[branch == 0] = np.nan
        return Factors(
            **{family: frozen(ratio) for family, ratio in ratios.items()},
            branch=frozen(branch),
            skip=frozen(skip),
            total=frozen(total),
        )


def _first_nonfinite(z: PerLayer, h: PerLayer, g: PerLayer, stages: Doubles) -> int | None:
    """The layer, from 1, where a pass first met a norm that is not finite."""
    forward = ~np.isfinite(z) | ~np.isfinite(h)
    if forward.any():
        return int(np.argmax(forward)) + 1
    backward = ~np.isfinite(stages).all(axis=1) | ~np.isfinite(g[1:])
    if backward.any():
        return len(backward) - int(np.argmax(backward[::-1]))
    return None
