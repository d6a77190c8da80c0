"""A step in lines: every row of its room and no more, keys as they are on this keyboard."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.led import Led
from tests.support.session import scene_of
from tui.charts.painter import Painter
from tui.config.keymap import remapped
from tui.config.lessons import lesson_files, read_lesson
from tui.state.actions import ACTIONS, Action
from tui.state.tour import Stage
from tui.style.glyphs import ASCII, BRAILLE, Glyphs
from tui.style.palette import Palette
from tui.views.tour_lines import TourLines
from tui.words.language import LANGUAGES, use
from tui.words.tour import step_texts


def rows_of(
    led: Led,
    size: tuple[int, int],
    actions: tuple[Action, ...] = ACTIONS,
    glyphs: Glyphs = BRAILLE,
    **changes: Any,
) -> list[str]:
    """The step as text."""
    lines = TourLines(Painter(Palette(), glyphs), actions, *size)
    tour = replace(led.tour, **changes)
    return [strip.text for strip in lines.told(tour, scene_of(led.session))]


def at(lesson: str, index: int = 0) -> Led:
    """At that step."""
    led = Led()
    led.guide.open(lesson, index)
    led.shown()
    return led


@pytest.mark.parametrize("size", [(78, 9), (58, 9), (30, 5), (12, 3), (1, 1)])
def test_all_rows_of_the_room_are_filled_and_no_more(size: tuple[int, int]) -> None:
    """Whatever has no room is left out."""
    rows = rows_of(at("two"), size)
    assert len(rows) == size[1]
    assert {len(row) for row in rows} == {size[0]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lesson_files("en"))
def test_no_key_is_cut_off_from_a_lessons_head(name: str, language: str) -> None:
    """On the narrowest screen there are fewer words."""
    led = at("one")
    changes: dict[str, Any] = {"lesson": read_lesson(name, language), "index": 0, "expected": 1}
    for stage in (Stage.READING, Stage.COMPARED):
        assert " esc " in rows_of(led, (58, 9), stage=stage, right=1, **changes)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lesson_files("en"))
def test_a_lessons_head_is_written_out_on_an_ordinary_terminal(name: str, language: str) -> None:
    """The name of a lesson leaves room for which step it is, so that no head changes on the way."""
    use(language)
    led, lesson = at("one"), read_lesson(name, language)
    count = len(lesson.steps)
    changes: dict[str, Any] = {"lesson": lesson, "expected": 1, "right": 1}
    for index in range(count):
        for stage in (Stage.READING, Stage.COMPARED):
            head = rows_of(led, (78, 9), stage=stage, index=index, **changes)[0]
            assert step_texts(index + 1, count)[0] in head


def test_a_key_stands_as_it_is_on_this_keyboard() -> None:
    """In the text and in the head."""
    actions, problems = remapped({"next_activation": "j", "next_step": "f5"})
    assert not problems
    text = "\n".join(rows_of(at("one"), (78, 9), actions))
    assert "Press j." in text
    assert "f5 next" in text


def test_a_question_then_what_was_expected_and_what_was_measured() -> None:
    """Once where both are the same."""
    led = at("two")
    assert "1 one" in "\n".join(rows_of(led, (78, 9)))
    compared: dict[str, Any] = {"stage": Stage.COMPARED, "right": 2}
    apart = "\n".join(rows_of(led, (78, 9), expected=3, **compared))
    assert "expected: a hundredth" in apart
    assert "Measured: a quarter" in apart
    assert "After." in apart
    assert "As you expected: a quarter" in "\n".join(rows_of(led, (78, 9), expected=2, **compared))


def test_a_step_says_nothing_of_another_network() -> None:
    """But which key leads back; what was expected stays."""
    led = at("two")
    compared: dict[str, Any] = {"stage": Stage.COMPARED, "right": None, "expected": 3}
    assert "Measured: none of these." in "\n".join(rows_of(led, (78, 9), **compared))
    led.act("deeper")
    text = "\n".join(rows_of(led, (78, 9), **compared))
    assert "another network now: [ begins the step again" in text
    assert "After." not in text
    assert "By how much?" in "\n".join(rows_of(led, (78, 9)))


def test_numbers_are_those_of_what_is_shown() -> None:
    """Filled in each time."""
    assert "Step 4." in "\n".join(rows_of(at("one", 1), (78, 9)))


def test_where_there_is_only_ascii_everything_is_ascii() -> None:
    """Signs and letters."""
    assert "\n".join(rows_of(at("two"), (78, 9), glyphs=ASCII)).isascii()


def test_of_two_formulas_none_is_broken() -> None:
    """They stand side by side where there is room, else one under the other."""
    led = at("one")
    step = replace(led.tour.step, text="$ h = x + b    dh/dx = 1 + w $")
    lesson = replace(led.tour.lesson, steps=(step,))
    for width, together in ((60, True), (24, False)):
        rows = [row.strip() for row in rows_of(led, (width, 9), lesson=lesson, index=0)]
        assert ("h = x + b    dh/dx = 1 + w" in rows) == together
        assert ("dh/dx = 1 + w" in rows) != together


def test_a_formula_that_goes_on_is_set_in() -> None:
    """And begins with a sign."""
    led = at("one")
    step = replace(led.tour.step, text="$ dL/dx = aaaaaa ⋅ bbbbbb ⋅ cccccc ⋅ dddddd $")
    lesson = replace(led.tour.lesson, steps=(step,))
    rows = rows_of(led, (30, 9), lesson=lesson, index=0)
    assert [row.rstrip() for row in rows[1:] if row.strip()] == [
        "   dL/dx = aaaaaa ⋅ bbbbbb",
        "     ⋅ cccccc ⋅ dddddd",
    ]


def test_a_step_tells_nothing_of_a_network_that_is_not_trained_yet() -> None:
    """Its numbers would be those of the start."""
    led = at("three")
    assert "then enter" in "".join(rows_of(led, (60, 9)))
    waiting = "".join(rows_of(led, (60, 9), is_prepared=False))
    assert "trained to step 4" in waiting
    assert "then enter" not in waiting
