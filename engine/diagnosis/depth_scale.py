"""How deep a gradient reaches, by theory."""

import math
from dataclasses import dataclass

from engine.catalogue.activations import Activation
from engine.catalogue.initializers import INITIALIZERS
from engine.experiment.experiment import Experiment
from engine.theory.batch_rates import batch_rate
from engine.theory.meanfield import chi, phase, q_map
from engine.theory.prediction import silence
from engine.theory.signals import Law


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
    phi = network.phi
    if network.norm == "batch":
        rate = batch_rate(phi, experiment.data.batch_size).rate
        xi = 1 / math.log(rate) if rate > 1 else math.inf
        return DepthScale(xi, 16 * xi, "batch_norm")
    if network.norm != "none" or INITIALIZERS[network.init].data_driven:
        return None
    law = Law(experiment)
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
