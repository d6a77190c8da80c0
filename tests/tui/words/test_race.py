"""The numbers of two runs are told apart, and what is good is not said to be not yet."""

from dataclasses import replace

import pytest

from engine import Experiment, run
from tui.words.race import lead_texts, milestone_text, scores


@pytest.mark.parametrize(
    ("values", "are_shares", "spelled"),
    [
        ((0.93, 0.10), True, ["93%", "10%"]),
        ((0.97, 0.97), True, ["97%", "97%"]),
        ((0.9721, 0.9749), True, ["97.2%", "97.5%"]),
        ((0.97211, 0.97214), True, ["97.2110%", "97.2140%"]),
        ((0.8969, 0.09), True, ["89.7%", "9.0%"]),
        ((2.31, 2.28), False, ["2.31", "2.28"]),
        ((2.30421, 2.30418), False, ["2.30421", "2.30418"]),
        ((2.3042, 2.3042), False, ["2.30", "2.30"]),
        ((float("nan"), 1.5), False, ["nan", "1.50"]),
    ],
)
def test_what_differs_looks_different(
    values: tuple[float, float], are_shares: bool, spelled: list[str]
) -> None:
    """In as few figures as that takes."""
    assert scores(values, are_shares) == spelled


def test_who_is_ahead_has_the_larger_number() -> None:
    """And not the same one."""
    texts = lead_texts("accuracy", ("A", "B"), 1, 300, (0.9694, 0.9721), ())
    assert texts[0].startswith("97.2% of the test set against 96.9%")


def test_where_the_test_set_is_good_it_is_not_called_not_yet() -> None:
    """Somebody stops between the fixed steps."""
    trace = run(Experiment().with_settings(depth=2, width=4))
    said = {share: milestone_text(replace(trace, test_accuracy=share)) for share in (None, 0.89)}
    assert said == dict.fromkeys(said, "90%: not yet")
    assert milestone_text(replace(trace, test_accuracy=0.92)) == "90%: here"
