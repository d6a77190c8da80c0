"""Lessons: every file can be read, languages have the same steps, and what is wrong is said."""

from pathlib import Path

import pytest

from tui.config.front_matter import LessonError, text_of
from tui.config.lessons import lesson_files, lesson_of, read_lesson
from tui.state.lessons import Condition

LANGUAGES = ("en", "zh")
LESSONS = list(lesson_files("en"))


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_the_same_in_every_language_but_for_its_words(name: str) -> None:
    """What it sets, asks for and waits for."""
    assert len({tuple(lesson_files(language)) for language in LANGUAGES}) == 1
    both = [read_lesson(name, language) for language in LANGUAGES]
    assert len({len(lesson.steps) for lesson in both}) == 1
    for steps in zip(*(lesson.steps for lesson in both), strict=True):
        first, *others = steps
        for other in others:
            for field in ("experiment", "screen", "steps", "speed", "plays", "keys", "until"):
                assert getattr(first, field) == getattr(other, field), field
            asked = [step.question for step in steps]
            assert len({q and (q.answer, q.values, len(q.choices)) for q in asked}) == 1


@pytest.mark.parametrize("name", LESSONS)
def test_a_step_that_asks_for_a_key_knows_when_it_is_pressed(name: str) -> None:
    """Else nothing follows from it, and whoever has pressed it waits."""
    assert all(step.until for step in read_lesson(name, "en").steps if step.keys)


FRONT = "# T\n+++\n{}\n+++\nText.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text", "02-x.md: the first line has to be '# '"),
        ("# T\n", "02-x.md: there is no step"),
        ("# T\n+++\n+++\nText\n+++\n", "02-x.md, step 2: the front matter has no second line"),
        ("# T\n+++\n+++\n \n", "step 1: there is no text"),
        ("# T\n+++\n+++\n{depht}\n", "no number 'depht' (did you mean depth?)"),
        ("# T\n+++\n+++\n{depth\n", "braces are for the names of numbers"),
        (FRONT.format("vew = 'chain'"), "no entry 'vew' (did you mean view?)"),
        (FRONT.format("view = 'chian'"), "(did you mean chain?)"),
        (FRONT.format("settings = '--dept 3'"), "no flag '--dept' (did you mean --depth?)"),
        (FRONT.format("settings = '--depth'"), "flags and their values"),
        (FRONT.format("settings = '--activation rlu'"), "(did you mean relu?)"),
        (FRONT.format("cursor = 30"), "30"),
        (FRONT.format("until = 'wave_end'"), "(did you mean wave_ended?)"),
        (FRONT.format("until = 'is view'"), "are needed: 2"),
        (FRONT.format("until = 'is activation rlu'"), "(did you mean relu?)"),
        (FRONT.format("until = 'changed vew'"), "(did you mean view?)"),
        (FRONT.format("until = 'wave_reached x'"), "allowed from 1"),
        (FRONT.format("until = 'trained -1'"), "allowed from 1"),
        (FRONT.format("until = 'verdict vanish'"), "(did you mean vanishing?)"),
        (FRONT.format("settings = 0"), "flags and their values"),
        (FRONT.format("speed = true"), "the speeds 0.125"),
        ("# T\n+++\n+++\n{depth:>3}\n", "the name alone is needed"),
        ("# T\n+++\n+++\n{depth!r}\n", "the name alone is needed"),
        (FRONT.format("keys = '@'"), "no action has the key '@'"),
        (FRONT.format("speed = 3"), "the speeds 0.125"),
        (FRONT.format("not toml"), "not TOML"),
        (FRONT.format("[question]\nask = 'a?'\npick = 'layer'"), "answer = "),
        (FRONT.format("[question]\nask = 'a?'\nanswer = 'facto'\npick = 'layer'"), "did you mean"),
        (
            FRONT.format("[question]\nask = 'a?'\nanswer = 'factor_at_cursor'\npick = 'layer'"),
            "needs a line '---'",
        ),
    ],
)
def test_what_is_wrong_with_a_lesson_is_said_in_one_line(text: str, said: str) -> None:
    """With the file, the step and the nearest match."""
    with pytest.raises(LessonError) as caught:
        lesson_of("02-x.md", text)
    line = str(caught.value)
    assert said in line
    assert line.startswith("02-x.md")
    assert "\n" not in line


def test_a_condition_says_a_value_as_it_is_compared() -> None:
    """A gain of 1 is 1.0."""
    lesson = lesson_of("02-x.md", FRONT.format("until = 'is gain 1'"))
    assert lesson.steps[0].until == (Condition("is", ("gain", "1.0")),)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Without the mark that some editors begin a file with."""
    file = tmp_path / "02-x.md"
    file.write_bytes(b"\xef\xbb\xbf# T")
    assert text_of(file) == "# T"
    file.write_bytes(b"# \xff")
    with pytest.raises(LessonError, match=r"02-x\.md"):
        text_of(file)


def test_a_lesson_is_called_by_name_or_number() -> None:
    """Another name gets the nearest match."""
    first = LESSONS[0]
    number = lesson_files("en")[first][:2]
    assert read_lesson(number, "en") == read_lesson(first, "en")
    with pytest.raises(LessonError, match=f"did you mean {first}"):
        read_lesson(first[:-1] + "x", "en")
