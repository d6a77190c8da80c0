"""Every lesson is walked through, in both languages, by pressing what it asks for."""

import pytest

from tests.support.heavy import cases
from tests.support.lesson_walk import Walk, learner, rows_in_full, rows_of
from tui.app import ChainruleApp
from tui.config.lessons import lesson_files
from tui.state.tour import Tour
from tui.words.language import ENGLISH, LANGUAGES, use
from tui.words.tour import KEYS

SMALL, LARGE = (80, 24), (120, 40)

WALKS = [
    (name, language, size)
    for name in lesson_files(ENGLISH)
    for language in LANGUAGES
    for size in (SMALL, LARGE)
]

RIGHT: dict[str, list[int | None]] = {
    "gradient": [3, 3],
    "chain-rule": [3, 2],
    "slope": [2],
    "weights": [3, 3, 1, 3],
    "consequences": [3, 3, 3, 1],
    "relu": [2, 20],
    "he": [3, 1, 2, 3],
    "skips": [2, 3],
    "batch-norm": [3, 2, 3],
    "together": [1, 2, 3],
}
"""Choices, and layers, that the texts after the comparisons explain."""


def is_all_there(app: ChainruleApp, tour: Tour) -> None:
    """Nothing of a step is cut off, its keys included."""
    shown, full = list(rows_of(app)), list(rows_in_full(app, tour))
    assert [row for row in shown if row] == [row for row in full if row]
    head = shown[0] if shown[0] else shown[1]
    assert tour.lesson.title in head
    assert any(row.endswith((KEYS["close"], "done", "完成")) for row in shown)


@pytest.mark.parametrize(
    ("name", "language", "size"), cases(WALKS, lambda walk: walk == ("skips", ENGLISH, SMALL))
)
async def test_a_learner_gets_through(name: str, language: str, size: tuple[int, int]) -> None:
    """Each condition is met by the keys that are asked for, and the measurement is what is told."""
    use(language)
    app = learner()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        walk = Walk(app, pilot, is_all_there)
        await walk.through(name)
        assert walk.answers == RIGHT[name]
