"""A monkey at the whole app: bursts of keys, mouse, pastes, sizes and time."""

import pytest

from tests.support.monkey import seed_of, steps
from tests.support.monkey_app import failure

HEAVY = [pytest.param(seed, 1250, marks=pytest.mark.heavy) for seed in (101, 102, 103, 104)]


@pytest.mark.parametrize(("seed", "count"), [(100, 40), *HEAVY])
def test_random_steps_break_nothing(seed: int, count: int) -> None:
    """No error, no stray thread or file, and after each burst everything as it should be."""
    seed = seed_of(seed)
    wrong = failure(steps(seed, count), seed)
    again = f"python -m tests.support.monkey_app {seed} {count}"
    assert not wrong, f"{wrong}\nshrunk and told by: {again}"
