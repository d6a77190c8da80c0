"""What one forward and backward pass measured, layer by layer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.experiment.experiment import Experiment
from engine.measure.evaluation import Evaluation
from engine.numerics.arrays import PerLayer, frozen

if TYPE_CHECKING:
    # a pass is measured, and shown, before anybody asks what theory says of it
    from engine.theory.prediction import Prediction

BRANCH_FAMILIES = ("scale", "activation", "norm", "weight")
"""What a layer's branch does to the gradient, each a ratio of norms, as the gradient meets them."""

GOOD = 0.9
"""A test accuracy worth the step at which it was first seen."""

FAMILIES = (*BRANCH_FAMILIES, "skip")
"""The factors of a layer's whole step."""


@dataclass(frozen=True)
class Factors:
    """The backward step from g_l to g_{l-1} as ratios of norms, one entry a layer.

    branch = scale x activation x norm x weight, total = |g_{l-1}| / |g_l|, skip = total / branch
    (1 without a skip). A ratio to 0 is nan.
    """

    scale: PerLayer
    activation: PerLayer
    norm: PerLayer
    weight: PerLayer
    branch: PerLayer
    skip: PerLayer
    total: PerLayer


@dataclass(frozen=True)
class Divergence:
    """The step whose pass was no longer finite, and the layer where that began, if one is known."""

    step: int
    layer: int | None


@dataclass(frozen=True)
class Trace:
    """One pass of one experiment after `step` training steps; arrays are read-only.

    Entry i of an array is hidden layer i + 1. `_norm` is the Frobenius norm over batch and units,
    `_rms` the root mean square. `first_nonfinite_layer` is where the pass first met a value that
    is not finite: forward from the input, or else backward from the output.
    `first_underflow_layer` is the first on the way back where more than half of those delta
    elements that need not be 0 (phi' != 0) are zero or subnormal.

    `saturated_fraction` is the share of phi's arguments on a tail where |phi'| is below 5 % of its
    maximum, `off_fraction` that of those where phi' is 0 by design (ReLU's left half), and
    `dead_fraction` the share of units with phi' = 0 on the whole batch, by design as well;
    nan where the signal is not finite.
    A layer is `dead` when every gradient of its own parameters is 0 or more than 90 % of its units
    are dead, and `closed` when its branch is multiplied by a learned 0 whose gradient is not 0.
    What the number format did is no death: `lost_signal` tells where the forward pass fell below
    its normal range, `lost_gradient` where delta is 0 although none of its factors is.

    `update_ratio` is |W_{t+1} - W_t| / |W_t| for the step that the training would take next,
    `displacement` |W_t - W_0| / |W_0| (both nan for zeros) and `gradient_cosine` the cosine
    between this pass's weight gradient and that of the pass before (nan at step 0, and where one
    of them is 0). `gradient_norm` is the norm of the gradient by all parameters,
    `clipped_gradient_norm` what clipping leaves of it, `learning_rate` that of the next step by
    the schedule. Loss and accuracy on the test set are None until they are asked for;
    `evaluations` are those of fixed steps of the run so far, the same however it was run. Where
    `divergence` is set, training ended there, and this is the last finite pass before it.

    `experiment` is None where the network is none of ours, but somebody's whose run was written
    down. `names` are the layers' where they have any, and `absent` those of the numbers and arrays
    that nobody wrote down, which are nan or False; a factor's is `factors.total` and so on. Where a
    log tells how many weights a layer has, `weight_grad_rms` is |dL/dW| over the root of it.
    """

    experiment: Experiment | None
    step: int
    loss: float
    accuracy: float | None
    delta_norm: PerLayer
    delta_rms: PerLayer
    output_grad_norm: PerLayer
    weight_grad_norm: PerLayer
    bias_grad_norm: PerLayer
    update_ratio: PerLayer
    preactivation_rms: PerLayer
    activation_rms: PerLayer
    saturated_fraction: PerLayer
    off_fraction: PerLayer
    dead_fraction: PerLayer
    dead: NDArray[np.bool_]
    closed: NDArray[np.bool_]
    lost_signal: NDArray[np.bool_]
    lost_gradient: NDArray[np.bool_]
    factors: Factors
    has_skip: NDArray[np.bool_]
    input_grad_norm: float
    first_nonfinite_layer: int | None
    first_underflow_layer: int | None
    weight_norm: PerLayer
    displacement: PerLayer
    gradient_cosine: PerLayer
    gradient_norm: float
    clipped_gradient_norm: float
    learning_rate: float
    test_loss: float | None = None
    test_accuracy: float | None = None
    evaluations: tuple[Evaluation, ...] = ()
    divergence: Divergence | None = None
    names: tuple[str, ...] | None = None
    weight_grad_rms: PerLayer | None = None
    absent: frozenset[str] = frozenset()

    @property
    def ours(self) -> Experiment:
        """The experiment, for what is only asked of our own networks."""
        assert self.experiment is not None, "somebody else's network"
        return self.experiment

    def array(self, name: str) -> PerLayer:
        """The array of that name, `factors.total` and so on for a factor's; nan where None."""
        *outer, inner = name.split(".")
        found: PerLayer | None = getattr(self.factors if outer else self, inner)
        return frozen(np.full(self.depth, np.nan)) if found is None else found

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return len(self.delta_norm)

    @property
    def milestone(self) -> int | None:
        """The first evaluated step with a test accuracy of GOOD, if there was one."""
        good = (e.step for e in self.evaluations if e.accuracy is not None and e.accuracy >= GOOD)
        return next(good, None)

    @cached_property
    def prediction(self) -> Prediction:
        """What theory says of this experiment; made when first asked for."""
        from engine.theory.prediction import predict, silent

        if self.experiment is None:
            return silent(self.depth, "unknown_network")
        return silent(self.depth, "trained") if self.step > 0 else predict(self.experiment)

    @cached_property
    def predicted_delta_norm(self) -> PerLayer:
        """|delta| by theory, anchored at the measured one of the last layer; nan where silent."""
        return _anchored(self.delta_norm[-1], self.prediction.log10_delta)

    @cached_property
    def predicted_output_grad_norm(self) -> PerLayer:
        """|g| by theory, anchored at the measured one of the last layer; nan where silent."""
        return _anchored(self.output_grad_norm[-1], self.prediction.log10_g)

    @cached_property
    def predicted_spread(self) -> PerLayer:
        """One standard deviation over draws of log10 |g_l|, as theory has it; nan where silent."""
        from engine.theory.prediction import expected_spread

        if self.prediction.reason is not None:
            return frozen(np.full(self.depth, np.nan))
        return expected_spread(self.ours)


def _anchored(last: float, decades: PerLayer) -> PerLayer:
    """Norms those decades from the last layer's; nan where float64 cannot hold them."""
    if not (math.isfinite(last) and last > 0):
        return frozen(np.full(len(decades), np.nan))
    with np.errstate(all="ignore"):
        norms = 10.0 ** (math.log10(last) + decades)
    return frozen(np.where((norms > 0) & np.isfinite(norms), norms, np.nan))
