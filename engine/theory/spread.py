"""How far a single draw of the weights parts from theory: the spread of ln |g|^2 over draws.

Each layer multiplies |g|^2, a sum over samples and units, by a random number near its mean. For one
sample its relative variance is (3 k - 1) / n with k = E phi'^4 / (E phi'^2)^2 (see `fluctuations`);
what two samples share of that, K (1 + 2 s) - 1 with K = E phi'^2(u) phi'^2(v) / (E phi'^2)^2 and s
the squared cosine of their gradients, the batch does not average out. Forward, |h|^2 varies alike,
and with it E phi'^2 of the layers above, or the norm that divides by it.
"""

import math
from dataclasses import dataclass

import numpy as np

from engine.catalogue.initializers import INITIALIZERS
from engine.experiment.experiment import Experiment
from engine.numerics.arrays import Doubles, PerLayer, frozen
from engine.theory.correlations import shared
from engine.theory.signals import TINY, Inputs, Law, Signals

STEP = 0.01
"""In ln q, for derivatives by it."""


@dataclass(frozen=True)
class Pair:
    """What one layer does to two samples.

    `cosine` is that of phi's arguments, `slope` E phi'(u) phi'(v) / E phi'^2, `slope_square` and
    `square` E f(u) f(v) / (E f)^2 of f = phi'^2 and phi^2, `own_slope_square` that of a sample with
    itself; `square_by_length` is d ln E phi^2 / d ln q. `growth` is |g_{l-1}|^2 / |g_l|^2 of
    gradients at random and `share` the branch's part of it, `made` the branch's part of |h|^2,
    `lasting` how much of phi'^2's noise is met again one layer below, `both_ways` the relative
    covariance of phi^2 and phi'^2. `sensitivity` is d ln growth / d ln q, and `memory`
    d ln q_{l+1} / d ln q_l.
    """

    cosine: float
    slope: float
    slope_square: float
    square: float
    square_by_length: float
    own_slope_square: float
    growth: float
    share: float
    made: float
    lasting: float
    both_ways: float
    sensitivity: float
    memory: float


def spread(experiment: Experiment, x: Doubles, law: Law, inputs: Inputs, g: Signals) -> PerLayer:
    """One standard deviation over draws of log10 |g_l| / |g_L|, from what the weights see."""
    lengths = np.sqrt(np.maximum((x**2).sum(axis=1), TINY))[:, None]
    cosine = float(np.sqrt(np.mean((x / lengths @ (x / lengths).T) ** 2)))
    qs, squares = g.linear_output @ inputs.weight, g.layer_output @ inputs.weight
    start = float(inputs.weight @ inputs.square)
    pairs, last_cosine = _forward(experiment, law, [start, *squares.tolist()], qs, cosine)
    variance = _backward(experiment, law, pairs, float(squares[-1]), last_cosine)
    variance = variance + _through_signals(law, pairs)
    if any(law.has_skip) and law.norm is None:
        # the part of g along the stream is f.dL/df over |h|; the former has few terms
        at_random = np.cumsum([0.0, *(math.log(pair.growth) for pair in pairs[:0:-1])])[::-1]
        beyond = 1 - np.exp(np.minimum(at_random - g.log_g @ inputs.weight, 0.0))
        free = free_outputs(experiment)
        made = np.array([_made(law, pair) for pair in pairs])
        along = 2 / free + 2 / free**2 + np.cumsum(made[::-1])[::-1] - made
        variance += beyond**2 * along
    return frozen(np.sqrt(variance) / (2 * math.log(10)))


def free_outputs(experiment: Experiment) -> int:
    """The dimensions of dL/df: softmax's gradients add up to 0."""
    return max(experiment.outputs - (experiment.training.loss == "cross_entropy"), 1)


def _forward(
    experiment: Experiment, law: Law, squares: list[float], qs: Doubles, cosine: float
) -> tuple[list[Pair], float]:
    """Each layer, and the cosine of two samples' last outputs."""
    network, covariance, pairs = experiment.network, cosine * squares[0], []
    is_weights_last = network.residual == "pre_activation"
    is_normed_first = law.norm is not None and law.norm_position == "pre"
    for i, q in enumerate(qs.tolist()):
        (a, b), bias, before = law.coefficients(i + 1), law.bias_variance(i + 1), squares[i]
        weight = (q - bias) / max(before, TINY)
        after_weights = weight * covariance + bias
        argument, fed = (covariance, before) if is_weights_last else (after_weights, q)
        divisor = max(fed, TINY)
        c = min(max(argument / divisor, 0.0), 1.0)
        if is_normed_first:
            # samples centred over the batch have nothing in common
            fed, c = 1.0, 0.0 if law.norm_over_batch else c
        fed = max(fed, TINY)
        m = law.table.at(np.array(fed))
        common = shared(law.phi, fed, c)
        out, both = float(m.square), common.value * float(m.square)
        if law.norm is None:
            divisor = 1.0
        elif not is_normed_first:
            centre = float(m.value) ** 2 if law.norm_centres else 0.0
            divisor = max(out - centre, TINY)
            out, both = 1.0, 0.0 if law.norm_over_batch else (both - centre) / divisor
        if is_weights_last and not law.has_skip[i]:
            out, both = q, after_weights
        elif is_weights_last:
            weight = (q - bias) / max(out, TINY)
            out, both = q, weight * both + bias
        square = max(squares[i + 1], TINY)
        # beyond the sum of squares lies the streams' mean, the same for all samples
        cross = max(square - a**2 * before - b**2 * out, 0.0)
        covariance = min(a**2 * covariance + b**2 * both + cross, square)
        branch = b**2 * weight * float(m.slope_square) * law.slope_correction / divisor
        growth = max(a**2 + branch, TINY)
        made = min(max(1 - a**2 * before / square, 0.0), 1.0)
        own = shared(law.phi, fed, 1.0).slope_square
        both_ways = float(m.square_slope_square) / max(float(m.square * m.slope_square), TINY) - 1
        square_by_length = _derivative(law, "square", fed)
        lasting = sensitivity = memory = 0.0
        if is_weights_last and own > 1 + STEP:
            # phi is fed the stream itself, most of which it has seen in the layer below
            again = shared(law.phi, fed, math.sqrt(1 - made)).slope_square
            lasting = (again - 1) / (own - 1)
        if law.norm is None and not INITIALIZERS[network.init].data_driven:
            sensitivity = branch / growth * _derivative(law, "slope_square", fed)
            memory = 1 - made + made * square_by_length * (1 - bias / max(q, TINY))
        elif law.norm is not None and law.has_skip[i]:
            # the norm divides by |h|
            sensitivity, memory = -branch / growth, 1 - made
        pairs.append(
            Pair(
                cosine=c,
                slope=common.slope,
                slope_square=common.slope_square,
                square=common.square,
                square_by_length=square_by_length,
                own_slope_square=own,
                growth=growth,
                share=branch / growth,
                made=made,
                lasting=lasting,
                both_ways=c * both_ways,
                sensitivity=sensitivity,
                memory=memory,
            )
        )
    return pairs, covariance / max(squares[-1], TINY)


def _derivative(law: Law, name: str, q: float) -> float:
    """d ln moment / d ln q."""
    below, above = law.table.moment(name, q * np.exp([-STEP, STEP]))
    return math.log(max(above, TINY) / max(below, TINY)) / (2 * STEP)


def _backward(
    experiment: Experiment, law: Law, pairs: list[Pair], square: float, cosine: float
) -> Doubles:
    """The variance of ln |g_l|^2 / |g_L|^2 at fixed signals."""
    by_data = INITIALIZERS[experiment.network.init].data_driven
    divides = (law.norm is not None and not law.norm_over_batch) or by_data
    alike, by_loss = 1 / free_outputs(experiment), 1.0
    if experiment.training.loss == "mse":
        # as far as f - y is f, made by the very weights that it goes back through
        from_f = square / (square + 1)
        alike += (from_f * cosine) ** 2 * (1 - alike)
        by_loss += from_f
    both, own, carried = np.zeros(len(pairs)), np.zeros(len(pairs)), 0.0
    for i in reversed(range(1, len(pairs))):
        pair, below = pairs[i], pairs[i - 1]
        # orthogonal matrices keep lengths and angles
        kept = (1 + 2 * alike, 3.0) if law.is_orthogonal else (1.0, 1.0)
        common = pair.slope_square * (1 + 2 * alike) - kept[0]
        single = 3 * pair.own_slope_square - kept[1]
        if divides:
            common += _noise(law, below)
        mixed = 4 * pair.share * (1 - pair.share)
        common = pair.share**2 * common + mixed * pair.slope * alike
        common += 2 * pair.share * (pair.slope_square - 1) * carried
        carried = pair.lasting * (carried + pair.share)
        single = pair.share**2 * single + mixed
        both[i - 1] = both[i] + common / law.width
        own[i - 1] = own[i] + max(single - common, 0.0) / law.width
        fresh = (1 - alike) * pair.share**2 * pair.slope_square / law.width
        alike = min((1 - pair.share + pair.share * pair.slope) ** 2 * alike + fresh, 1.0)
    # the mean of log-normal numbers, until the largest rules
    count = law.batch_size
    ruled = own * math.pi**2 / (12 * math.log(max(count, 3)))
    averaged = np.minimum(np.log1p(np.expm1(np.minimum(own, 50.0)) / count), ruled)
    return np.asarray(by_loss * both + averaged)


def _through_signals(law: Law, pairs: list[Pair]) -> Doubles:
    """The variance by that of ln q, which each layer adds to and hands on."""
    variance, arrived, later, width = np.zeros(len(pairs)), [0.0], 0.0, law.width
    made = [_made(law, pair) for pair in pairs]
    for pair, added in zip(pairs, made, strict=True):
        arrived.append(pair.memory**2 * arrived[-1] + added)
    effect = 0.0
    for i in reversed(range(len(pairs) - 1)):
        effect = pairs[i + 1].sensitivity + pairs[i + 1].memory * effect
        # noise that phi adds to |h|^2 goes with that which phi' adds to |g|^2
        with_own = 2 * pairs[i].share * pairs[i].made * max(pairs[i].both_ways, 0.0) / width
        variance[i] = arrived[i + 1] * effect**2 + later
        later += made[i] * effect**2 + with_own * max(effect, 0.0)
    return variance


def _noise(law: Law, pair: Pair) -> float:
    """Width times the relative variance of |phi|^2; orthogonal matrices take that by |z|^2 away."""
    by_length = 2 * (pair.cosine * pair.square_by_length) ** 2 * law.is_orthogonal
    return max(pair.square - 1 - by_length, 0.0)


def _made(law: Law, pair: Pair) -> float:
    """The variance that a layer adds to that of ln |h|^2."""
    cross = 4 * pair.made * (1 - pair.made) * pair.cosine**2
    return (pair.made**2 * _noise(law, pair) + cross) / law.width
