"""Rules of thumb for the depth that signals or gradients reach, by theory."""

import math
from dataclasses import dataclass

from engine.catalogue.activations import Activation
from engine.catalogue.initializers import INITIALIZERS
from engine.diagnosis.theory_gap import SMALL_BATCH
from engine.experiment.experiment import Experiment
from engine.theory.batch_rates import batch_rate
from engine.theory.meanfield import EXACT, chi, phase, q_map
from engine.theory.prediction import silence
from engine.theory.signals import Law


@dataclass(frozen=True)
class DepthScale:
    """Something changes by a factor e over `xi` layers; the rule of thumb is `reach`, so many xi.

    `basis` is ordered or chaotic: how two inputs' correlation comes to its fixed point, 6 xi_c by
    Schoenholz et al. 2017, inputs becoming alike or unlike; edge: at the edge of chaos, where xi is
    infinite; or batch_norm: how |delta|^2 grows, 16 / ln rate by Yang et al. 2019.
    """

    xi: float
    reach: float
    basis: str


def depth_scale(experiment: Experiment) -> DepthScale | None:
    """The depth scale of a plain net without norm or with BatchNorm; None where none is known."""
    network = experiment.network
    if network.residual != "none" or silence(experiment) or network.norm_position != "pre":
        return None
    phi = network.phi
    if network.norm == "batch":
        batch_size = experiment.data.batch_size
        if batch_size >= SMALL_BATCH * network.width:
            # the rate is that of an infinite width
            return None
        rate = batch_rate(phi, batch_size).rate
        return DepthScale(1 / math.log(rate), 16 / math.log(rate), "batch_norm")
    if network.norm != "none" or INITIALIZERS[network.init].data_driven:
        return None
    law = Law(experiment)
    weight, bias = law.weight_variance(2, 1.0), law.bias_variance(2)
    found = phase(phi, weight, bias)
    # where signals vanish or grow for ever phi is as good as linear on either side of 0, as relu
    # is, and the correlation's map no longer depends on the weights: chi is not its rate
    has_end = EXACT[0] <= found.q <= EXACT[1] and not math.isnan(found.xi_c)
    if not has_end or not _is_reached(experiment, phi, weight, bias, found.chi):
        return None
    if math.isinf(found.xi_c):
        return DepthScale(math.inf, math.inf, "edge")
    return DepthScale(found.xi_c, 6 * found.xi_c, "ordered" if found.chi < 1 else "chaotic")


def _is_reached(
    experiment: Experiment, phi: Activation, weight: float, bias: float, limit: float
) -> bool:
    """Whether the network is deep enough for its gradients to change at the rate of the limit."""
    q = 1.0
    for _ in range(experiment.network.depth // 2):
        q = q_map(phi, weight, bias, min(max(q, 1e-8), 1e4))
    rate = chi(phi, weight, q)
    return rate > 0 and abs(math.log(rate / limit)) < 0.1 * abs(math.log(limit)) + 0.01
