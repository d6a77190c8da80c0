"""What theory needs to know of an experiment and its data, and the form of what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import EPSILON
from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.experiment.experiment import Experiment
from engine.network.parameters import has_skip
from engine.numerics.arrays import Doubles
from engine.theory.batch_rates import batch_rate
from engine.theory.moment_table import MomentTable, moment_table
from engine.theory.readout import coherence

GROUPS = 16
"""Samples of like norm are followed together, in so many groups of equal size."""


@dataclass(frozen=True)
class Inputs:
    """The first batch as theory sees it: samples in groups of like norm.

    `square` and `mean` (groups,) are a sample's mean square and mean over the features; `weight`
    (groups,) the share of the samples; `spread` (features,) each feature's variance over the batch.
    """

    square: Doubles
    mean: Doubles
    weight: Doubles
    spread: Doubles


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
    )


@dataclass(frozen=True)
class NormTheory:
    """What theory needs to know of a norm: over the batch or the units, and centred or not."""

    over_batch: bool
    centred: bool


NORM_THEORIES: dict[str, NormTheory | None] = {
    "none": None,
    "batch": NormTheory(over_batch=True, centred=True),
    "layer": NormTheory(over_batch=False, centred=True),
    "rms": NormTheory(over_batch=False, centred=False),
}
"""The norms that theory covers."""


@dataclass(frozen=True)
class Law:
    """An experiment's constants, in the words of mean-field theory.

    `weight_variance(layer, square)` is sigma_w^2 = fan_in Var W of a layer (from 1) whose linear
    operation sees the mean square `square`, `bias_variance(layer)` its sigma_b^2; `skip` and
    `branch` are the stream's coefficients; `coherence(square)` is the read-out's, see
    `engine.theory.readout`. The corrections, 1 without BatchNorm, turn the limit of large
    batches of E phi'^2 and Var phi into those of the batch at hand.
    """

    table: MomentTable
    depth: int
    width: int
    batch_size: int
    norm: NormTheory | None
    norm_position: str
    weight_variance: Callable[[int, float], float]
    bias_variance: Callable[[int], float]
    skip: float
    branch: float
    has_skip: list[bool]
    coherence: Callable[[float], float]
    slope_correction: float = 1.0
    spread_correction: float = 1.0

    @property
    def norm_over_batch(self) -> bool:
        """Whether there is a norm whose statistics are the batch's."""
        return self.norm is not None and self.norm.over_batch


@dataclass(frozen=True)
class Signals:
    """What theory says of each layer (layers, groups): mean squares, and ln |delta|^2 / |g_L|^2.

    `saturated` where so few units pass a gradient that averages over the width mean nothing.
    """

    linear_output: Doubles
    layer_output: Doubles
    log_delta: Doubles
    saturated: bool = False


def normalised(variance: Doubles) -> Doubles:
    """What a norm makes of a variance: 1, or less where its epsilon counts."""
    return np.asarray(variance / (variance + EPSILON))


def law_of(experiment: Experiment) -> Law:
    """The constants of an experiment."""
    network = experiment.network
    phi = network.phi
    initializer = INITIALIZERS[network.init]
    std = initializer.std(phi)

    def fans(layer: int) -> tuple[int, int]:
        return experiment.features if layer == 1 else network.width, network.width

    def bias(layer: int) -> float:
        return (std.bias(*fans(layer)) or network.bias_std) ** 2

    def variance(layer: int, square: float) -> float:
        if initializer.data_driven:
            # z has variance 1 whatever comes in
            return 1.0 / square if square > 0 else 0.0
        fan_in, fan_out = fans(layer)
        own = network.gain * std.weight(fan_in, fan_out)
        return fan_in * own**2 * initializer.draw_variance(fan_in, fan_out)

    table = moment_table(phi)
    slope_correction = spread_correction = 1.0
    norm = NORM_THEORIES[network.norm]
    if norm is not None and norm.over_batch:
        finite, one = batch_rate(phi, experiment.data.batch_size), np.ones(1)
        slope_correction = finite.slope_square / float(table.moment("slope_square", one)[0])
        spread_correction = finite.spread / float(table.moment("spread", one)[0])
    residual_scale = RESIDUAL_SCALES[network.residual_scale]
    return Law(
        table=table,
        depth=network.depth,
        width=network.width,
        batch_size=experiment.data.batch_size,
        norm=norm,
        norm_position=network.norm_position,
        weight_variance=variance,
        bias_variance=bias,
        skip=residual_scale.skip(network.depth),
        branch=residual_scale.branch(network.depth),
        has_skip=has_skip(experiment),
        coherence=partial(coherence, experiment.training.loss, experiment.outputs),
        slope_correction=slope_correction,
        spread_correction=spread_correction,
    )
