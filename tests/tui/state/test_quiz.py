"""The quiz as values: where one is, what is answered, and which taking it counts for."""

from dataclasses import replace

from tui.config.quiz_items import items
from tui.state.quiz import AFTER, BEFORE, Answered, Asked, Place, opened

ITEMS = items("en")


def all_answered(asked: Asked) -> Asked:
    """Every question answered with the first answer."""
    while asked.item is not None:
        asked = asked.taken()
    return asked


def test_the_first_taking_is_before_the_tour() -> None:
    """And stays so until it is complete; then there is the end, and not the questions again."""
    asked = opened(ITEMS, Answered(7), has_toured=False)
    assert (asked.taking, asked.place) == (BEFORE, Place(0))
    asked = asked.taken()
    again = opened(ITEMS, asked.answered, has_toured=False)
    assert (again.taking, again.place) == (BEFORE, Place(1))
    done = opened(ITEMS, all_answered(again).answered, has_toured=False)
    assert (done.taking, done.place, done.is_complete) == (BEFORE, Place(None), True)


def test_after_the_tour_the_same_questions_come_again() -> None:
    """Without touching what was answered before, also if that was not all."""
    before = opened(ITEMS, Answered(7), has_toured=False).taken().answered
    asked = opened(ITEMS, before, has_toured=True)
    assert (asked.taking, asked.place) == (AFTER, Place(0))
    done = all_answered(asked)
    assert done.answered.of(BEFORE) == before.of(BEFORE)
    assert len(done.answered.of(AFTER)) == len(ITEMS)


def test_all_is_asked_again_only_once_it_is_answered() -> None:
    """The answers before the tour stay, those after it go."""
    asked = opened(ITEMS, Answered(7), has_toured=False)
    assert asked.again() == asked
    done = all_answered(asked)
    again = done.again()
    assert (again.taking, again.place) == (AFTER, Place(0))
    assert again.answered.of(BEFORE) == done.answered.of(BEFORE)
    assert all_answered(again).again().answered.of(AFTER) == {}


def test_the_first_answer_to_a_question_counts() -> None:
    """Enter answers, and from then on goes on to the next question."""
    asked = opened(ITEMS, Answered(7), has_toured=False).lighting(1)
    answered = asked.taken()
    assert answered.answer == asked.answers[1].id
    assert answered.place == Place(0, 1)
    assert answered.lighting(1).taken().place == Place(1)
    assert answered.answered.with_answer(BEFORE, ITEMS[0].name, "other") == answered.answered


def test_keys_move_within_what_there_is() -> None:
    """Answers go round, questions do not; behind the last one is the end."""
    asked = opened(ITEMS, Answered(7), has_toured=False)
    count = len(asked.answers)
    assert asked.lighting(-1).place.lit == count - 1
    assert asked.lighting(count).place.lit == 0
    assert asked.lighting_at(count) == asked
    assert asked.turned(-1).place == Place(0)
    end = replace(asked, place=Place(len(ITEMS) - 1)).turned(1)
    assert end.place == Place(None)
    assert end.turned(1).place == Place(None)
    assert end.turned(-1).place == Place(len(ITEMS) - 1)
    assert end.lighting_at(4).taken().place == Place(4)


def test_what_was_answered_is_lit_when_one_comes_back() -> None:
    """So that what a run is opened about is one's own answer first."""
    asked = opened(ITEMS, Answered(7), has_toured=False).lighting_at(2).taken()
    assert asked.turned(1).place == Place(1)
    assert asked.turned(1).turned(-1).place == Place(0, 2)
    assert asked.turned(len(ITEMS)).lighting_at(0).taken().place == Place(0, 2)


def test_an_answer_that_a_question_does_not_have_is_none() -> None:
    """One that another version kept; its other questions stay."""
    kept = {ITEMS[0].name: "no such answer", "no such question": "x"}
    asked = opened(ITEMS, Answered(7, {BEFORE: kept}), has_toured=False)
    assert (asked.place, asked.answer) == (Place(0), None)
    assert asked.taken().answered.of(BEFORE) == {
        ITEMS[0].name: asked.answers[0].id,
        "no such question": "x",
    }
