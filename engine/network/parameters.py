"""Everything that is learned, in one flat vector with a view for each layer's part of it."""

import math

import numpy as np

from engine.catalogue.initializers import INITIALIZERS, standard_normal, standard_uniform
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.numerics.arrays import Array
from engine.numerics.random_streams import Purpose, stream


def layer_inputs(experiment: Experiment) -> list[int]:
    """The input width of each hidden layer; all have the network's width as output."""
    return [experiment.features] + [experiment.network.width] * (experiment.network.depth - 1)


def has_skip(experiment: Experiment) -> list[bool]:
    """For each hidden layer, whether a skip connection goes round it."""
    network = experiment.network
    wired = WIRINGS[network.residual].has_skip
    return [wired and fan_in == network.width for fan_in in layer_inputs(experiment)]


def _shapes(experiment: Experiment) -> list[tuple[str, tuple[int, ...]]]:
    """The kind and shape of every part, in the order of the flat vector."""
    network = experiment.network
    shapes: list[tuple[str, tuple[int, ...]]] = []
    norm_on_input = WIRINGS[network.residual].orders["pre"][0] == "norm"
    for fan_in, skip in zip(layer_inputs(experiment), has_skip(experiment), strict=True):
        shapes += [("weights", (network.width, fan_in)), ("biases", (network.width,))]
        if network.norm != "none":
            normed = fan_in if norm_on_input else network.width
            shapes += [("gammas", (normed,)), ("betas", (normed,))]
        if skip and RESIDUAL_SCALES[network.residual_scale].learned:
            shapes += [("alphas", (1,))]
    return [
        *shapes,
        ("readout_weight", (experiment.outputs, network.width)),
        ("readout_bias", (experiment.outputs,)),
    ]


def parameter_count(experiment: Experiment) -> int:
    """How many numbers are learned."""
    return sum(math.prod(shape) for _, shape in _shapes(experiment))


class Parameters:
    """The parameters, or the gradients, of one network.

    `weights[i]` (width, fan_in) and `biases[i]` (width,) belong to hidden layer i + 1, as do
    `gammas` and `betas` (normed width,) where there is a norm. `alphas` (1,) has an entry for each
    layer that has a skip with a learned coefficient, in order. All are views of `flat`, where
    `weight_slices[i]` holds the weights of layer i + 1.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.flat: Array = np.zeros(parameter_count(experiment), experiment.network.dtype)
        parts: dict[str, list[Array]] = {}
        self.weight_slices: list[slice] = []
        offset = 0
        for kind, shape in _shapes(experiment):
            part = slice(offset, offset + math.prod(shape))
            parts.setdefault(kind, []).append(self.flat[part].reshape(shape))
            if kind == "weights":
                self.weight_slices.append(part)
            offset = part.stop
        self.weights = parts["weights"]
        self.biases = parts["biases"]
        self.gammas = parts.get("gammas", [])
        self.betas = parts.get("betas", [])
        self.alphas = parts.get("alphas", [])
        self.readout_weight = parts["readout_weight"][0]
        self.readout_bias = parts["readout_bias"][0]


def initial_parameters(experiment: Experiment) -> Parameters:
    """The parameters at step 0: each layer from its own stream, the read-out N(0, 1/width)."""
    network, seed = experiment.network, experiment.data.seed
    init = INITIALIZERS[network.init]
    std = init.std(network.phi)
    bias_draw = standard_uniform if init.draw is standard_uniform else standard_normal
    parameters = Parameters(experiment)
    pairs = zip(parameters.weights, parameters.biases, strict=True)
    for layer, (weight, bias) in enumerate(pairs, start=1):
        fan_out, fan_in = weight.shape
        draw = init.draw(stream(seed, Purpose.WEIGHT, layer), fan_out, fan_in)
        np.multiply(draw, network.gain * std.weight(fan_in, fan_out), out=weight)
        bias_std = std.bias(fan_in, fan_out) or network.bias_std
        if bias_std:
            draw = bias_draw(stream(seed, Purpose.BIAS, layer), fan_out, 1)
            np.multiply(draw[:, 0], bias_std, out=bias)
    for gamma in parameters.gammas:
        gamma.fill(1.0)
    branch = RESIDUAL_SCALES[network.residual_scale].branch(network.depth)
    for alpha in parameters.alphas:
        alpha.fill(branch)
    readout = standard_normal(stream(seed, Purpose.READOUT), experiment.outputs, network.width)
    parameters.readout_weight[...] = readout / np.sqrt(network.width)
    return parameters
