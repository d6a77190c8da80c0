"""The tour's lessons: ten, short, with numbers that are computed for whatever is on the screen."""

import math
import re

import pytest

from engine import Trace, run, verdict
from engine.experiment.domains import Value
from tests.support.experiments import experiment_of
from tui.config.lessons import lesson_files, read_lesson
from tui.config.quiz_items import items
from tui.state.lessons import Step
from tui.style.ascii import spelled
from tui.words.language import CHINESE, LANGUAGES
from tui.words.lesson_numbers import ANSWERS, NUMBERS, Known

STEPS = {
    (language, name, number): step
    for language in LANGUAGES
    for name in lesson_files(language)
    for number, step in enumerate(read_lesson(name, language).steps, 1)
}

WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"


def length(text: str, language: str) -> int:
    """Words; in Chinese characters, and numbers and words of Latin letters as one each."""
    told = re.sub(r"^\$.*\$$|[*`]", "", text, flags=re.MULTILINE)
    told = re.sub(r"{\w+}", "0", told)
    if language == CHINESE:
        return len(re.findall(rf"[{WIDE}]|[^\s{WIDE}]+", told))
    return len(told.split())


def test_there_are_ten_lessons_of_three_to_seven_steps() -> None:
    """To be read in about ten minutes: 210 words of English, 350 characters of Chinese a minute."""
    for language, most in zip(LANGUAGES, (2100, 3500), strict=True):
        names = lesson_files(language)
        assert len(names) == 10
        assert all(3 <= len(read_lesson(name, language).steps) <= 7 for name in names)
        told = [step for (spoken, _, _), step in STEPS.items() if spoken == language]
        assert sum(length(s.text, language) + length(s.after, language) for s in told) < most


def test_a_step_is_short() -> None:
    """At most 60 words or 100 characters before a comparison, and as many after it."""
    for place, step in STEPS.items():
        language = place[0]
        most = 100 if language == CHINESE else 60
        assert length(step.text, language) <= most, place
        assert length(step.after, language) <= most, place
        if step.question is not None:
            asked = " ".join((step.question.ask, *step.question.choices))
            assert length(asked, language) <= most // 2, place


def test_terminals_that_know_ascii_alone_have_all_of_it() -> None:
    """Formulas, too: no character of the English texts is replaced by a question mark."""
    for (language, *place), step in STEPS.items():
        text = step.text + step.after + (step.question.ask if step.question else "")
        if language != CHINESE:
            assert spelled(text).count("?") == text.count("?"), place
    assert spelled("∂L/∂hₙ ⋅ φ'(zₙ)Wₙ ⋅ … ⋅ x") == "dL/dh_n * phi'(z_n)W_n * ... * x"


def test_each_lesson_stands_alone() -> None:
    """Its first step says what is shown, and what a question is about was not left by the last."""
    for (_, name, number), step in STEPS.items():
        if number == 1:
            assert step.experiment is not None, name
            assert "view" in step.screen, name
        if step.question is not None:
            assert step.experiment is not None, (name, number)


NETWORKS: dict[str, dict[str, Value]] = {
    "default": {},
    "one layer": {"depth": 1},
    "nothing arrives": {"init": "zeros", "activation": "tanh", "depth": 3},
    "overflow": {"activation": "relu", "gain": 1e6, "init": "unit_normal", "depth": 60},
    "no classes": {"dataset": "gaussian", "loss": "mse", "depth": 3},
    "closed branches": {"residual": "post_activation", "residual_scale": "rezero", "depth": 3},
}


def trace_of(name: str) -> Trace:
    """The Trace of one of the networks."""
    return run(experiment_of(**NETWORKS[name]))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_number_is_a_text_whatever_is_on_the_screen(name: str) -> None:
    """A learner may change anything in a lesson, and no text has a hole."""
    trace = trace_of(name)
    for cursor in {1, trace.depth}:
        known = Known(trace, trace, verdict(trace), cursor)
        values = {number: spelled(known) for number, spelled in NUMBERS.items()}
        assert all(text and "nan" not in text for text in values.values())
        for step in STEPS.values():
            assert "{" not in (step.text + step.after).format_map(values)
        for answer in ANSWERS.values():
            assert isinstance(answer(known), (int, float))


def test_numbers_that_began_a_step_are_of_its_first_pass() -> None:
    """`start_` of any number is that number of the pass with which the step began."""
    trace, start = run(experiment_of(depth=3)), run(experiment_of(depth=6))
    known = Known(trace, start, verdict(trace), 2)
    assert NUMBERS["depth"](known) == "3"
    assert NUMBERS["start_depth"](known) == "6"
    before = Known(start, start, verdict(start), 2)
    for name in [name for name in NUMBERS if not name.startswith("start_")]:
        assert NUMBERS[f"start_{name}"](known) == NUMBERS[name](before), name


def test_every_number_and_every_answer_is_used() -> None:
    """What no text names any more goes."""
    texts = [step.text + step.after for step in STEPS.values()]
    asked = [step.question for step in STEPS.values() if step.question]
    texts += [question.ask for question in asked]
    texts += [answer.run.shows for item in items("en") for answer in item.answers]
    used = set(re.findall(r"{(?:start_)?(\w+)}", " ".join(texts)))
    assert {name.removeprefix("start_") for name in NUMBERS} == used
    assert set(ANSWERS) == {question.answer for question in asked}


CONSTANTS = {"0.25", "0.71", "0.75", "1.21", "1.1"}
"""Numbers that may stand in a text: a quarter, rounded roots, and what a press of g does."""


def numbers_typed_in(step: Step) -> set[str]:
    """Numbers with a point or a power of ten in the texts of a step, formulas left out."""
    asked = step.question.ask if step.question else ""
    whole = f"{step.text}\n{step.after}\n{asked}"
    told = re.sub(r"^\$.*\$$|`[^`]*`", "", whole, flags=re.MULTILINE)
    return set(re.findall(r"\d+\.\d+|\d+e-?\d+|\d{3,}", re.sub(r"{\w+}", "", told)))


def test_no_number_is_typed_in() -> None:
    """But constants of mathematics, and what the front matter waits for."""
    for place, step in STEPS.items():
        waited = {c.arguments[-1] for c in step.until if c.arguments}
        assert numbers_typed_in(step) <= CONSTANTS | waited, place


def test_known_constants_are_right() -> None:
    """Those that are rounded."""
    assert round(math.sqrt(0.5), 2) == 0.71
    assert round(1.1**-3, 2) == 0.75
    assert round(math.sqrt(math.pi / (math.pi - 1)), 2) == 1.21
