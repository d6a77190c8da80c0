"""What theory needs to know of an experiment and its data, and the form of what it answers."""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.initializers import INITIALIZERS, haar_orthogonal
from engine.catalogue.normalizations import EPSILON, NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.experiment.experiment import Experiment
from engine.network.parameters import has_skip
from engine.numerics.arrays import Doubles
from engine.theory.batch_rates import batch_rate
from engine.theory.moment_table import moment_table
from engine.theory.readout import coherence

GROUPS = 16
"""Samples of like norm are followed together, in so many groups of equal size."""

TINY = 1e-300
"""In place of 0 where it is divided by."""


@dataclass(frozen=True)
class Inputs:
    """The first batch as theory sees it: samples in groups of like norm.

    `square` and `mean` (groups,) are a sample's mean square and mean over the features; `weight`
    (groups,) the share of the samples; `spread` (features,) each feature's variance over the batch;
    `alike` the mean cosine of two samples.
    """

    square: Doubles
    mean: Doubles
    weight: Doubles
    spread: Doubles
    alike: float


def inputs_of(x: Doubles) -> Inputs:
    """The statistics of a batch (samples, features)."""
    square = (x**2).mean(axis=1)
    order = np.argsort(square)
    groups = np.array_split(order, min(GROUPS, len(order)))
    return Inputs(
        square=np.array([square[rows].mean() for rows in groups]),
        mean=np.array([x[rows].mean() for rows in groups]),
        weight=np.array([len(rows) / len(order) for rows in groups]),
        spread=x.var(axis=0),
        alike=_alike(x),
    )


def _alike(x: Doubles) -> float:
    count, whole = len(x), float((x**2).sum())
    others = float((x.sum(axis=0) ** 2).sum()) - whole
    return others / max((count - 1) * whole, TINY)


CENTRES: dict[str, bool] = {"batch": True, "layer": True, "rms": False}
"""The norms that theory covers, and whether each takes the mean out."""


class Law:
    """An experiment's constants, in the words of mean-field theory.

    `skip` and `branch` are the stream's coefficients. The corrections, 1 without BatchNorm, turn
    the limit of large batches of E phi'^2 and Var phi into those of the batch at hand.
    """

    def __init__(self, experiment: Experiment) -> None:
        network = experiment.network
        self._experiment = experiment
        self._initializer = INITIALIZERS[network.init]
        self._std = self._initializer.std(network.phi)
        self.data_driven = self._initializer.data_driven
        self.phi = network.phi
        self.is_orthogonal = self._initializer.draw is haar_orthogonal
        table = self.table = moment_table(network.phi)
        self.depth, self.width = network.depth, network.width
        self.batch_size = experiment.data.batch_size
        self.norm, self.norm_position = NORMALIZATIONS.get(network.norm), network.norm_position
        self.norm_over_batch = self.norm is not None and self.norm.over_batch
        self.norm_centres = CENTRES.get(network.norm, False)
        scale = RESIDUAL_SCALES[network.residual_scale]
        self.skip, self.branch = scale.skip(network.depth), scale.branch(network.depth)
        self.has_skip = has_skip(experiment)
        self.slope_correction = self.spread_correction = 1.0
        if self.norm_over_batch:
            finite, q = batch_rate(network.phi, self.batch_size), np.array(1.0)
            self.slope_correction = finite.slope_square / float(table.moment("slope_square", q))
            self.spread_correction = finite.spread / float(table.moment("spread", q))

    def _fans(self, layer: int) -> tuple[int, int]:
        return self._experiment.features if layer == 1 else self.width, self.width

    def weight_variance(self, layer: int, square: float, alike: float = 0.0) -> float:
        """sigma_w^2 = fan_in Var W of a layer (from 1) whose linear operation sees that square.

        `alike` is the mean cosine of two samples there.
        """
        if self.data_driven:
            # z has variance 1 about its mean over samples and units, which samples share
            mean_square = (alike + (1 - alike) / self.batch_size) / self.width
            return 1.0 / (square * (1 - mean_square)) if square > 0 else 0.0
        fan_in, fan_out = self._fans(layer)
        own = self._experiment.network.gain * self._std.weight(fan_in, fan_out)
        return fan_in * own**2 * self._initializer.draw_variance(fan_in, fan_out)

    def bias_variance(self, layer: int) -> float:
        """sigma_b^2 of a layer."""
        return (self._std.bias(*self._fans(layer)) or self._experiment.network.bias_std) ** 2

    def coefficients(self, layer: int) -> tuple[float, float]:
        """Those of skip and branch of a layer, 0 and 1 without a skip."""
        return (self.skip, self.branch) if self.has_skip[layer - 1] else (0.0, 1.0)

    def coherence(self, square: float) -> float:
        """The read-out's, see `engine.theory.readout`, where h_L has that mean square."""
        return coherence(self._experiment.training.loss, self._experiment.outputs, square)


@dataclass(frozen=True)
class Signals:
    """What theory says of each layer (layers, groups): mean squares, and logarithms of gradients.

    `log_g` and `log_delta` are ln |g_l|^2 / |g_L|^2 and ln |delta_l|^2 / |g_L|^2. `saturated` where
    so few units pass a gradient that averages over the width mean nothing.
    """

    linear_output: Doubles
    layer_output: Doubles
    log_g: Doubles
    log_delta: Doubles
    saturated: bool = False


def normalised(variance: Doubles) -> Doubles:
    """What a norm makes of a variance: 1, or less where its epsilon counts."""
    return np.asarray(variance / (variance + EPSILON))
