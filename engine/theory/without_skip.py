"""Mean-field theory of nets without skips: q_l = sigma_w^2 E phi^2 + sigma_b^2, and backward.

Poole et al. 2016 and Schoenholz et al. 2017 without norms; Yang et al. 2019 with BatchNorm.
"""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.normalizations import EPSILON
from engine.numerics.arrays import Doubles
from engine.theory.correlations import shared
from engine.theory.fluctuations import LARGEST_FLUCTUATION, shift
from engine.theory.signals import TINY, Inputs, Law, Signals, normalised


@dataclass(frozen=True)
class Step:
    """A layer's way from its linear output on, each (groups,).

    `fed` is the variance that phi sees, `divisor` what the norm divides variances by, `square` and
    `spread` the output's mean square and its variance over the batch.
    """

    fed: Doubles
    divisor: Doubles
    square: Doubles
    spread: Doubles


def step(law: Law, layer: int, q: Doubles, spread: Doubles) -> Step:
    """A layer (from 1) whose linear output has the mean square q and the variance `spread`.

    The latter is over the batch, and of use for norms over the batch alone.
    """
    table = law.table
    if law.norm is None:
        return Step(q, np.ones(q.shape), table.moment("square", q), spread)
    if law.norm_position == "pre":
        variance = spread if law.norm_over_batch else q
        fed = normalised(variance)
        return Step(
            fed,
            variance + EPSILON,
            table.moment("square", fed),
            table.moment("spread", fed) * law.spread_correction,
        )
    name = "spread" if law.norm_centres else "square"
    variance = table.moment(name, q)
    if law.norm_over_batch:
        # a unit's bias is the same for all samples: to first order it takes no part in the spread
        variance = variance - law.bias_variance(layer) * table.moment("slope", q) ** 2
    return Step(q, variance + EPSILON, normalised(variance), normalised(variance))


def without_skip(law: Law, inputs: Inputs) -> Signals:
    """The signals of a net without skips."""
    square, spread = inputs.square, np.full_like(inputs.square, inputs.spread.mean())
    if law.norm_over_batch:
        square = np.full_like(square, inputs.weight @ square)
    qs, steps, weights, alike = [], [], [], inputs.alike
    for layer in range(1, law.depth + 1):
        mean_square = float(inputs.weight @ square) if law.data_driven else 1.0
        weight = law.weight_variance(layer, mean_square, alike)
        qs.append(weight * square + law.bias_variance(layer))
        steps.append(step(law, layer, qs[-1], weight * spread))
        square, spread = steps[-1].square, steps[-1].spread
        weights.append(weight)
        if law.data_driven and law.norm is None:
            seen = max(float(inputs.weight @ steps[-1].fed), TINY)
            alike = shared(law.phi, seen, min(max(alike, 0.0), 1.0)).value
        else:
            alike = 0.0
    fed = np.array([s.fed for s in steps])
    slope_square = law.table.moment("slope_square", fed) * law.slope_correction
    with np.errstate(divide="ignore"):
        # |delta_l|^2 / |g_l|^2, and |g_{l-1}|^2 / |delta_l|^2
        through_phi = np.log(slope_square / np.array([s.divisor for s in steps]))
        through_weights = np.log(np.array(weights))[:, None]
    total = through_phi + through_weights
    from_above = np.cumsum(total[::-1], axis=0)[::-1] - total
    kurtosis = law.table.moment("slope_fourth", fed) / law.table.moment("slope_square", fed) ** 2
    # orthogonal matrices keep lengths: only phi' makes them vary
    kept = 3.0 if law.is_orthogonal else 1.0
    own = (3 * (kurtosis @ inputs.weight) - kept) / law.width
    gathered = np.cumsum(own[::-1])[::-1]
    # from g_L on to g_l what the layers above l do counts, from delta_L to delta_l what l does too
    to_g, to_delta = (shift(gathered - none, law.batch_size)[:, None] for none in (own, own[-1]))
    return Signals(
        np.array(qs),
        np.array([s.square for s in steps]),
        from_above + to_g,
        from_above + through_phi + to_delta,
        saturated=bool(own.max() > LARGEST_FLUCTUATION),
    )
