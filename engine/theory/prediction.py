"""What theory predicts of every layer of an experiment at initialisation, and when it is silent."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES
from engine.experiment.experiment import Experiment, batch_at, load_data
from engine.numerics.arrays import Doubles, PerLayer, frozen
from engine.theory.post_activation import post_activation
from engine.theory.pre_activation import pre_activation, what_weights_see
from engine.theory.signals import CENTRES, Inputs, Law, Signals, inputs_of
from engine.theory.spread import spread
from engine.theory.without_skip import without_skip

LEAST_WIDTH = 16
"""In narrower nets a single draw says little of the average over draws."""

LEAST_BATCH = 8
"""Below 4 samples BatchNorm's gradients have no finite average, near 4 one that no draw is near."""

MOST_UNLIKE = 0.3
"""Variance between samples of ln |z|^2 behind BatchNorm, whose theory takes them for alike."""

LEAST_RANK = 32
"""BatchNorm's theory takes samples for unrelated, which they are not in few dimensions."""

NEGLIGIBLE_BIAS = 0.02
"""sigma_b^2 above which units differ in how far their activation is pushed into its tail."""

ZERO_MEAN = 1e-6
"""Below it phi's outputs have no mean."""

MOST_DEPTH = {True: 0.25, False: 1.0}
"""Over the width, of post-activation skips with a norm over units where phi has no mean.

By whether the stream is scaled down in every layer.
"""

THEORIES: dict[str, tuple[Callable[[Law, Inputs], Signals], str]] = {
    "none": (without_skip, "mean_field"),
    "pre_activation": (pre_activation, "mean_field"),
    "post_activation": (post_activation, "closure"),
}
"""The theory of each wiring, and what it rests on."""


@dataclass(frozen=True)
class Prediction:
    """What theory says of each layer; nan where it says nothing.

    `log10_g` and `log10_delta` are |g_l| and |delta_l| in decades relative to the last hidden
    layer's. `reason` is None, or
    a code for why there is no prediction: no_theory (of the wiring or norm), narrow, zeros,
    zero_branch, small_batch, low_rank (few features behind BatchNorm), norm_after_bias,
    unlike_samples (which BatchNorm drives apart), stream_mean (which post-activation skips gather
    behind BatchNorm), deep_for_batch_init, deep_for_norm (for the width), saturated, trained,
    unknown_network.
    `basis` names what it rests on: mean_field, finite_batch (BatchNorm at the batch's own size) or
    closure (post-activation skips at finite width).
    """

    preactivation_rms: PerLayer
    activation_rms: PerLayer
    log10_g: PerLayer
    log10_delta: PerLayer
    basis: str
    reason: str | None = None


def silent(depth: int, reason: str) -> Prediction:
    """No prediction, and the code of the reason."""
    nothing = frozen(np.full(depth, np.nan))
    return Prediction(nothing, nothing, nothing, nothing, "", reason)


def silence(experiment: Experiment) -> str | None:
    """Why theory has nothing to say of an experiment, or None."""
    network = experiment.network
    if network.residual not in THEORIES or network.norm not in ("none", *CENTRES):
        return "no_theory"
    if network.width < LEAST_WIDTH:
        return "narrow"
    drawn = INITIALIZERS[network.init].std(network.phi).weight(network.width, network.width)
    if network.gain == 0 or drawn == 0:
        return "zeros"
    if RESIDUAL_SCALES[network.residual_scale].branch(network.depth) == 0:
        return "zero_branch"
    norm, batch_size = NORMALIZATIONS.get(network.norm), experiment.data.batch_size
    if norm is None:
        is_deep = INITIALIZERS[network.init].data_driven and network.depth > network.width
        return "deep_for_batch_init" if is_deep and network.phi.name != "linear" else None
    has_mean = abs(float(Law(experiment).table.moment("value", np.array(1.0)))) > ZERO_MEAN
    is_post = network.residual == "post_activation"
    if not norm.over_batch:
        is_scaled = RESIDUAL_SCALES[network.residual_scale].skip(network.depth) < 1
        is_deep = network.depth > MOST_DEPTH[is_scaled] * network.width
        return "deep_for_norm" if is_post and is_deep and not has_mean else None
    if batch_size < LEAST_BATCH:
        return "small_batch"
    if experiment.features < min(LEAST_RANK, batch_size):
        return "low_rank"
    if network.norm_position == "post" and Law(experiment).bias_variance(2) > NEGLIGIBLE_BIAS:
        return "norm_after_bias"
    if is_post and has_mean:
        return "stream_mean"
    if network.residual == "none" and _unlikeness(experiment) > MOST_UNLIKE:
        return "unlike_samples"
    return None


def _unlikeness(experiment: Experiment) -> float:
    """The variance between samples of ln |z|^2 at the last layer of a plain net with BatchNorm.

    Each layer adds that of a mean over its units and hands on d E (phi - E phi)^2 / d ln q of it,
    over Var phi; where that is above 1, Yang et al.'s fixed point is unstable. All samples
    together cannot move, which takes some of it in a small batch.
    """
    network, law = experiment.network, Law(experiment)
    q = 1.0 if network.norm_position == "pre" else law.weight_variance(2, 1.0)
    found = law.table.at(np.array(q))
    rate = float((found.z_value_slope - found.value * found.z_slope) / found.spread)
    rate *= 1 - 2 / law.batch_size
    if rate <= 1:
        return 0.0
    handed_on = np.minimum(2 * math.log(rate) * np.arange(law.depth), 100.0)
    return float(2 / law.width * np.exp(handed_on).sum())


def predict(experiment: Experiment) -> Prediction:
    """Theory's prediction for an experiment at step 0, from its own first batch."""
    network = experiment.network
    reason = silence(experiment)
    if reason is not None:
        return silent(network.depth, reason)
    law, inputs = Law(experiment), inputs_of(_seen(experiment))
    with np.errstate(all="ignore"):
        theory, basis = THEORIES[network.residual]
        signals = theory(law, inputs)
        if signals.saturated:
            return silent(network.depth, "saturated")
        return Prediction(
            preactivation_rms=_known(np.sqrt(signals.linear_output @ inputs.weight)),
            activation_rms=_known(np.sqrt(signals.layer_output @ inputs.weight)),
            log10_g=_decades(signals.log_g, inputs),
            log10_delta=_decades(signals.log_delta, inputs),
            basis="finite_batch" if law.norm_over_batch else basis,
        )


def expected_spread(experiment: Experiment) -> PerLayer:
    """How far single draws part from a prediction of log10 |g_l|: one standard deviation.

    nan where that is not known.
    """
    if not _scatter_is_known(experiment):
        return frozen(np.full(experiment.network.depth, np.nan))
    law, x = Law(experiment), _seen(experiment)
    inputs = inputs_of(x)
    with np.errstate(all="ignore"):
        signals = THEORIES[experiment.network.residual][0](law, inputs)
        return _known(spread(experiment, x, law, inputs, signals))


def _scatter_is_known(experiment: Experiment) -> bool:
    """Where `spread` is right to a factor of two."""
    network = experiment.network
    residual, norm = network.residual, network.norm
    if INITIALIZERS[network.init].data_driven and norm == "none":
        return False
    if residual == "pre_activation":
        return norm not in ("none", "batch")
    return residual == "none" or norm != "batch"


def _seen(experiment: Experiment) -> Doubles:
    return what_weights_see(experiment, batch_at(experiment, load_data(experiment), 0).x)


def _decades(log_square: Doubles, inputs: Inputs) -> PerLayer:
    """Decades of the norm over all samples relative to the last layer's, by groups' ln |.|^2."""
    # samples weigh by their share; the largest is taken out before the exponentials
    top = log_square.max(axis=1, keepdims=True)
    whole = top[:, 0] + np.log(np.exp(log_square - top) @ inputs.weight)
    return _known((whole - whole[-1]) / (2 * np.log(10)))


def _known(values: PerLayer) -> PerLayer:
    return frozen(np.where(np.isfinite(values), values, np.nan))
