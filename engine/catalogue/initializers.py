"""How the hidden weights are drawn, as a table: standard draws of a layer's own stream, scaled.

fan_in and fan_out are the numbers of inputs and outputs of a layer; a weight matrix has the shape
(fan_out, fan_in).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.catalogue.activations import Activation
from engine.catalogue.criticality import critical_point
from engine.catalogue.table import table
from engine.numerics.arrays import Doubles
from engine.numerics.draws import Draw


def standard_normal(random: np.random.Generator, fan_out: int, fan_in: int) -> Doubles:
    """Independent N(0, 1) entries."""
    return random.standard_normal((fan_out, fan_in))


def standard_uniform(random: np.random.Generator, fan_out: int, fan_in: int) -> Doubles:
    """Independent entries of variance 1, uniform on +-sqrt(3)."""
    return random.uniform(-math.sqrt(3), math.sqrt(3), (fan_out, fan_in))


def haar_orthogonal(random: np.random.Generator, fan_out: int, fan_in: int) -> Doubles:
    """A Haar-random matrix with orthonormal rows or columns, whichever are fewer.

    The QR of a normal matrix is Haar only with the signs of R's diagonal put right (Mezzadri 2007).
    """
    normal = random.standard_normal((fan_out, fan_in))
    tall = normal if fan_out >= fan_in else normal.T
    q, r = np.linalg.qr(tall)
    q *= np.sign(np.diag(r))
    return q if fan_out >= fan_in else q.T


@dataclass(frozen=True)
class StandardDeviations:
    """Those of a layer's weights and biases, by (fan_in, fan_out)."""

    weight: Callable[[int, int], float]
    bias: Callable[[int, int], float] = lambda fan_in, fan_out: 0.0


@dataclass(frozen=True)
class Initializer:
    """One init: a standard draw times standard deviations that may depend on the activation.

    One that `needs_critical_point` goes with activations that have one. `own_scale` entries take
    no gain and no bias_std beside their own. A `data_driven` entry is scaled further by the first
    batch (see `engine.network.lsuv`). `draw_variance` is that of a draw's entries, by (fan_in,
    fan_out).
    """

    name: str
    formula: str
    draw: Draw
    std: Callable[[Activation], StandardDeviations]
    needs_critical_point: bool = False
    own_scale: bool = False
    data_driven: bool = False
    draw_variance: Callable[[int, int], float] = lambda fan_in, fan_out: 1.0


def _fixed(weight: Callable[[int, int], float]) -> Callable[[Activation], StandardDeviations]:
    std = StandardDeviations(weight)
    return lambda activation: std


def _lecun(fan_in: int, fan_out: int) -> float:
    return math.sqrt(1 / fan_in)  # LeCun et al. 1998


def _xavier(fan_in: int, fan_out: int) -> float:
    return math.sqrt(2 / (fan_in + fan_out))  # Glorot & Bengio 2010, eq. 16


def _he(fan_in: int, fan_out: int) -> float:
    return math.sqrt(2 / fan_in)  # He et al. 2015, eq. 10


def _pytorch(fan_in: int, fan_out: int) -> float:
    return math.sqrt(1 / (3 * fan_in))  # the standard deviation of U(+-1/sqrt(fan_in))


def _always(value: float) -> Callable[[int, int], float]:
    return lambda fan_in, fan_out: value


def _haar_variance(fan_in: int, fan_out: int) -> float:
    return 1 / max(fan_in, fan_out)  # min(fan_in, fan_out) unit vectors share all the entries


def _critical(activation: Activation) -> StandardDeviations:
    point = critical_point(activation)
    return StandardDeviations(
        lambda fan_in, fan_out: math.sqrt(point.weight_variance / fan_in),
        _always(math.sqrt(point.bias_variance)),
    )


INITIALIZERS = table(
    Initializer("xavier_normal", "N(0, 2/(fan_in + fan_out))", standard_normal, _fixed(_xavier)),
    Initializer(
        "xavier_uniform", "U(+-sqrt(6/(fan_in + fan_out)))", standard_uniform, _fixed(_xavier)
    ),
    Initializer("he_normal", "N(0, 2/fan_in)", standard_normal, _fixed(_he)),
    Initializer("he_uniform", "U(+-sqrt(6/fan_in))", standard_uniform, _fixed(_he)),
    Initializer("lecun_normal", "N(0, 1/fan_in)", standard_normal, _fixed(_lecun)),
    Initializer("lecun_uniform", "U(+-sqrt(3/fan_in))", standard_uniform, _fixed(_lecun)),
    Initializer(
        "pytorch_default",
        "U(+-1/sqrt(fan_in)), biases too",
        standard_uniform,
        lambda activation: StandardDeviations(_pytorch, _pytorch),
        own_scale=True,
    ),
    # Saxe et al. 2014
    Initializer(
        "orthogonal",
        "Haar orthogonal",
        haar_orthogonal,
        _fixed(_always(1.0)),
        draw_variance=_haar_variance,
    ),
    # Mishkin & Matas 2016
    Initializer(
        "lsuv",
        "orthogonal / std of the batch's z",
        haar_orthogonal,
        _fixed(_always(1.0)),
        own_scale=True,
        data_driven=True,
        draw_variance=_haar_variance,
    ),
    # Poole et al. 2016, Schoenholz et al. 2017
    Initializer(
        "critical",
        "edge of chaos: sigma_w^2 E phi'^2 = 1",
        standard_normal,
        _critical,
        needs_critical_point=True,
        own_scale=True,
    ),
    Initializer("small_normal", "N(0, 0.01^2)", standard_normal, _fixed(_always(0.01))),
    Initializer("unit_normal", "N(0, 1)", standard_normal, _fixed(_always(1.0))),
    Initializer("zeros", "0", standard_normal, _fixed(_always(0.0))),
)
