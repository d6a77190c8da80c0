"""How many BLAS threads a network's matrix products are worth."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from threadpoolctl import LibController, ThreadpoolController

from engine.experiment.experiment import Experiment

WORTH_SHARING = 256 * 256 * 128
"""Multiplications of one product below which a second thread costs more than it brings."""

_lock = threading.Lock()
_inside = 0


@lru_cache(maxsize=1)
def _libraries() -> tuple[tuple[LibController, int], ...]:
    """The BLAS libraries in use, each with the number of threads it came with."""
    found = ThreadpoolController().select(user_api="blas").lib_controllers
    return tuple((library, library.num_threads) for library in found)


def blas_threads() -> int:
    """The BLAS threads in use now."""
    return max((library.num_threads for library, _ in _libraries()), default=1)


def _limit(library: LibController, threads: int) -> None:
    """Give a library so many threads, whichever Python thread asks; the lock is held."""
    # from 3.8 on, threadpoolctl leaves the limit to the first Python thread that ever set it, and
    # does nothing for the others
    release = getattr(library, "clear_controlling_thread", lambda force: None)
    release(force=True)
    library.set_num_threads(threads)
    release(force=True)


@contextmanager
def suitable_threads(experiment: Experiment) -> Iterator[None]:
    """One BLAS thread inside where the network's products are small; never more than came.

    Passes may overlap in two Python threads. One that comes to others takes the threads that they
    have, because how many there are decides how sums are rounded; the last to leave puts back what
    was there.
    """
    global _inside
    network = experiment.network
    small = network.width**2 * experiment.data.batch_size < WORTH_SHARING
    with _lock:
        _inside += 1
        if _inside == 1:
            for library, own in _libraries():
                _limit(library, 1 if small else own)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                for library, own in _libraries():
                    _limit(library, own)
