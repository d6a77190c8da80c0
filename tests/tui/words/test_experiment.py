"""Experiments in words."""

import pytest

from engine import run
from tests.support.experiments import experiment_of
from tui.words.experiment import common_words, differences, differing_words
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


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("learning_rate", (0.1001, 0.1002), ("rate 0.1001", "rate 0.1002")),
        ("learning_rate", (1000.0, 1001.0), ("rate 1000", "rate 1001")),
        ("gain", (1.1 * 1.1, 1.5), ("gain 1.21", "gain 1.5")),
        (
            "negative_slope",
            (0.01, 0.01000001),
            ("negative_slope 0.01", "negative_slope 0.01000001"),
        ),
    ],
)
def test_what_differs_looks_different(
    name: str, values: tuple[float, float], told: tuple[str, str]
) -> None:
    """In three figures where they do, and it is nothing that both have in common."""
    one, other = (experiment_of(activation="leaky_relu", **{name: value}) for value in values)
    words = differing_words(one, other), differing_words(other, one)
    assert tuple(word.text for each in words for word in each) == told
    assert told[0].split()[0] not in " ".join(word.text for word in common_words(one, other))
    ((setting, before, after),) = differences(run(one), run(other))
    assert setting == name
    assert before != after
    assert len(before) <= 6


def test_what_differs_is_told_in_chinese() -> None:
    """Settings keep their names, the step is none."""
    first, second = (run(experiment_of(depth=3, width=8), steps) for steps in (0, 2))
    with speaking(CHINESE):
        assert differences(first, second) == [("步数", "0", "2")]
