"""Takes the measurements of a Trace during a pass."""

import math

import numpy as np
from numpy.typing import NDArray

from engine.catalogue.saturation import saturation_edges
from engine.experiment.experiment import Experiment
from engine.measure.trace import BRANCH_FAMILIES, Factors, Trace
from engine.measure.zeros import Zeros
from engine.network.network import NetworkState
from engine.network.observer import Observer
from engine.network.parameters import has_skip
from engine.numerics.arrays import Array, frozen
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
        self._skips = np.array(has_skip(experiment))
        self._z = np.zeros(depth)
        self._h = np.zeros(depth)
        self._g = np.zeros(depth + 1)
        self._stages = np.zeros((depth, len(state.stages)))
        self._saturated = np.zeros(depth)
        self._off = np.zeros(depth)
        self._dead = np.zeros(depth)
        self._zeros = Zeros(state, depth)
        self._flat = 0  # elements of the current layer's cotangent that phi' = 0 made 0
        self._underflow: int | None = None

    def linear_output(self, i: int, z: Array) -> None:
        self._z[i] = norm(z) / math.sqrt(z.size)
        self._zeros.linear_output(i, self._z[i], self._h[i - 1] if i else math.inf)

    def activation_input(self, i: int, u: Array) -> None:
        low, high = self._edges
        below = np.count_nonzero(u < low) if u.min() < low else 0
        above = np.count_nonzero(u > high) if u.max() > high else 0
        self._saturated[i] = (below + above) / u.size

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
        self._zeros.output_gradient(i, self._g[above])

    def slope(self, i: int, slope: Array) -> None:
        self._flat = 0
        if not self._state.activation.has_flat or self._zeros.forward[i] or slope.min() > 0:
            return
        moves = slope != 0
        self._flat = slope.size - int(np.count_nonzero(moves))
        if self._state.activation.is_off_where_flat:
            self._off[i] = self._flat / slope.size
        if self._flat >= len(slope):
            self._dead[i] = 1 - np.count_nonzero(moves.any(axis=0)) / slope.shape[1]

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        size = norm(cotangent)
        self._stages[i, stage] = size
        before = self._stages[i, stage - 1] if stage else self._g[i + 1]
        self._zeros.cotangent(i, stage, before, size)
        if stage != self._state.delta_stage or self._underflow is not None:
            return
        # element by element only where the rms comes near: it costs a pass over the array
        if size < 1e25 * self._tiny and self._underflows(i, stage, cotangent):
            self._underflow = i + 1

    def _underflows(self, i: int, stage: int, delta: Array) -> bool:
        if self._g[i + 1] == 0:
            return bool(self._zeros.backward[i])
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
        is_finite = np.isfinite(self._z) & np.isfinite(self._h)

        def shares(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return frozen(np.where(is_finite, values, np.nan))

        skips = self._skips
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
            saturated_fraction=shares(self._saturated),
            off_fraction=shares(self._off),
            dead_fraction=shares(self._dead),
            dead=frozen(self._dead_layers()),
            closed=frozen(self._closed()),
            lost_signal=frozen(self._zeros.forward.copy()),
            lost_gradient=frozen(self._zeros.backward.copy()),
            factors=self._factors(skips),
            has_skip=frozen(skips.copy()),
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

    def _closed(self) -> NDArray[np.bool_]:
        """Where the branch is multiplied by a learned 0 that has a gradient of its own."""
        closed = np.zeros(len(self._skips), bool)
        alphas, gradients = self._state.parameters.alphas, self._state.gradients.alphas
        if alphas:
            pairs = zip(alphas, gradients, strict=True)
            closed[self._skips] = [not alpha.any() and gradient.any() for alpha, gradient in pairs]
        return closed

    def _dead_layers(self) -> NDArray[np.bool_]:
        """Where nothing is learned, or hardly a unit passes a gradient, whatever the format."""
        gradients = self._state.gradients
        learned = [gradients.weights, gradients.biases, gradients.gammas, gradients.betas]
        nothing = ~np.any([[part.any() for part in kind] for kind in learned if kind], axis=0)
        if gradients.alphas:
            nothing[self._skips] &= [not alpha.any() for alpha in gradients.alphas]
        rounded = self._zeros.forward | self._zeros.backward
        return np.asarray((nothing & ~rounded) | (self._dead > DEAD_ABOVE))

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
