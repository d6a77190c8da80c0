"""Mean-field theory of pre-activation skips: h_l = a h + b (W phi(N(h)) + bias).

The branch ends in fresh weights, so it has mean 0 and is independent of the stream: second moments
add, forward and backward (Yang & Schoenholz 2017; De & Smith 2020 with BatchNorm).
"""

import numpy as np

from engine.catalogue.normalizations import EPSILON
from engine.theory.signals import Inputs, Law, Signals, normalised


def pre_activation(law: Law, inputs: Inputs) -> Signals:
    """The signals of a pre-activation residual net."""
    over_batch = law.norm_over_batch
    square, mean_square = inputs.square, inputs.mean**2
    spread = inputs.spread
    qs, squares, growth = [], [], np.zeros((law.depth, len(square)))
    for layer in range(1, law.depth + 1):
        skip, branch = law.coefficients(layer)
        # what the norm measures: each unit over the batch, or each sample over the units
        variance = spread if over_batch else square - (mean_square if law.norm_centres else 0.0)
        fed = variance if law.norm is None else normalised(variance)
        divisor = 1.0 if law.norm is None else variance + EPSILON
        shape = np.full_like(square, 1.0)
        out = law.table.moment("square", fed)
        out = shape * (out.mean() if over_batch else out)
        weight = law.weight_variance(layer, float(inputs.weight @ out))
        q = weight * out + law.bias_variance(layer)
        slopes = law.table.moment("slope_square", fed) * law.slope_correction / divisor
        slopes = shape * (slopes.mean() if over_batch else slopes)
        with np.errstate(divide="ignore"):
            growth[layer - 1] = np.log(skip**2 + branch**2 * weight * slopes)
        square = skip**2 * square + branch**2 * q
        mean_square = skip**2 * mean_square
        if over_batch:
            varied = law.table.moment("spread", fed).mean() * law.spread_correction
            spread = (skip**2 * spread if skip else np.zeros(law.width)) + (
                branch**2 * weight * varied
            )
        qs.append(q)
        squares.append(square)
    from_above = np.cumsum(growth[::-1], axis=0)[::-1] - growth
    with np.errstate(divide="ignore"):
        scale = np.log([law.branch**2 if skip else 1.0 for skip in law.has_skip])[:, None]
    return Signals(np.array(qs), np.array(squares), from_above, from_above + scale)
