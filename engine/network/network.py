"""A network with its parameters, gradients and workspace: the forward and the backward pass."""

from collections.abc import Callable, Hashable

import numpy as np

from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.network.norm_operation import Normalize
from engine.network.observer import Observer
from engine.network.operations import (
    Activate,
    Buffers,
    Linear,
    Operation,
    Signal,
    empty_signal,
)
from engine.network.parameters import (
    Parameters,
    draw_parameters,
    has_skip,
    initial_parameters,
    layer_inputs,
)
from engine.numerics.arrays import Array
from engine.numerics.norms import dot


def layout(experiment: Experiment) -> Hashable:
    """What the arrays of an experiment's network depend on; the numbers in them may be others."""
    network = experiment.network
    sizes = experiment.features, network.width, network.depth, experiment.outputs
    branch = network.norm, network.norm_position, network.residual, network.residual_scale
    kept = network.dtype, network.phi.slope_needs_input
    return *sizes, experiment.data.batch_size, *branch, *kept


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
        kept = [empty_signal(w, batch, dtype) for w in outputs] if branch_is_kept else None
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
        self._backwards = self._operations[::-1]
        self._by_name = operations

        self._has_skip = has_skip(experiment)
        self._skip, self._branch = scale.skip(network.depth), scale.branch(network.depth)
        # the learned coefficients' place in Parameters.alphas, by layer
        self._alpha = [sum(self._has_skip[:i]) for i in range(network.depth)]
        self._learns_scale = scale.learned
        self._branches: list[Signal] = [buffers.signal[w] for w in outputs]
        self._streams = self._allocate_streams(batch, dtype, network.width, wiring.has_skip)
        self._gradient = np.empty((network.width, batch), dtype) if wiring.has_skip else None
        self._buffers = buffers
        self._input = empty_signal(experiment.features, batch, dtype)
        self._h = self._input
        self._output: Array = np.empty((experiment.outputs, batch), dtype)
        self.output = self._output.T

    def redraw(self, experiment: Experiment) -> None:
        """Begin again as the network of another experiment with the same layout."""
        self.experiment, self.activation = experiment, experiment.network.phi
        self._activate.activation = self.activation
        draw_parameters(experiment, self.parameters)
        if self.batch_norm is not None:
            self.batch_norm.reset()

    def _allocate_streams(self, batch: int, dtype: str, width: int, wired: bool) -> list[Signal]:
        """Where each layer's h is written when a skip makes it differ from the branch.

        The next layer's linear operation keeps h itself only if it comes first in the branch;
        otherwise the stream is updated in place.
        """
        depth = len(self._has_skip)
        if not wired:
            return []
        if self.order[0] == "linear":
            return [empty_signal(width, batch, dtype) for _ in range(depth)]
        return [empty_signal(width, batch, dtype)] * depth

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
        h = self._input
        np.copyto(h.samples, x)
        for i in range(len(self._has_skip)):
            value = h
            for operation in self._operations:
                if observer is not None and operation is self._activate:
                    observer.activation_input(i, value.samples)
                value = operation.forward(i, value)
                if observer is not None and operation is self._linear:
                    observer.linear_output(i, value.samples)
                elif observer is not None and operation is self._activate:
                    observer.activation_output(i, value.samples)
            h = self._join(i, h, value, observer)
            if observer is not None:
                observer.layer_output(i, h.samples)
        self._h = h
        np.dot(self.parameters.readout_map.T, h.extended, self._output)
        return self.output

    def _join(self, i: int, h: Signal, branch: Signal, observer: Observer | None) -> Signal:
        self._branches[i] = branch
        if not self._streams:
            return branch
        stream = self._streams[i]
        if not self._has_skip[i]:
            np.copyto(stream.values, branch.values)
            return stream
        scale = self.branch_scale(i)
        kept, added = h.values, branch.values
        if scale != 1.0:
            added = np.multiply(added, scale, out=self._buffers.work[len(kept)])
            if observer is not None:
                observer.scaled(i, added.T)
        if self._skip != 1.0:
            kept = np.multiply(kept, self._skip, out=stream.values)
            if observer is not None:
                observer.scaled(i, kept.T)
        np.add(kept, added, out=stream.values)
        return stream

    def evaluate(self, x: Array, watch: Callable[[int, Array], None] | None = None) -> Array:
        """The read-out (samples, outputs) of any number of inputs, in evaluation mode.

        `watch(i, h)` is shown every layer's output. The last pass's arrays are left as they are.
        """
        h = np.ascontiguousarray(x.T, dtype=self.output.dtype)
        for i, skip in enumerate(self._has_skip):
            value = h
            for operation in self._operations:
                value = operation.evaluate(i, value)
            h = self._skip * h + self.branch_scale(i) * value if skip else value
            if watch is not None:
                watch(i, h.T)
        return np.asarray(h.T @ self.parameters.readout_weight.T + self.parameters.readout_bias)

    def backward(self, output_gradient: Array, observer: Observer | None = None) -> Array:
        """dL/dx (batch, features) of dL/df (batch, outputs); fills `gradients`."""
        weight = self.parameters.readout_weight.T
        np.dot(self._h.extended, output_gradient, self.gradients.readout_map)
        own = self._gradient
        g = self._buffers.matrix[len(weight)] if own is None else own
        np.dot(weight, output_gradient.T, g)
        for i in reversed(range(len(self._has_skip))):
            if observer is not None:
                observer.output_gradient(i, g.T)
            branch = self._branch_backward(i, g, observer)
            if not self._has_skip[i]:
                g = branch
                continue
            if self._skip != 1.0:
                np.multiply(g, self._skip, out=g)
                if observer is not None:
                    observer.scaled(i, g.T)
            np.add(g, branch, out=g)
        if observer is not None:
            observer.output_gradient(-1, g.T)
        return g.T

    def _branch_backward(self, i: int, g: Array, observer: Observer | None) -> Array:
        cotangent = g
        if self._learns_scale and self._has_skip[i]:
            self.gradients.alphas[self._alpha[i]][0] = dot(g, self._branches[i].values)
        scale = self.branch_scale(i)
        if scale != 1.0:
            cotangent = np.multiply(g, scale, out=self._buffers.signal[len(g)].values)
            if observer is not None:
                observer.cotangent(i, 0, cotangent.T)
        for stage, operation in enumerate(self._backwards, start=1):
            cotangent = operation.backward(i, cotangent)
            if observer is not None:
                if operation is self._activate:
                    observer.slope(i, self._activate.slopes[i].T)
                observer.cotangent(i, stage, cotangent.T)
        return cotangent
