"""One optimiser at work on a network's flat parameter vector: clipping, memory, the step.

The vector is gone through in pieces that stay in the cache, without allocating.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.catalogue.optimizers import OPTIMIZERS, Pace
from engine.catalogue.schedules import SCHEDULES
from engine.experiment.sections import Training
from engine.network.parameters import Parameters
from engine.numerics.arrays import Array, Doubles
from engine.numerics.norms import norm, norms

PIECE = 65_536
"""Numbers gone through at a time."""

CLIP_EPSILON = 1e-6
"""What PyTorch's clip_grad_norm_ adds to the norm before it divides by it."""


def learning_rate_at(step: int, training: Training) -> float:
    """eta of the step that leaves `step`: (step + 1) / warmup of it during the warm-up."""
    if step < training.warmup:
        return training.learning_rate * (step + 1) / training.warmup
    length = training.schedule_steps - training.warmup
    factor = SCHEDULES[training.schedule].factor(step - training.warmup, length)
    return training.learning_rate * factor


def _pieces(whole: slice) -> Iterator[slice]:
    for start in range(whole.start, whole.stop, PIECE):
        yield slice(start, min(start + PIECE, whole.stop))


@dataclass(frozen=True)
class Clip:
    """What clipping does to one gradient: elements to +-bound, then everything times `factor`.

    `before` and `after` are the norms of the whole gradient.
    """

    bound: float
    factor: float
    before: float
    after: float

    def apply(self, gradient: Array) -> None:
        """Clip a part of the gradient in place."""
        if self.bound:
            np.clip(gradient, -self.bound, self.bound, out=gradient)
        if self.factor != 1:
            np.multiply(gradient, self.factor, out=gradient)


class Updater:
    """Moves the parameters against their gradient as a Training says.

    `memory` (arrays, numbers) is what the optimiser remembers, zeros at first, and `count` the
    steps that it has taken. `training` may be exchanged for one with the same optimiser.
    """

    def __init__(self, training: Training, parameters: Parameters, gradients: Parameters) -> None:
        self.training = training
        self._optimizer = OPTIMIZERS[training.optimizer]
        self._parameters, self._gradients = parameters, gradients
        flat = parameters.flat
        self.count = 0
        self.memory: Array = np.zeros((len(self._optimizer.memory), flat.size), flat.dtype)
        self._scratch = np.empty((3 + len(self.memory), min(PIECE, flat.size)), flat.dtype)

    def clip(self) -> Clip:
        """How the gradient as it stands is to be clipped."""
        bound, limit = self.training.clip_value, self.training.clip_norm
        before = after = norm(self._gradients.flat)
        if bound:
            after = math.hypot(*(norm(part) for part in self._bounded(bound)))
        factor = min(1.0, limit / (after + CLIP_EPSILON)) if limit else 1.0
        return Clip(bound, factor, before, after * factor)

    def _bounded(self, bound: float) -> Iterator[Array]:
        flat = self._gradients.flat
        for part in _pieces(slice(0, flat.size)):
            out = self._scratch[0, : part.stop - part.start]
            yield np.clip(flat[part], -bound, bound, out=out)

    def step(self, clip: Clip, learning_rate: float) -> None:
        """Move the parameters; this uses up the gradient."""
        self.count += 1
        pace = self._pace(learning_rate, self.count)
        parameters, gradients = self._parameters.flat, self._gradients.flat
        for part in _pieces(slice(0, parameters.size)):
            memory = tuple(self.memory[:, part])
            update = self._update(clip, pace, parameters[part], gradients[part], memory)
            np.subtract(parameters[part], update, out=parameters[part])

    def next_norms(self, clip: Clip, learning_rate: float) -> Doubles:
        """The norm of the step that each layer's weights would take; nothing is changed."""
        pace = self._pace(learning_rate, self.count + 1)
        rows = self._parameters.rows
        arrays = (self._parameters.flat, self._gradients.flat, *self.memory)
        kinds = zip(*(rows(array) for array in arrays), strict=True)
        return np.concatenate([self._norms_of(clip, pace, kind) for kind in kinds])

    def _norms_of(self, clip: Clip, pace: Pace, rows: tuple[Array, ...]) -> Doubles:
        layers, numbers = rows[0].shape
        if numbers > PIECE:
            # a layer at a time, and that in pieces
            own = (tuple(array[i] for array in rows) for i in range(layers))
            found = [math.hypot(*self._piece_norms(clip, pace, arrays)) for arrays in own]
            return np.array(found)
        together = PIECE // numbers
        groups = (tuple(a[i : i + together] for a in rows) for i in range(0, layers, together))
        return np.concatenate([norms(self._next(clip, pace, arrays)) for arrays in groups])

    def _piece_norms(self, clip: Clip, pace: Pace, arrays: tuple[Array, ...]) -> Iterator[float]:
        for part in _pieces(slice(0, arrays[0].size)):
            yield norm(self._next(clip, pace, tuple(array[part] for array in arrays)))

    def _next(self, clip: Clip, pace: Pace, arrays: tuple[Array, ...]) -> Array:
        """The update of parameters with that gradient and memory, which are copied."""
        parameters, *used = arrays
        copies = [self._work(2 + i, parameters.shape) for i in range(len(used))]
        for copy, array in zip(copies, used, strict=True):
            np.copyto(copy, array)
        return self._update(clip, pace, parameters, copies[0], copies[1:])

    def _work(self, index: int, shape: tuple[int, ...]) -> Array:
        """One of the scratch arrays, in that shape."""
        return self._scratch[index, : math.prod(shape)].reshape(shape)

    def _pace(self, learning_rate: float, count: int) -> Pace:
        training = self.training
        return Pace(learning_rate, training.momentum, training.weight_decay, count)

    def _update(
        self,
        clip: Clip,
        pace: Pace,
        parameters: Array,
        gradient: Array,
        memory: Sequence[Array],
    ) -> Array:
        """What is to be subtracted from those parameters; gradient and memory are overwritten."""
        out, work = self._work(0, parameters.shape), self._work(1, parameters.shape)
        clip.apply(gradient)
        coupled = pace.weight_decay and not self._optimizer.decoupled
        decoupled = pace.weight_decay and self._optimizer.decoupled
        if coupled:
            np.multiply(parameters, pace.weight_decay, out=work)
            np.add(gradient, work, out=gradient)
        self._optimizer.step(pace, gradient, memory, out)
        if decoupled:
            np.multiply(parameters, pace.learning_rate * pace.weight_decay, out=work)
            np.add(out, work, out=out)
        return out
