"""Every question and the end fit on every screen, in every language and set of characters."""

from dataclasses import replace
from functools import cache
from string import Formatter

import pytest
from rich.cells import cell_len
from rich.text import Text

from engine import Experiment, Trace, run, verdict
from tui.charts.painter import Painter
from tui.config.quiz_items import items
from tui.screens.tour_panel import WIDTH
from tui.state.actions import ACTIONS
from tui.state.quiz import BEFORE, Answered, Asked, Place, RunNote, opened
from tui.style.glyphs import ASCII, BRAILLE, Glyphs
from tui.style.palette import Palette
from tui.views.quiz_lines import GIVEN, LIT, OTHER, RIGHT, QuizLines
from tui.views.tour_lines import TourLines
from tui.words.language import LANGUAGES, speaking
from tui.words.lesson_numbers import NUMBERS, Known

SIZES = [(60, 16), (80, 24), (120, 40)]


def lines_of(size: tuple[int, int], glyphs: Glyphs = BRAILLE) -> QuizLines:
    """A room as the screen has it."""
    width, height = size
    return QuizLines(Painter(Palette(coloured=False), glyphs), width - 4, height, "6")


@cache
def measured(experiment: Experiment) -> Trace:
    """Its pass, once."""
    return run(experiment)


def asked_in(language: str) -> Asked:
    """The quiz, not begun."""
    return opened(items(language), Answered(3), has_toured=False)


def complete(asked: Asked, lit: int = 0) -> Asked:
    """Every question answered, all with the answer in that place."""
    for index in range(len(asked.items)):
        asked = replace(asked, place=Place(index, lit)).taken()
    return replace(asked, place=Place(None))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("language", "glyphs"),
    # in ASCII there is English alone
    [*((language, BRAILLE) for language in LANGUAGES), ("en", ASCII)],
    ids=lambda value: getattr(value, "name", value),
)
def test_all_of_it_fits(size: tuple[int, int], language: str, glyphs: Glyphs) -> None:
    """Open, answered, all told, twice answered, and the list of all at the end."""
    lines = lines_of(size, glyphs)
    with speaking(language):
        done = complete(asked_in(language))
        twice = complete(done.again())
        for asked in (asked_in(language), done, twice):
            pages = [lines.end(replace(asked, place=Place(None)))]
            for index in range(len(asked.items)):
                at = replace(asked, place=Place(index))
                pages += [lines.question(at), lines.question(at.taken() if not at.answer else at)]
            for page in pages:
                assert len(page) <= size[1]
                assert max(cell_len(row.plain) for row in page) <= size[0] - 4
                assert glyphs is not ASCII or all(row.plain.isascii() for row in page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [*SIZES[:2], (WIDTH + 2, 40)])
def test_what_a_run_says_fits_under_the_chart_and_beside_it(
    size: tuple[int, int], language: str
) -> None:
    """Answer and sentence of every run, with numbers as they are before any training."""
    width, rows = size[0] - 2, RunNote.rows if size in SIZES else size[1]
    lines = TourLines(Painter(Palette(coloured=False), BRAILLE), ACTIONS, width, rows)
    with speaking(language):
        for item in items(language):
            for answer in item.answers:
                trace = measured(answer.run.experiment)
                known = Known(trace, trace, verdict(trace), 1)
                told = lines.of_run(RunNote(answer, is_measured=True, known=known))
                names = [name for _, name, _, _ in Formatter().parse(answer.run.shows) if name]
                values = {name: NUMBERS[name](known) for name in names}
                said = answer.run.shows.format_map(values).replace("`", "")
                shown = "".join("".join(strip.text for strip in told).split())
                assert "".join(answer.text.split()) in shown
                assert "".join(said.split()) in shown


def text(page: list[Text]) -> str:
    """A page as text."""
    return "\n".join(str(row) for row in page)


def test_nothing_tells_what_is_right_before_all_is_answered() -> None:
    """Wherever the right answer stands, and whichever was given."""
    lines, asked = lines_of((80, 24)), asked_in("en")
    for lit in range(3):
        at = replace(asked, place=Place(1, lit)).taken()
        assert "measured" not in text(lines.question(at))
        end = text(lines.end(replace(at, place=Place(None))))
        assert GIVEN in end
        assert RIGHT not in end
        assert OTHER not in end


def test_once_all_is_answered_each_question_says_what_was_measured_and_what_was_given() -> None:
    """And the end has a column for each taking, with no sum of anything."""
    lines, done = lines_of((80, 24)), complete(asked_in("en"))
    again = complete(done.again(), lit=1)
    rows = [str(row) for row in lines.end(again)]
    assert any(row.split() == ["before", "after"] for row in rows)
    for index, item in enumerate(again.items):
        row = next(row for row in rows if item.title in row)
        signs = [
            RIGHT if again.answered.of(taking)[item.name] == item.right else OTHER
            for taking in ("before", "after")
        ]
        assert row.removeprefix(LIT).split()[:2] == signs
        page = [str(row) for row in lines.question(replace(again, place=Place(index)))]
        assert sum("measured" in row for row in page) == 1
    assert "After the tour (6)" in text(lines.end(done))
    assert "After the tour" not in text(lines.end(again))
    assert done.taking == BEFORE


def test_a_question_says_why_an_answer_was_not_kept() -> None:
    """Above its keys."""
    page = lines_of((80, 24)).question(asked_in("en"), "The answer is not kept: no space.")
    assert "not kept: no space" in str(page[-3])


def test_what_is_lit_and_what_was_answered_are_told_without_colour() -> None:
    """By a sign of each, at a question and at the end."""
    lines, asked = lines_of((80, 24)), asked_in("en")
    taken = asked.taken().lighting(1)
    assert f" {GIVEN} 1 " in text(lines.question(taken))
    assert f"{LIT}  2 " in text(lines.question(taken))
    assert f"{LIT}· 1 " in text(lines.question(taken.lighting(-1)))
    listed = text(lines.end(replace(complete(asked), place=Place(None, 3))))
    assert [row[0] for row in listed.splitlines() if asked.items[3].title in row] == [LIT]
