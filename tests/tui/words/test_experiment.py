"""Experiments in words."""

from engine import run
from tests.support.experiments import experiment_of
from tui.words.experiment import differences
from tui.words.language import CHINESE, speaking
from tui.words.numbers import decades_between


def test_what_differs_from_the_pinned_run() -> None:
    """Settings only, by name; decades with a sign."""
    first = run(experiment_of(depth=3, width=8))
    second = run(experiment_of(depth=3, width=8, activation="relu", seed=2))
    assert differences(first, second) == [("activation", "sigmoid", "relu"), ("seed", "0", "2")]
    assert differences(first, first) == []
    assert decades_between(1e-3, 1e-10) == "+7.0"
    assert decades_between(0.0, 1e-10) == ""


def test_what_differs_is_told_in_chinese() -> None:
    """Settings keep their names, the step is none."""
    first, second = (run(experiment_of(depth=3, width=8), steps) for steps in (0, 2))
    with speaking(CHINESE):
        assert differences(first, second) == [("步数", "0", "2")]
