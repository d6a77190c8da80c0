"""Which steps stand for all."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.logs.sample import FEWEST, EvenSample


def places(sample: EvenSample[int]) -> list[int]:
    """Where it has been put, each with the value that belongs there."""
    assert all(place == found for place, found in sample.items())
    return [place for place, _ in sample.items()]


def refine(sample: EvenSample[int], length: int, count: int | None = None) -> list[int]:
    """Take what is wanted next."""
    wanted = list(islice(sample.wanted(length), count))
    for place in wanted:
        sample.put(place, place)
    return wanted


def test_it_is_refined_from_coarse_to_fine() -> None:
    """The ends first; at each moment it is even, up to what is being filled in."""
    sample = EvenSample[int](most=128)
    assert refine(sample, 1002, 2) == [1001, 0]
    refine(sample, 1002, FEWEST - 1)
    assert places(sample) == [*range(0, 1002, 32), 1001]
    assert refine(sample, 1002, 3) == [16, 48, 80]
    refine(sample, 1002)
    assert places(sample) == [*range(0, 1002, 8), 1001]
    assert list(sample.wanted(1002)) == []


def test_what_is_kept_stays_while_a_log_grows() -> None:
    """Until there are too many, and then every other one does; the last one is always in."""
    sample = EvenSample[int](most=8)
    kept = []
    for length in (0, 1, 2, 8, 9, 16, 17):
        refine(sample, length)
        kept.append(places(sample))
    assert kept == [
        [],
        [0],
        [0, 1],
        [*range(8)],
        [0, 2, 4, 6, 8],
        [*range(0, 16, 2), 15],
        [0, 4, 8, 12, 16],
    ]
    sample.clear()
    assert (places(sample), refine(sample, 3)) == ([], [2, 0, 1])


@given(st.lists(st.integers(0, 5000), max_size=6), st.integers(1, 200), st.integers(1, 300))
def test_however_a_log_grows(growth: list[int], most: int, count: int) -> None:
    """It is bounded, even in the end, and nothing is read twice without need."""
    sample, length = EvenSample[int](most), 0
    for more in growth:
        length += more
        refine(sample, length, count)
        assert len(places(sample)) <= most + 1
    before = places(sample)
    refine(sample, length)
    assert {at for at in before if at % sample.stride == 0} <= {*places(sample)}
    end = {length - 1} if length else set()
    assert places(sample) == sorted({*range(0, length, sample.stride)} | end)


@pytest.mark.parametrize("length", [10**6, 10**9])
def test_the_first_of_a_long_log_are_known_at_once(length: int) -> None:
    """Nothing is counted through."""
    assert list(islice(EvenSample[int]().wanted(length), 2)) == [length - 1, 0]
