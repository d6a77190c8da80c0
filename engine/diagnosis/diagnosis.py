"""The verdict: what a Trace says about the gradient's way from the output to the input."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.catalogue.activation import Activation
from engine.catalogue.activations import activation
from engine.catalogue.initializers import INITIALIZERS
from engine.diagnosis.folklore import Remark, remarks
from engine.diagnosis.format_limits import Limit, limits
from engine.experiment.experiment import Experiment
from engine.measure.trace import BRANCH_FAMILIES, Trace
from engine.theory.batch_rates import batch_rate
from engine.theory.meanfield import chi, phase, q_map
from engine.theory.prediction import silence
from engine.theory.signals import law_of

HEALTHY_DECADES = 2.0
"""Within so many decades over the whole depth, in either direction, a network is healthy."""

DEAD_ABOVE = 0.9
"""A layer is dead when more than this share of its units has phi' = 0 on the whole batch."""


@dataclass(frozen=True)
class Verdict:
    """healthy, vanishing, exploding, dead or overflow, with the numbers behind it.

    `decades` is the gradient's change in powers of ten from the last layer to the first (negative
    vanishes) and `factor_per_layer` that of one step towards the input; None below three layers
    or without a slope. `layer` is where death or overflow begins. `cause` is the factor family
    that does most of it (scale, activation, norm, weight, skip), or None.
    """

    kind: str
    decades: float | None
    factor_per_layer: float | None
    cause: str | None
    layer: int | None


def theil_sen_slope(values: np.ndarray) -> float:
    """The median slope over all pairs of points (i, values[i])."""
    count = len(values)
    first, second = np.triu_indices(count, k=1)
    return float(np.median((values[second] - values[first]) / (second - first)))


def verdict(trace: Trace) -> Verdict:
    """The verdict on a Trace; overflow goes before dead, dead before the slope."""
    decades = factor = None
    usable = np.isfinite(trace.delta_rms).all() and (trace.delta_rms > 0).all()
    if trace.depth >= 3 and usable:
        slope = theil_sen_slope(np.log10(trace.delta_rms[1:]))
        decades, factor = -(trace.depth - 1) * slope, 10.0**-slope
    if trace.first_nonfinite_layer is not None or not math.isfinite(trace.loss):
        return Verdict("overflow", None, None, None, trace.first_nonfinite_layer)
    dead = (trace.delta_norm == 0) | (trace.dead_fraction > DEAD_ABOVE)
    if dead.any():
        # nearest the output: the backward wave meets it first
        layer = trace.depth - int(np.argmax(dead[::-1]))
        return Verdict("dead", decades, factor, None, layer)
    if decades is None or abs(decades) <= HEALTHY_DECADES:
        return Verdict("healthy", decades, factor, None, None)
    kind = "vanishing" if decades < 0 else "exploding"
    return Verdict(kind, decades, factor, _cause(trace, math.copysign(1.0, decades)), None)


def _cause(trace: Trace, direction: float) -> str:
    """The factor family with the largest share of the change over layers 2 to L.

    A norm divides by the spread that the weights made, so with one the two count together, as the
    norm.
    """
    gathered = {family: direction * share for family, share in shares(trace).items()}
    if trace.experiment.network.norm != "none":
        gathered["norm"] += gathered.pop("weight")
    return max(gathered, key=gathered.__getitem__)


def shares(trace: Trace) -> dict[str, float]:
    """The decades that each factor family adds to the gradient on its way from layer L to 1.

    The sum over layers 2 to L of log10 of the exact factors: together |g_1| / |g_L|. A layer with
    a skip counts as a whole, as "skip": its factor is 1 + branch, no product. Empty where there
    is nothing to take apart: below two layers, or where a gradient is 0 or not finite.
    """
    with np.errstate(all="ignore"):
        total = np.log10(trace.factors.total[1:])
        logs = {family: np.log10(getattr(trace.factors, family)[1:]) for family in BRANCH_FAMILIES}
    if not len(total) or not np.isfinite(total).all():
        return {}
    skips = trace.has_skip[1:]
    found = {name: float(np.where(skips, 0.0, values).sum()) for name, values in logs.items()}
    return {**found, "skip": float(total[skips].sum())}


@dataclass(frozen=True)
class Stretch:
    """Neighbouring layers `first` to `last` with the mean of what was measured there."""

    first: int
    last: int
    value: float


def stretches(values: np.ndarray, above: float) -> tuple[Stretch, ...]:
    """The runs of layers where a value exceeds `above`, input first."""
    marked = np.concatenate(([False], values > above, [False]))
    edges = np.flatnonzero(np.diff(marked.astype(np.int8)))
    return tuple(
        Stretch(int(start) + 1, int(stop), float(values[start:stop].mean()))
        for start, stop in zip(edges[::2], edges[1::2], strict=True)
    )


@dataclass(frozen=True)
class Gap:
    """Where theory and measurement part most: `decades` is measured minus predicted.

    `reason` is a code where one is known: narrow (small width), large_batch (not small against
    the width, with BatchNorm), first_layer (data of another width or scale), or None.
    """

    layer: int
    decades: float
    reason: str | None


NOTABLE_GAP = 0.15
"""Decades between theory and measurement from which on a reason is looked for."""

NARROW = 100
"""Below this width single draws differ from the average by more than a tenth per few layers."""


def gap(trace: Trace) -> Gap | None:
    """The largest gap between theory and measurement; None where theory is silent."""
    with np.errstate(all="ignore"):
        apart = np.log10(trace.delta_norm) - np.log10(trace.predicted_delta_norm)
    if not np.isfinite(apart).any():
        return None
    i = int(np.nanargmax(np.where(np.isfinite(apart), np.abs(apart), np.nan)))
    return Gap(i + 1, float(apart[i]), _reason(trace, i, apart))


def _reason(trace: Trace, i: int, apart: np.ndarray) -> str | None:
    network, data = trace.experiment.network, trace.experiment.data
    if abs(apart[i]) < NOTABLE_GAP:
        return None
    if network.norm == "batch" and 4 * data.batch_size > network.width:
        return "large_batch"
    if network.width < NARROW:
        return "narrow"
    inner = apart[1:][np.isfinite(apart[1:])]
    if i == 0 and len(inner) and np.abs(inner).max() < NOTABLE_GAP:
        return "first_layer"
    return None


@dataclass(frozen=True)
class DepthScale:
    """How deep a gradient reaches: `xi` layers for a factor e, trainable to about `trainable`.

    `basis` is mean_field (6 xi_c, Schoenholz et al. 2017) or batch_norm (16 / ln rate, Yang et al.
    2019).
    """

    xi: float
    trainable: float
    basis: str


def depth_scale(experiment: Experiment) -> DepthScale | None:
    """The depth scale of a plain net without norm or with BatchNorm; None where none is known."""
    network = experiment.network
    if network.residual != "none" or silence(experiment) or network.norm_position != "pre":
        return None
    phi = activation(network.activation, network.negative_slope)
    if network.norm == "batch":
        rate = batch_rate(phi, experiment.data.batch_size).rate
        xi = 1 / math.log(rate) if rate > 1 else math.inf
        return DepthScale(xi, 16 * xi, "batch_norm")
    if network.norm != "none" or INITIALIZERS[network.init].data_driven:
        return None
    law = law_of(experiment)
    weight, bias = law.weight_variance(2, 1.0), law.bias_variance(2)
    found = phase(phi, weight, bias)
    if math.isnan(found.xi_c) or not _is_reached(experiment, phi, weight, bias, found.chi):
        return None
    return DepthScale(found.xi_c, 6 * found.xi_c, "mean_field")


def _is_reached(
    experiment: Experiment, phi: Activation, weight: float, bias: float, limit: float
) -> bool:
    """Whether the network is deep enough for its gradients to change at the rate of the limit."""
    q = 1.0
    for _ in range(experiment.network.depth // 2):
        q = q_map(phi, weight, bias, min(max(q, 1e-8), 1e4))
    rate = chi(phi, weight, q)
    return rate > 0 and abs(math.log(rate / limit)) < 0.1 * abs(math.log(limit)) + 0.01


@dataclass(frozen=True)
class Diagnosis:
    """All that a Trace and theory say of an experiment, in numbers and codes."""

    verdict: Verdict
    shares: dict[str, float]
    saturated: tuple[Stretch, ...]
    dead: tuple[Stretch, ...]
    scale: DepthScale | None
    limits: tuple[Limit, ...]
    gap: Gap | None
    folklore: tuple[Remark, ...]


SATURATED_ABOVE = 0.7
"""Layers with more than this share of saturated units are named."""

DEAD_NAMED_ABOVE = 0.05
"""Layers with more than this share of dead units are named."""


def diagnose(trace: Trace) -> Diagnosis:
    """Everything there is to say of a Trace; takes a pass of its own for the number formats."""
    at_start, judged = trace.step == 0, verdict(trace)
    return Diagnosis(
        verdict=judged,
        shares=shares(trace),
        saturated=stretches(trace.saturated_fraction, SATURATED_ABOVE),
        dead=stretches(trace.dead_fraction, DEAD_NAMED_ABOVE),
        scale=depth_scale(trace.experiment) if at_start and judged.layer is None else None,
        limits=limits(trace.experiment) if at_start else (),
        gap=gap(trace),
        folklore=remarks(trace),
    )
