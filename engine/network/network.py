"""A network with its parameters, gradients and workspace: the forward and the backward pass."""

from collections.abc import Callable

import numpy as np

from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.network.norm_operation import Normalize
from engine.network.observer import Observer
from engine.network.operations import Activate, Buffers, Linear, Operation
from engine.network.parameters import Parameters, has_skip, initial_parameters, layer_inputs
from engine.numerics.arrays import Array
from engine.numerics.norms import dot


class NetworkState:
    """The parameters of an experiment's network, and the arrays that its passes work in.

    `order` names the branch's operations forward; on the way back stage k of the branch, for k
    from 1, is `stages[k]`, and stage 0 is the residual scale. `delta_stage` is the one whose
    cotangent is delta. `experiment` is the one that the state was made for: training settings may
    have changed since.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        network = experiment.network
        batch, dtype = experiment.data.batch_size, network.dtype
        self.parameters = initial_parameters(experiment)
        self.gradients = Parameters(experiment)
        widths = {experiment.features, network.width}
        inputs = layer_inputs(experiment)
        buffers = Buffers(batch, widths, dtype)
        wiring = WIRINGS[network.residual]
        scale = RESIDUAL_SCALES[network.residual_scale]
        order = wiring.orders[network.norm_position]
        self.order = tuple(name for name in order if name != "norm" or network.norm != "none")
        self.stages = ("scale", *reversed(self.order))
        self.delta_stage = self.stages.index("linear") - 1

        outputs = [network.width] * network.depth
        branch_is_kept = scale.learned and self.order[-1] == "linear"
        kept = [np.empty((batch, w), dtype) for w in outputs] if branch_is_kept else None
        self._linear = Linear(self.parameters, self.gradients, buffers, kept)
        acted = inputs if self.order[-1] == "linear" else outputs
        self.activation = network.phi
        self._activate = Activate(self.activation, acted, batch, dtype, buffers)
        operations: dict[str, Operation] = {"linear": self._linear, "activation": self._activate}
        self.batch_norm: Normalize | None = None
        if network.norm != "none":
            entry = NORMALIZATIONS[network.norm]
            keeps = self.order[-1] == "norm"
            norm = Normalize(entry, self.parameters, self.gradients, batch, buffers, keeps)
            operations["norm"] = norm
            self.batch_norm = norm if entry.over_batch else None
        self._operations = [operations[name] for name in self.order]
        self._by_name = operations

        self._has_skip = has_skip(experiment)
        self._skip, self._branch = scale.skip(network.depth), scale.branch(network.depth)
        # the learned coefficients' place in Parameters.alphas, by layer
        self._alpha = [sum(self._has_skip[:i]) for i in range(network.depth)]
        self._learns_scale = scale.learned
        self._branches: list[Array] = [buffers.signal[w] for w in outputs]
        self._streams = self._allocate_streams(batch, dtype, network.width, wiring.has_skip)
        self._gradient = np.empty((batch, network.width), dtype) if wiring.has_skip else None
        self._buffers = buffers
        self._h = buffers.signal[network.width]
        self.output = np.empty((batch, experiment.outputs), dtype)

    def _allocate_streams(self, batch: int, dtype: str, width: int, wired: bool) -> list[Array]:
        """Where each layer's h is written when a skip makes it differ from the branch.

        The next layer's linear operation keeps h itself only if it comes first in the branch;
        otherwise the stream is updated in place.
        """
        depth = len(self._has_skip)
        if not wired:
            return []
        if self.order[0] == "linear":
            return [np.empty((batch, width), dtype) for _ in range(depth)]
        return [np.empty((batch, width), dtype)] * depth

    def operation(self, name: str) -> Operation:
        """The operation linear, activation or norm, with what it kept of the last pass."""
        return self._by_name[name]

    def branch_scale(self, i: int) -> float:
        """The coefficient of layer i's branch."""
        if not self._has_skip[i]:
            return 1.0
        if self._learns_scale:
            return float(self.parameters.alphas[self._alpha[i]][0])
        return self._branch

    def forward(self, x: Array, observer: Observer | None = None) -> Array:
        """The read-out (batch, outputs) of inputs (batch, features)."""
        h = np.ascontiguousarray(x, dtype=self.output.dtype)
        for i in range(len(self._has_skip)):
            value = h
            for operation in self._operations:
                if observer is not None and operation is self._activate:
                    observer.activation_input(i, value)
                value = operation.forward(i, value)
                if observer is not None and operation is self._linear:
                    observer.linear_output(i, value)
                elif observer is not None and operation is self._activate:
                    observer.activation_output(i, value)
            h = self._join(i, h, value, observer)
            if observer is not None:
                observer.layer_output(i, h)
        self._h = h
        np.matmul(h, self.parameters.readout_weight.T, out=self.output)
        np.add(self.output, self.parameters.readout_bias, out=self.output)
        return self.output

    def _join(self, i: int, h: Array, branch: Array, observer: Observer | None) -> Array:
        self._branches[i] = branch
        if not self._streams:
            return branch
        stream = self._streams[i]
        if not self._has_skip[i]:
            np.copyto(stream, branch)
            return stream
        scale = self.branch_scale(i)
        if scale != 1.0:
            branch = np.multiply(branch, scale, out=self._buffers.work[h.shape[1]])
            if observer is not None:
                observer.scaled(i, branch)
        if self._skip != 1.0:
            h = np.multiply(h, self._skip, out=stream)
            if observer is not None:
                observer.scaled(i, h)
        return np.add(h, branch, out=stream)

    def evaluate(self, x: Array, watch: Callable[[int, Array], None] | None = None) -> Array:
        """The read-out (samples, outputs) of any number of inputs, in evaluation mode.

        `watch(i, h)` is shown every layer's output. The last pass's arrays are left as they are.
        """
        h = np.ascontiguousarray(x, dtype=self.output.dtype)
        for i, skip in enumerate(self._has_skip):
            value = h
            for operation in self._operations:
                value = operation.evaluate(i, value)
            h = self._skip * h + self.branch_scale(i) * value if skip else value
            if watch is not None:
                watch(i, h)
        return np.asarray(h @ self.parameters.readout_weight.T + self.parameters.readout_bias)

    def backward(self, output_gradient: Array, observer: Observer | None = None) -> Array:
        """dL/dx (batch, features) of dL/df (batch, outputs); fills `gradients`."""
        readout_weight = self.parameters.readout_weight
        np.matmul(output_gradient.T, self._h, out=self.gradients.readout_weight)
        np.dot(self._buffers.ones, output_gradient, out=self.gradients.readout_bias)
        own = self._gradient
        g = self._buffers.matrix[readout_weight.shape[1]] if own is None else own
        np.matmul(output_gradient, readout_weight, out=g)
        for i in reversed(range(len(self._has_skip))):
            if observer is not None:
                observer.output_gradient(i, g)
            branch = self._branch_backward(i, g, observer)
            if not self._has_skip[i]:
                g = branch
                continue
            if self._skip != 1.0:
                np.multiply(g, self._skip, out=g)
                if observer is not None:
                    observer.scaled(i, g)
            np.add(g, branch, out=g)
        if observer is not None:
            observer.output_gradient(-1, g)
        return g

    def _branch_backward(self, i: int, g: Array, observer: Observer | None) -> Array:
        cotangent = g
        if self._learns_scale and self._has_skip[i]:
            self.gradients.alphas[self._alpha[i]][0] = dot(g, self._branches[i])
        scale = self.branch_scale(i)
        if scale != 1.0:
            cotangent = np.multiply(g, scale, out=self._buffers.signal[g.shape[1]])
            if observer is not None:
                observer.cotangent(i, 0, cotangent)
        for stage, operation in enumerate(reversed(self._operations), start=1):
            cotangent = operation.backward(i, cotangent)
            if observer is not None:
                if operation is self._activate:
                    observer.slope(i, self._activate.slopes[i])
                observer.cotangent(i, stage, cotangent)
        return cotangent
