"""Standard draws that were made before: they are the same whatever the settings around them."""

from collections.abc import Callable

import numpy as np

from engine.numerics.arrays import Doubles, frozen
from engine.numerics.random_streams import Purpose, stream
from engine.numerics.recent import Recent

Draw = Callable[[np.random.Generator, int, int], Doubles]
"""Makes a standard draw of that many rows and columns."""

DRAWS_BYTES = 16 * 2**20
"""What is kept of draws; a network that has more of them keeps none."""

_kept = Recent[Doubles](DRAWS_BYTES, lambda draw: draw.nbytes)


class Draws:
    """The standard draws of one network with so many parameters.

    Draws that BLAS makes are rounded by its number of threads, so that each has its own.
    """

    def __init__(self, seed: int, threads: int, parameters: int) -> None:
        self._seed, self._threads = seed, threads
        self._are_kept = 8 * parameters <= DRAWS_BYTES

    def take(self, draw: Draw, purpose: Purpose, index: int, shape: tuple[int, ...]) -> Doubles:
        """The draw of a stream, read-only; its columns lie together in memory, as weights do."""

        def make() -> Doubles:
            return frozen(np.asfortranarray(draw(stream(self._seed, purpose, index), *shape)))

        if not self._are_kept:
            return make()
        return _kept.get((draw, self._seed, self._threads, purpose, index, shape), make)
