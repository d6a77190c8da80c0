"""The estimate of the memory that a network takes."""

import pytest

from engine.catalogue.wirings import WIRINGS
from tests.support.experiments import experiment_of


def test_the_memory_estimate_is_near_what_is_allocated() -> None:
    """Within a tenth, for every wiring."""
    import tracemalloc

    from engine.network.cost import required_bytes
    from engine.network.network import NetworkState

    for residual in WIRINGS:
        for extra in ({}, {"norm": "batch"}, {"activation": "gelu"}):
            experiment = experiment_of(residual=residual, depth=40, **extra)
            tracemalloc.start()
            state = NetworkState(experiment)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            assert peak == pytest.approx(required_bytes(experiment), rel=0.1), residual
            del state
