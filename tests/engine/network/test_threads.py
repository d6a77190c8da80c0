"""Threads of the matrix products."""

from collections.abc import Iterator
from threading import Thread

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from engine import run
from engine.network import threads
from engine.network.threads import suitable_threads
from tests.support.experiments import experiment_of


def blas_threads() -> list[int]:
    """Threads of each BLAS in use."""
    return [info["num_threads"] for info in threadpool_info() if info["user_api"] == "blas"]


@pytest.fixture
def two_threads() -> Iterator[None]:
    """As BLAS comes on two cores: the tests' own processes have one thread each."""
    threads._libraries.cache_clear()
    with threadpool_limits(2, user_api="blas"):
        assert set(blas_threads()) == {2}
        yield
    threads._libraries.cache_clear()


@pytest.mark.usefixtures("two_threads")
def test_small_products_take_one_thread_and_the_rest_is_left_as_it_was() -> None:
    """Passes that overlap keep those of the first: another number would round differently."""
    before = blas_threads()
    small, large = experiment_of(), experiment_of(width=1024, depth=1)
    for first, second, held in ((small, large, [1] * len(before)), (large, small, before)):
        with suitable_threads(first):
            assert blas_threads() == held
            with suitable_threads(second):
                assert blas_threads() == held
            assert blas_threads() == held
        assert blas_threads() == before
    run(small)
    assert blas_threads() == before


@pytest.mark.usefixtures("two_threads")
def test_a_job_in_a_thread_has_its_say_too() -> None:
    """Whichever Python thread set the number before, and whether or not that one lives on."""
    before, found = blas_threads(), []

    def ask() -> None:
        with suitable_threads(experiment_of()):
            found.append(blas_threads())
        found.append(blas_threads())

    for _ in range(2):
        ask()
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert found == [[1] * len(before), before] * 4
