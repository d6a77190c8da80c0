"""A warning that a run may be about to diverge, and none where there is nothing to warn of."""

import math

import numpy as np
import pytest

from engine.logs.early_warning import FIRST, MOVE, MOVES, EarlyWarning, Signs
from engine.logs.findings import Judge
from engine.logs.schema import Header, LoggedStep


def steps(losses: np.ndarray, moves: list[float] | None = None) -> list[LoggedStep]:
    """Steps of that loss, which move each of two layers so far."""
    arrays = [{"update_ratio": np.full(2, move)} for move in moves or []]
    arrays = arrays or [{} for _ in losses]
    return [
        LoggedStep(n, 0, n, {"loss": float(loss)}, each)
        for n, (loss, each) in enumerate(zip(losses, arrays, strict=True))
    ]


def warned(of: list[LoggedStep]) -> list[int]:
    """The steps with a warning."""
    warning = EarlyWarning()
    return [step.step for step in of if warning.read(step).warns()]


RNG = np.random.default_rng(0)
NOISE = 10 ** RNG.normal(0, 0.1, 300)
FALLING = np.exp(-np.arange(300) / 100)


@pytest.mark.parametrize("loss", [FALLING, NOISE, FALLING * NOISE, np.full(300, 0.5), -NOISE])
def test_a_loss_that_falls_or_only_trembles_is_none(loss: np.ndarray) -> None:
    """However small its noise is; of one below 0 nothing is known."""
    assert warned(steps(loss)) == []


def test_a_loss_that_rises_beyond_its_noise_is_one() -> None:
    """Before it is 10 times its lowest."""
    loss = NOISE.copy()
    loss[200:] *= 10 ** (0.05 * np.arange(100))
    first = warned(steps(loss))[0]
    assert 200 < first < 220


def test_moves_that_are_large_and_grow_are_one() -> None:
    """Not large ones alone, nor ones that grow from next to nothing."""
    loss, large = np.ones(100), [0.05] * 100
    assert warned(steps(loss, large)) == []
    assert warned(steps(loss, [1e-6 * 1.05**n for n in range(100)])) == []
    growing = [0.001] * 50 + [0.001 * 1.2**n for n in range(50)]
    first = warned(steps(loss, growing))[0]
    assert growing[first - MOVES + 1] > MOVE > growing[first - MOVES]


def test_a_few_large_moves_are_none() -> None:
    """As many in a row as are asked for are one."""
    usual, large = [0.005] * 60, 0.2
    few = [*usual, *[large] * (MOVES - 1), *usual]
    assert warned(steps(np.ones(len(few)), few)) == []
    enough = [*usual, *[large] * MOVES, *usual]
    assert warned(steps(np.ones(len(enough)), enough)) == [len(usual) + MOVES - 1]


def test_the_start_is_no_history() -> None:
    """And what is not there, or not finite, tells nothing."""
    warning = EarlyWarning()
    for step in steps(10.0 ** np.arange(FIRST)):
        assert warning.read(step) == Signs()
    found = warning.read(LoggedStep(0, 0, FIRST, {"loss": math.nan}, {}))
    assert not found.warns()
    assert math.isnan(found.rise)


def test_it_is_a_finding_that_begins_and_is_over() -> None:
    """Told with what shows it."""
    loss = NOISE.copy()
    loss[200:205] *= 9
    judge = Judge(Header(("a", "b")))
    found = [finding for step in steps(loss) for finding in judge.read(step)]
    assert [(each.kind, each.metric, each.is_over) for each in found] == [
        ("warning", "loss", False),
        ("warning", None, True),
    ]
    assert found[0].numbers["decades"] > 0
