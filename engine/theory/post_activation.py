"""Mean-field theory of post-activation skips, h_l = a h + b phi(N(W h + b)), at finite width.

phi's outputs have a mean, so the stream's mean over the units grows along with its mean square,
and the gradient's projection on the stream is of the order of its norm: both are followed. W is
split into what its own output z = W h fixes and a rest that is independent of everything,
W = z h^T / |h|^2 + W~ (1 - h h^T / |h|^2), and the gradient is taken as random apart from its
projections U = 1.g and C = h.g. For ReLU, C is conserved (Euler: h.g = f), and this is the closure
for x + relu(W x); for other activations C is followed like U. Samples of like norm are followed
together, because 1 / |h|^2 is far from even where there are few features.
"""

from dataclasses import dataclass

import numpy as np

from engine.catalogue.moments import Moments
from engine.numerics.arrays import Doubles
from engine.theory.signals import TINY, Inputs, Law, Signals
from engine.theory.without_skip import step


@dataclass(frozen=True)
class Block:
    """One layer, each (groups,) but the first three: its coefficients and sigma_w^2.

    Its input's mean square and mean, its output's, what phi is fed, and its norm's divisor.
    """

    skip: float
    branch: float
    weight: float
    q: Doubles
    fed: Doubles
    divisor: Doubles
    square_in: Doubles
    mean_in: Doubles
    square: Doubles
    mean: Doubles


def post_activation(law: Law, inputs: Inputs) -> Signals:
    """The signals of a post-activation residual net."""
    blocks = _forward(law, inputs)
    log_g, log_delta = _backward(law, blocks, float(inputs.weight @ blocks[-1].square))
    return Signals(
        np.array([block.q for block in blocks]),
        np.array([block.square for block in blocks]),
        log_g,
        log_delta,
    )


def _forward(law: Law, inputs: Inputs) -> list[Block]:
    square, mean = inputs.square, inputs.mean
    spread = np.full_like(square, inputs.spread.mean())
    if law.norm_over_batch:
        square = np.full_like(square, inputs.weight @ square)
        mean = np.full_like(mean, inputs.weight @ mean)
    blocks = []
    for layer in range(1, law.depth + 1):
        a, b = law.coefficients(layer)
        weight = law.weight_variance(layer, float(inputs.weight @ square))
        q = weight * square + law.bias_variance(layer)
        out = step(law, layer, q, weight * spread)
        value = law.table.moment("value", out.fed)
        square_in, mean_in = square, mean
        square = a**2 * square + b**2 * out.square + 2 * a * b * mean * value
        mean = a * mean + b * value
        spread = a**2 * spread + b**2 * out.spread
        blocks.append(
            Block(a, b, weight, q, out.fed, out.divisor, square_in, mean_in, square, mean)
        )
    return blocks


Pair = tuple[Doubles, Doubles]


@dataclass(frozen=True)
class Gradient:
    """g_l with |g| = 1: the second moments of its projections U = 1.g and C = h_l.g."""

    uu: Doubles
    uc: Doubles
    cc: Doubles

    def product(self, first: Pair, second: Pair) -> Doubles:
        """E (f.g)(f'.g) of the functions f = first[0] + first[1] h_l and f' likewise."""
        return (
            first[0] * second[0] * self.uu
            + (first[0] * second[1] + first[1] * second[0]) * self.uc
            + first[1] * second[1] * self.cc
        )


def _backward(law: Law, blocks: list[Block], square: float) -> tuple[Doubles, Doubles]:
    """ln |g_l|^2 / |g_L|^2 and ln |delta_l|^2 / |g_L|^2 of each layer and group."""
    moments = law.table.at(np.array([block.fed for block in blocks]))
    gradient = _from_readout(blocks[-1], law.coherence(square))
    log_norm = np.zeros_like(blocks[-1].square)
    log_g = np.zeros((len(blocks), len(log_norm)))
    log_delta = np.zeros_like(log_g)
    for i in reversed(range(len(blocks))):
        layer = _Layer(law, blocks[i], Moments(*(m[i] for m in moments)), gradient)
        growth, gradient = layer.step()
        with np.errstate(divide="ignore"):
            log_g[i] = log_norm
            log_delta[i] = log_norm + np.log(blocks[i].branch ** 2 * layer.delta_square)
            log_norm = log_norm + np.log(growth)
    return log_g, log_delta


def _from_readout(last: Block, coherence: float) -> Gradient:
    """g_L: random weights, except as far as the loss sees what h_L made of them."""
    mean, square = last.mean, last.square
    uu = 1.0 + (coherence - 1) * mean**2 / np.maximum(square, TINY)
    return Gradient(uu, coherence * mean, coherence * square)


class _Layer:
    """The backward step through one layer, |g_l| being 1."""

    def __init__(self, law: Law, block: Block, m: Moments[Doubles], gradient: Gradient) -> None:
        self._block, self._gradient, self._width = block, gradient, law.width
        a, b, mean, mean_in = block.skip, block.branch, block.mean, block.mean_in
        # where the stream is the same in every unit, 1 alone spans what h_l does
        det = np.maximum(np.maximum(block.square - mean**2, 1e-12 * block.square), TINY)

        def regressed(value: Doubles, with_h: Doubles) -> Pair:
            """A unit's function f on (1, h_l), from E f and E f h_l."""
            return (block.square * value - mean * with_h) / det, (with_h - mean * value) / det

        one, zero = np.ones_like(mean), np.zeros_like(mean)
        u, c = regressed(one, zero), regressed(zero, one)
        inside = u[0] * gradient.uu + 2 * c[0] * gradient.uc + c[1] * gradient.cc
        self._random = np.maximum(1.0 - inside / law.width, 0.0)
        """The share of |g|^2 outside the span of 1 and h_l."""

        # |phi' g|^2: at random, and along the span, where phi' is not independent of h_l
        slopes = m.slope_square
        slopes_h = a * mean_in * slopes + b * m.value_slope_square
        slopes_hh = (
            a**2 * block.square_in * slopes
            + 2 * a * b * mean_in * m.value_slope_square
            + b**2 * m.square_slope_square
        )
        uu, uc, cc = gradient.product(u, u), gradient.product(u, c), gradient.product(c, c)
        along = uu * slopes + 2 * uc * slopes_h + cc * slopes_hh
        passed = self._random * slopes + np.maximum(along, 0.0) / law.width
        # S = z.(phi' g), and T = h_{l-1}.g
        s_with_h = a * mean_in * m.z_slope + b * m.z_value_slope
        self._s = regressed(m.z_slope, s_with_h)
        t_with_h = a * block.square_in + b * mean_in * m.value
        self._t = regressed(mean_in, t_with_h)
        self._ss = self._squared(self._s, self._s, m.z_square_slope_square, (m.z_slope, s_with_h))
        self._ts = self._squared(self._t, self._s, mean_in * m.z_slope, (m.z_slope, s_with_h))
        self._tt = self._squared(self._t, self._t, block.square_in, (mean_in, t_with_h))
        self._us = gradient.product((one, zero), self._s)
        self._ut = gradient.product((one, zero), self._t)
        if law.norm is not None:
            # the norm takes out the gradient's part along its own output, so nothing is left of S
            if not law.norm.over_batch:
                passed -= self._ss / (block.fed * law.width)
            self._ss = self._ts = self._us = zero
        else:
            ratio = block.weight * block.square_in / np.maximum(block.q, TINY)
            self._ss, self._ts, self._us = ratio**2 * self._ss, ratio * self._ts, ratio * self._us
        self.delta_square = np.maximum(passed, 0.0) * law.slope_correction / block.divisor
        """|delta_l|^2 without the branch's coefficient."""

    def _squared(self, first: Pair, second: Pair, whole: Doubles, moments: Pair) -> Doubles:
        """E (f.g)(f'.g): within the span, and at random what of E f f' = `whole` lies outside."""
        outside = whole - (first[0] * moments[0] + first[1] * moments[1])
        return self._gradient.product(first, second) + self._random * outside

    def step(self) -> tuple[Doubles, Gradient]:
        """|g_{l-1}|^2, and g_{l-1} scaled to 1."""
        block, g = self._block, self._gradient
        a, b, mean = block.skip, block.branch, block.mean_in
        square = np.maximum(block.square_in, TINY)
        fresh = b**2 * block.weight * self.delta_square
        growth = a**2 + fresh + (2 * a * b * self._ts + b**2 * self._ss) / (self._width * square)
        f = mean / square
        uu = a**2 * g.uu + 2 * a * b * f * self._us + (b * f) ** 2 * self._ss
        uu += fresh * np.maximum(1 - f * mean, 0.0)
        uc = a**2 * self._ut + a * b * (self._us + f * self._ts) + b**2 * f * self._ss
        cc = a**2 * self._tt + 2 * a * b * self._ts + b**2 * self._ss
        growth = np.maximum(growth, TINY)
        return growth, Gradient(uu / growth, uc / growth, cc / growth)
