"""Who is ahead in a race, by what, and where nobody is said to be."""

import math
from dataclasses import replace
from typing import Any

import pytest

from engine import Trace, run
from engine.experiment.experiment import load_data
from engine.measure.evaluation import Evaluation
from engine.measure.trace import Divergence
from tests.support.training import small
from tui.state.race import PACES, Comparison, Lead, RaceState, Standing, compared, lead

SAME = Comparison(same_batches=True, same_test=True, same_loss=True)


def comparison(first: dict[str, Any], second: dict[str, Any]) -> Comparison:
    """Of two small experiments with those settings."""
    pair = small(**first), small(**second)
    return compared(pair, (load_data(pair[0]), load_data(pair[1])))


@pytest.mark.parametrize(
    ("second", "batches", "test", "differs"),
    [
        ({"activation": "relu", "depth": 9, "width": 16, "dtype": "float32"}, True, True, ()),
        ({"optimizer": "adam", "learning_rate": 0.5}, True, True, ()),
        ({"batch_size": 16}, False, True, ("batch_size",)),
        ({"seed": 1}, False, False, ("seed",)),
        ({"dataset": "spiral"}, False, False, ("dataset",)),
        ({"test_fraction": 0.5}, False, False, ("test_fraction",)),
        ({"noise": 0.5}, False, False, ("noise",)),
    ],
)
def test_what_is_the_same_is_found_in_the_samples(
    second: dict[str, Any], batches: bool, test: bool, differs: tuple[str, ...]
) -> None:
    """Of the data; a network may differ as it likes."""
    found = comparison({}, second)
    assert (found.same_batches, found.same_test, found.differs) == (batches, test, differs)


def test_inputs_as_wide_as_the_network_are_other_ones() -> None:
    """Though no setting of the data differs."""
    found = comparison({"dataset": "gaussian"}, {"dataset": "gaussian", "width": 16})
    assert not found.same_batches
    assert not found.same_test


def scored(*evaluations: tuple[int, float | None, float | None], step: int = 30) -> Trace:
    """A pass after those evaluations: step, loss, accuracy."""
    trace = run(small())
    return replace(trace, step=step, evaluations=tuple(Evaluation(*each) for each in evaluations))


def leads(
    one: Trace, other: Trace, found: Comparison = SAME, second: dict[str, Any] | None = None
) -> Lead:
    """Who is ahead of two small experiments."""
    return lead((small(**(second or {})), small(**(second or {}))), (one, other), found)


def test_the_newest_step_of_both_decides() -> None:
    """Not the best one, nor a newer one of one of them alone."""
    one, other = scored((10, 1.0, 0.9), (20, 2.0, 0.4)), scored((10, 1.0, 0.2), (20, 1.0, 0.5))
    assert leads(one, other) == Lead(Standing.ACCURACY, 1, 20, (0.4, 0.5))
    alone = scored((10, 1.0, 0.2), (20, 1.0, 0.5), (30, 1.0, 0.0))
    assert leads(one, alone) == Lead(Standing.ACCURACY, 1, 20, (0.4, 0.5))
    here = [replace(trace, test_loss=1.0, test_accuracy=0.8) for trace in (one, other)]
    assert leads(here[0], here[1]) == Lead(Standing.ACCURACY, None, 30, (0.8, 0.8))


def test_equal_accuracies_are_level_and_none_is_said_to_be_so() -> None:
    """A tie has been measured; before the first evaluation nothing has."""
    one = scored((10, 1.0, 0.5))
    tie = leads(one, scored((10, 9.0, 0.5)))
    assert tie.is_tie
    assert tie.ahead is None
    waiting = leads(one, scored())
    assert (waiting.standing, waiting.is_tie) == (Standing.NOT_YET, False)


def test_losses_decide_only_where_they_are_the_same_one() -> None:
    """And where there are no accuracies; a loss that is no number is behind."""
    mse = {"loss": "mse", "dataset": "gaussian"}
    one, other = scored((10, 1.0, None)), scored((10, 2.0, None))
    assert leads(one, other, second=mse) == Lead(Standing.LOSS, 0, 10, (1.0, 2.0))
    others = replace(SAME, same_loss=False)
    assert leads(one, other, others, mse).standing is Standing.NO_SCORE
    lost = leads(scored((10, math.nan, None)), other, second=mse)
    assert (lost.standing, lost.ahead) == (Standing.LOSS, 1)
    assert leads(one, other, second={"loss": "probe"}).standing is Standing.NO_SCORE
    assert leads(one, other, second={"test_fraction": 0.0}).standing is Standing.NO_SCORE


def test_on_other_test_samples_nobody_is_ahead() -> None:
    """An accuracy of 60 % there may be the better one."""
    one, other = scored((10, 1.0, 0.9)), scored((10, 1.0, 0.6))
    assert leads(one, other, replace(SAME, same_test=False)) == Lead(Standing.OTHER_TEST)


def test_of_one_that_diverged_the_other_is_ahead() -> None:
    """However well it stood before; of two that did neither is."""
    ended = replace(scored((10, 1.0, 0.9)), divergence=Divergence(20, 1))
    other = scored((10, 1.0, 0.1))
    assert leads(ended, other) == Lead(Standing.ALONE, 1)
    assert leads(other, ended) == Lead(Standing.ALONE, 0)
    assert leads(ended, ended) == Lead(Standing.BOTH_DIVERGED)


def test_the_cursor_goes_over_the_layers_of_the_deeper_one() -> None:
    """And no further; the paces end, too."""
    state = RaceState((small(depth=3), small(depth=7)))
    assert state.moved(99).cursor == 7
    assert state.moved(-5).cursor == 1
    for step in (-1, 1):
        for _ in range(len(PACES) + 2):
            state = state.faster(step)
        assert state.pace == (PACES[0] if step < 0 else PACES[-1])
