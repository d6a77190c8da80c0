"""Mean-field theory of pre-activation skips: h_l = a h + b (W phi(N(h)) + bias).

The branch ends in fresh weights, so it has mean 0 and is independent of the stream: second moments
add, forward and backward (Yang & Schoenholz 2017; De & Smith 2020 with BatchNorm). Where the loss
looks at the signal, g lies along the stream h more than at random, and so meets again the very
weights that made it: that part of C = h.g is followed beside (see `Along`).
"""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.normalizations import EPSILON, NORMALIZATIONS
from engine.experiment.experiment import Experiment
from engine.network.parameters import has_skip
from engine.numerics.arrays import Doubles
from engine.theory.signals import TINY, Inputs, Law, Signals, normalised


@dataclass(frozen=True)
class Along:
    """What a layer does with C = h.g, each (layers, groups).

    C^2 / |h|^2 is multiplied by `kept`, and times `added` / width comes on top of |g|^2. With
    z = W phi and y = phi' W^T g: W = z phi^T / |phi|^2 + rest, z.g = b |z|^2 C / |h_l|^2, likewise
    h_{l-1}.g, and phi phi' lies along h_{l-1} by E h phi phi' / E h^2.
    """

    kept: Doubles
    added: Doubles


def what_weights_see(experiment: Experiment, x: Doubles) -> Doubles:
    """A batch as the first layer's weights see it: behind N and phi where there is no skip yet."""
    network = experiment.network
    if network.residual != "pre_activation" or has_skip(experiment)[0]:
        return x
    if network.norm != "none":
        x = NORMALIZATIONS[network.norm].normalised(x.T).T.astype(np.float64)
    return network.phi.at(x)[0]


def pre_activation(law: Law, inputs: Inputs) -> Signals:
    """The signals of a pre-activation residual net."""
    over_batch, table = law.norm_over_batch, law.table
    square, mean_square = inputs.square, inputs.mean**2
    spread = inputs.spread
    qs, squares, growth = [], [], np.ones((law.depth, len(square)))
    outs, made = [], []
    at_zero, slope_at_zero = law.phi.at(np.zeros(1))
    for layer in range(1, law.depth + 1):
        skip, branch = law.coefficients(layer)
        # what the norm measures: each unit over the batch, or each sample over the units
        variance = spread if over_batch else square - (mean_square if law.norm_centres else 0.0)
        fed = variance if law.norm is None else normalised(variance)
        divisor = 1.0 if law.norm is None else variance + EPSILON
        shape = np.full_like(square, 1.0)
        # without a skip, N and phi were applied to the data themselves
        is_first = not law.has_skip[layer - 1]
        out = square if is_first else np.where(fed > 0, table.moment("square", fed), at_zero**2)
        out = shape * (out.mean() if over_batch else out)
        weight = law.weight_variance(layer, float(inputs.weight @ out))
        q = weight * out + law.bias_variance(layer)
        slopes = table.moment("slope_square", fed) * law.slope_correction
        # a sample whose units are all off stays at 0
        slopes = np.where(fed > 0, slopes, slope_at_zero**2) / divisor
        slopes = shape * (slopes.mean() if over_batch else slopes)
        growth[layer - 1] = skip**2 + branch**2 * weight * slopes
        square = skip**2 * square + branch**2 * q
        outs.append(out)
        made.append(branch**2 * weight * out)
        mean_square = skip**2 * mean_square
        if over_batch:
            varied = spread if is_first else table.moment("spread", fed) * law.spread_correction
            spread = (skip**2 * spread if skip else np.zeros(law.width)) + (
                branch**2 * weight * varied.mean()
            )
        qs.append(q)
        squares.append(square)
    along = _along(law, np.array(squares), np.array(outs), np.array(made))
    # C^2 / |h|^2 beyond that of a gradient at random
    excess = np.full_like(square, law.coherence(float(inputs.weight @ square)) - 1)
    from_above = np.zeros_like(growth)
    for i in reversed(range(1, law.depth)):
        grown = growth[i] + excess * along.added[i] / law.width
        from_above[i - 1] = from_above[i] + np.log(grown)
        excess = excess * along.kept[i] / grown
    with np.errstate(divide="ignore"):
        scale = np.log([law.branch**2 if skip else 1.0 for skip in law.has_skip])[:, None]
    return Signals(np.array(qs), np.array(squares), from_above, from_above + scale)


def _along(law: Law, squares: Doubles, outs: Doubles, made: Doubles) -> Along:
    """Of layers whose weights make b^2 |z|^2 = `made` of phi's mean squares `outs`."""
    if law.norm is not None:
        # a norm takes out the gradient's part along its input
        return Along(np.ones_like(squares), np.zeros_like(squares))
    a = np.array([law.coefficients(layer)[0] ** 2 for layer in range(1, law.depth + 1)])[:, None]
    outs, squares = np.maximum(outs, TINY), np.maximum(squares, TINY)
    before = np.vstack([squares[:1], squares[:-1]])
    of_skip, of_branch = before / squares, made / squares
    overlap = law.table.moment("z_value_slope", before) / outs
    slopes = law.table.moment("square_slope_square", before) / outs
    return Along(
        kept=(a * of_skip + of_branch * overlap) ** 2 / of_skip,
        added=(2 * a * overlap + made / outs * slopes) * of_branch,
    )
