"""What is often said of deep networks, set against the numbers of the one at hand, as a table.

Each entry finds out whether it has something to say of a Trace, and with which numbers.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.catalogue.criticality import MAX_WEIGHT_VARIANCE, least_critical_weight_variance
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.moments import moments
from engine.measure.product import product_down_to
from engine.measure.trace import Trace
from engine.theory.signals import Law

Numbers = dict[str, float]

FLAT = 0.5
"""Decades within which the layers' |dL/dW| count as equal."""

NOTABLE = 2.0
"""Decades from which on a change over the depth is worth a word."""


@dataclass(frozen=True)
class Folklore:
    """A piece of folklore that this network bears out or belies: its code and its numbers."""

    code: str
    numbers: Numbers


def _bound_power(trace: Trace) -> Numbers | None:
    """max|phi'|^n against what phi' and the weights really do, in a plain net that vanishes."""
    network = trace.ours.network
    bound = network.phi.bound
    if network.residual != "none" or network.norm != "none" or bound >= 1 or trace.depth < 3:
        return None
    measured = product_down_to(trace, 1).total
    phi = float(np.log10(trace.factors.activation[1:]).mean())
    if not math.isfinite(measured) or measured > -NOTABLE:
        return None
    steps = trace.depth - 1
    return {
        "bound": bound,
        "steps": steps,
        "folklore": steps * math.log10(bound),
        "measured": measured,
        "phi": 10**phi,
        "per_layer": 10 ** (measured / steps),
    }


def _flat_weight_gradients(trace: Trace) -> Numbers | None:
    """|dL/dW| the same in all layers while delta is not: small delta times large activation."""
    weights, delta = trace.weight_grad_norm[1:], trace.delta_norm[1:]
    if trace.depth < 3 or not ((weights > 0).all() and (delta > 0).all()):
        return None
    weight_range = float(np.ptp(np.log10(weights)))
    delta_change = float(np.log10(delta[0] / delta[-1]))
    if not weight_range < FLAT or abs(delta_change) < 2 * FLAT:
        return None
    return {
        "range": weight_range,
        "level": float(np.log10(np.median(weights))),
        "depth": trace.depth,
        "delta": delta_change,
    }


def _norm_explodes(trace: Trace) -> Numbers | None:
    """BatchNorm without skips makes the gradient grow at every layer (Yang et al. 2019)."""
    network, steps = trace.ours.network, trace.depth - 1
    kind = network.residual, network.norm, network.norm_position
    grown = product_down_to(trace, 1).total
    if kind != ("none", "batch", "pre") or not NOTABLE / 2 <= grown < math.inf:
        return None
    return {"per_layer": 10 ** (grown / steps)}


def _block_growth(trace: Trace) -> Numbers | None:
    """`x + phi(W x)` grows by more than the sum of the two variances: the means add up."""
    experiment = trace.ours
    network = experiment.network
    if network.residual != "post_activation" or network.norm != "none":
        return None
    if (
        network.residual_scale != "one"
        or trace.depth < 10
        or not np.isfinite(trace.activation_rms).all()
    ):
        return None
    half = trace.depth // 2
    if INITIALIZERS[network.init].data_driven or not trace.activation_rms[half] > 0:
        return None
    ratio = trace.activation_rms[-1] / trace.activation_rms[half]
    measured = float(ratio ** (2 / (trace.depth - 1 - half)))
    at_one = moments(network.phi, 1.0)
    naive = 1 + Law(experiment).weight_variance(2, 1.0) * at_one.square
    if not measured > 1.2 * naive:
        return None
    return {"measured": measured, "naive": naive}


def _skips_explode(trace: Trace) -> Numbers | None:
    """Skips without a norm or a scale: each block adds its branch's gradient to the skip's."""
    network = trace.ours.network
    if network.residual == "none" or network.norm != "none" or network.residual_scale != "one":
        return None
    gradient = product_down_to(trace, 1).total
    signal = float(np.log10(trace.activation_rms[-1] / trace.activation_rms[0]))
    if not (math.isfinite(gradient) and math.isfinite(signal)) or gradient < NOTABLE:
        return None
    return {"gradient": gradient, "signal": signal}


def _critical_weights(trace: Trace) -> Numbers | None:
    """Activations whose edge of chaos takes far larger weights than inits by fan-in have."""
    network = trace.ours.network
    if network.residual != "none" or network.norm != "none":
        return None
    if INITIALIZERS[network.init].data_driven:
        return None
    least = least_critical_weight_variance(network.phi)
    if least is None or least < MAX_WEIGHT_VARIANCE:
        return None
    now = Law(trace.ours).weight_variance(2, 1.0)
    return {"least": least, "now": now} if now < least else None


FOLKLORE: dict[str, Callable[[Trace], Numbers | None]] = {
    "flat_weight_gradients": _flat_weight_gradients,
    "norm_explodes": _norm_explodes,
    "block_growth": _block_growth,
    "skips_explode": _skips_explode,
    "bound_power": _bound_power,
    "critical_weights": _critical_weights,
}


def folklore(trace: Trace) -> tuple[Folklore, ...]:
    """What folklore there is to set right about a network at initialisation."""
    if trace.experiment is None or trace.step > 0 or not np.isfinite(trace.loss):
        return ()
    with np.errstate(all="ignore"):
        found = {code: numbers(trace) for code, numbers in FOLKLORE.items()}
    return tuple(Folklore(code, numbers) for code, numbers in found.items() if numbers is not None)
