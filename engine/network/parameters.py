"""Everything that is learned, in one flat vector with a view for each layer's part of it."""

import itertools
import math
from collections.abc import Iterator

import numpy as np

from engine.catalogue.initializers import INITIALIZERS, standard_normal, standard_uniform
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.network.threads import blas_threads
from engine.numerics.arrays import Array, PerLayer
from engine.numerics.draws import Draws
from engine.numerics.norms import norms
from engine.numerics.random_streams import Purpose


def layer_inputs(experiment: Experiment) -> list[int]:
    """The input width of each hidden layer; all have the network's width as output."""
    return [experiment.features] + [experiment.network.width] * (experiment.network.depth - 1)


def has_skip(experiment: Experiment) -> list[bool]:
    """For each hidden layer, whether a skip connection goes round it."""
    network = experiment.network
    wired = WIRINGS[network.residual].has_skip
    return [wired and fan_in == network.width for fan_in in layer_inputs(experiment)]


def _layer_shapes(experiment: Experiment) -> list[list[tuple[str, tuple[int, ...]]]]:
    """The kind and shape of what each hidden layer has, in the order of the flat vector."""
    network = experiment.network
    layers = []
    norm_on_input = WIRINGS[network.residual].orders["pre"][0] == "norm"
    pairs = list(zip(layer_inputs(experiment), has_skip(experiment), strict=True))
    for fan_in, skip in pairs[:2]:
        shapes: list[tuple[str, tuple[int, ...]]] = [("maps", (fan_in + 1, network.width))]
        if network.norm != "none":
            normed = fan_in if norm_on_input else network.width
            shapes += [("gammas", (normed,)), ("betas", (normed,))]
        if skip and RESIDUAL_SCALES[network.residual_scale].learned:
            shapes += [("alphas", (1,))]
        layers.append(shapes)
    # all but the first are alike
    return layers[:1] + layers[1:] * (network.depth - 1)


def _readout_shape(experiment: Experiment) -> tuple[int, int]:
    return experiment.network.width + 1, experiment.outputs


def parameter_count(experiment: Experiment) -> int:
    """How many numbers are learned."""
    layers = _layer_shapes(experiment)[:2]
    first, *others = (sum(math.prod(shape) for _, shape in layer) for layer in layers)
    hidden = first + sum(others) * (experiment.network.depth - 1)
    return hidden + math.prod(_readout_shape(experiment))


class Parameters:
    """The parameters, or the gradients, of one network.

    `maps[i]` (fan_in + 1, width) belongs to hidden layer i + 1, a column for each of its units:
    `weights[i]` (width, fan_in) is all but the last row, transposed, and `biases[i]` (width,) that
    row. So are `readout_map`, `readout_weight` and `readout_bias`. `gammas` and `betas` (normed
    width,) have an entry for each layer where there is a norm, `alphas` (1,) for each layer that
    has a skip with a learned coefficient, in order. All are views of `flat`.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.flat: Array = np.zeros(parameter_count(experiment), experiment.network.dtype)
        parts: dict[str, list[Array]] = {}
        offset, starts = 0, []
        # where a kind lies within layer 1, and within each of the others
        self._columns: dict[str, list[slice]] = {}
        for i, shapes in enumerate(_layer_shapes(experiment)):
            starts.append(offset)
            for kind, shape in shapes:
                end = offset + math.prod(shape)
                parts.setdefault(kind, []).append(self.flat[offset:end].reshape(shape))
                if i < 2:
                    self._keep_columns(kind, shape, offset - starts[-1])
                offset = end
        ends = [*starts[:2], offset] if len(starts) > 1 else [0, offset]
        self._groups = list(zip(itertools.pairwise(ends), (1, len(starts) - 1), strict=False))
        self.maps = parts["maps"]
        self.weights = [whole[:-1].T for whole in self.maps]
        self.biases = [whole[-1] for whole in self.maps]
        self.gammas = parts.get("gammas", [])
        self.betas = parts.get("betas", [])
        self.alphas = parts.get("alphas", [])
        self.readout_map = self.flat[offset:].reshape(_readout_shape(experiment))
        self.readout_weight, self.readout_bias = self.readout_map[:-1].T, self.readout_map[-1]

    def rows(self, values: Array, kind: str = "weights") -> Iterator[Array]:
        """What all layers have of one kind, a row each, in an array like `flat`.

        First that of layer 1, then those of the others together, which are alike.
        """
        for ((start, end), layers), columns in zip(self._groups, self._columns[kind], strict=True):
            yield values[start:end].reshape(layers, -1)[:, columns]

    def _keep_columns(self, kind: str, shape: tuple[int, ...], start: int) -> None:
        end = start + math.prod(shape)
        within = {kind: slice(start, end)}
        if kind == "maps":
            within = {"weights": slice(start, end - shape[1]), "biases": slice(end - shape[1], end)}
        for name, columns in within.items():
            self._columns.setdefault(name, []).append(columns)

    def norms(self, kind: str) -> PerLayer:
        """The norm of what each layer has of one kind."""
        return np.concatenate([norms(rows) for rows in self.rows(self.flat, kind)])


def initial_parameters(experiment: Experiment) -> Parameters:
    """The parameters at step 0: each layer from its own stream, the read-out N(0, 1/width)."""
    parameters = Parameters(experiment)
    draw_parameters(experiment, parameters)
    return parameters


def draw_parameters(experiment: Experiment, parameters: Parameters) -> None:
    """Make them those at step 0, whatever they were."""
    network, seed = experiment.network, experiment.data.seed
    init = INITIALIZERS[network.init]
    std = init.std(network.phi)
    bias_draw = standard_uniform if init.draw is standard_uniform else standard_normal
    draws = Draws(seed, blas_threads(), parameters.flat.size)
    pairs = zip(parameters.weights, parameters.biases, strict=True)
    for layer, (weight, bias) in enumerate(pairs, start=1):
        fan_out, fan_in = weight.shape
        draw = draws.take(init.draw, Purpose.WEIGHT, layer, weight.shape)
        np.multiply(draw, network.gain * std.weight(fan_in, fan_out), out=weight)
        bias_std = std.bias(fan_in, fan_out) or network.bias_std
        if bias_std:
            draw = draws.take(bias_draw, Purpose.BIAS, layer, (fan_out, 1))
            np.multiply(draw[:, 0], bias_std, out=bias)
        else:
            bias.fill(0.0)
    for gamma, beta in zip(parameters.gammas, parameters.betas, strict=True):
        gamma.fill(1.0)
        beta.fill(0.0)
    branch = RESIDUAL_SCALES[network.residual_scale].branch(network.depth)
    for alpha in parameters.alphas:
        alpha.fill(branch)
    shape = parameters.readout_weight.shape
    draw = draws.take(standard_normal, Purpose.READOUT, 0, shape)
    np.divide(draw, np.sqrt(network.width), out=parameters.readout_weight)
    parameters.readout_bias.fill(0.0)
