"""The quiz over the app: keys, the run about an answer and back, and what is kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from engine import run
from tests.support.app import running
from tests.support.app_training import training
from tui.app import ChainruleApp
from tui.config.lessons import lesson_files
from tui.config.quiz_answers import read_answers
from tui.config.quiz_items import items
from tui.config.state_files import write_state
from tui.screens.quiz import QuizScreen
from tui.state.quiz import AFTER, BEFORE, Asked, Place


def page(app: ChainruleApp) -> str:
    """What the quiz shows; nothing where it is not open."""
    is_open = isinstance(app.screen, QuizScreen)
    return str(app.screen.query_one("#page", Static).render()) if is_open else ""


def told(app: ChainruleApp) -> str:
    """What stands in the tour's room."""
    room = app.main.query_one("#tour-under")
    return "\n".join(room.render_line(y).text.rstrip() for y in range(room.size.height))


def asked(app: ChainruleApp) -> Asked:
    """The quiz as it stands."""
    return app.touring.quiz.asked


async def until_measured(app: ChainruleApp, pilot: Pilot[None]) -> None:
    """Let the run train as far as it is to."""
    await pilot.pause()
    for _ in range(2000):
        note = app.touring.quiz.note
        assert note is not None
        if note.is_measured:
            break
        app.tick()
        await pilot.pause()
    await pilot.pause()


@pytest.fixture(autouse=True)
def seed(settings_file: Path) -> None:
    """The order of answers is no other every time, and they are kept."""
    write_state("quiz", {"seed": 3})


@pytest.fixture
async def quiz() -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app with the quiz open at its first question."""
    async with running() as (app, pilot):
        await pilot.press("Q")
        yield app, pilot


@pytest.fixture
async def answered() -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app with the quiz open where all questions are listed, each answered."""
    answer_all()
    async with running() as (app, pilot):
        await pilot.press("Q")
        yield app, pilot


def answer_all() -> None:
    """The first answer of each file, before the tour."""
    write_state("quiz", {"seed": 3, BEFORE: {i.name: i.answers[0].id for i in items("en")}})


async def test_keys_choose_answer_and_go_on(quiz: tuple[ChainruleApp, Pilot[None]]) -> None:
    """And what is answered is kept at once."""
    app, pilot = quiz
    assert "Question 1 of 12" in page(app)
    await pilot.press("3", "down", "up", "enter")
    given = asked(app).answers[2].id
    assert read_answers().of(BEFORE) == {"each-step": given}
    await pilot.press("enter")
    assert "Question 2 of 12" in page(app)
    await pilot.press("left", "up", "enter")
    assert read_answers().of(BEFORE) == {"each-step": given}
    await pilot.press("escape")
    assert not page(app)
    await pilot.press("Q")
    assert asked(app).place == Place(1)


async def test_a_run_opens_once_all_is_answered_and_escape_comes_back(
    answered: tuple[ChainruleApp, Pilot[None]],
) -> None:
    """To the question, and the lab is as it was; the run itself is live."""
    app, pilot = answered
    before, axes = app.state, app.session.axes
    await pilot.press("space", "down", "enter")
    assert "Question 2 of 12" in page(app)
    await pilot.press("1", "space")
    assert not page(app)
    assert app.state.experiment.network.init == "unit_normal"
    assert app.state.view == "chain"
    text = told(app)
    assert f"“{asked(app).answers[0].text[:20]}" in text
    assert "0.043" in text.replace("\n", " ")
    await pilot.press("a", "2", "t")
    assert app.state.experiment.network.activation == "tanh"
    assert told(app) == text
    await pilot.press("escape")
    assert "Question 2 of 12" in page(app)
    assert app.state == before
    assert app.session.axes == axes
    await pilot.press("escape")
    assert not told(app).strip()


async def test_no_run_opens_before_all_is_answered(quiz: tuple[ChainruleApp, Pilot[None]]) -> None:
    """It would tell what the questions to come ask for, and the page says so."""
    app, pilot = quiz
    assert "Once all 12" not in page(app)
    await pilot.press("enter", "space")
    assert "Once all 12 are answered they are marked, and runs open." in page(app)
    assert not app.touring.shows_run


@pytest.mark.heavy
async def test_a_run_is_compared_with_what_its_answer_says(
    answered: tuple[ChainruleApp, Pilot[None]],
) -> None:
    """As a pinned run, which is gone afterwards."""
    app, pilot = answered
    await pilot.press("down", "down", "down", "down", "down", "enter", "1", "space")
    for _ in range(100):
        await pilot.pause(0.01)
        if not app.session.is_computing:
            break
    assert app.state.pinned is not None
    assert app.state.pinned.ours.network.width == 64
    assert app.state.experiment.network.width == 256
    await pilot.press("escape")
    assert app.state.pinned is None


@pytest.mark.heavy
async def test_a_run_is_trained_and_then_speaks() -> None:
    """Until then it says how far it is; one that somebody changes is not the one that is meant."""
    async with running() as (app, pilot):
        answer_all()
        await pilot.press("Q", "down", "down", "down", "enter", "1", "space")
        await pilot.pause()
        assert "being trained: step 0 of 200" in told(app)
        await until_measured(app, pilot)
        assert app.state.run.step == 200
        assert "at the start" in told(app)
        await pilot.press("escape", "space", "a")
        await pilot.pause()
        assert "another network now" in told(app)
        await pilot.press("escape")
        assert app.state.run.step == 0
        assert app.state.experiment.network.depth == 20
        assert len(app.session.training.parked) == 0


@pytest.mark.heavy
async def test_a_network_that_was_trained_before_is_trained_afterwards() -> None:
    """By as many steps, and it goes on from there."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "full_stop")
        before, trace = app.state, app.session.trace
        assert before.run.step == 2
        answer_all()
        await pilot.press("Q", "enter", "space", "escape", "escape")
        assert app.state.run == before.run
        assert app.session.trace is trace
        await pilot.press("full_stop")
        assert app.state.run.step == 3


@pytest.mark.heavy
async def test_the_tour_begins_without_the_run_that_was_shown(
    answered: tuple[ChainruleApp, Pilot[None]],
) -> None:
    """A step that nobody sees would take the keys."""
    app, pilot = answered
    for opened in (app.touring.toggle, app.touring.welcome):
        await pilot.press("enter", "space")
        assert app.touring.shows_run
        opened()
        await pilot.pause()
        assert not app.touring.shows_run
        assert app.touring.told is not None
        app.touring.close()
        await pilot.press("Q")


@pytest.mark.heavy
async def test_the_end_lists_all_questions_and_leads_to_the_tour(
    quiz: tuple[ChainruleApp, Pilot[None]],
) -> None:
    """And asks them again, which counts as after it."""
    app, pilot = quiz
    for _ in range(12):
        await pilot.press("1", "enter", "enter")
    assert "Your answers" in page(app)
    assert "After the tour (6)" in page(app)
    await pilot.press("down", "down", "enter")
    assert "Question 3 of 12" in page(app)
    assert "measured" in page(app)
    await pilot.press("right", *["right"] * 9, "a")
    assert "after the tour" in page(app)
    assert asked(app).taking == AFTER
    await pilot.press("6")
    assert not page(app)
    assert app.touring.is_open
    await pilot.press("Q")
    assert not app.touring.is_open
    assert "after the tour" in page(app)


@pytest.mark.heavy
@pytest.mark.parametrize("questions", [0, 3, 12])
async def test_behind_the_last_step_of_the_tour_comes_the_quiz(questions: int) -> None:
    """Which then counts as after it, however much was answered before."""
    async with running() as (app, pilot):
        await pilot.press("Q", *("enter", "enter") * questions)
        assert len(read_answers().of(BEFORE)) == questions
        await pilot.press("escape")
        app.touring.open(list(lesson_files("en"))[-1])
        while app.touring.is_open:
            await pilot.press("right_square_bracket")
        assert "Question 1 of 12  after the tour" in page(app)


async def test_a_click_lights_an_answer(quiz: tuple[ChainruleApp, Pilot[None]]) -> None:
    """And only that."""
    app, pilot = quiz
    rows = page(app).splitlines()
    y = next(i for i, row in enumerate(rows) if row.lstrip().startswith("3 "))
    await pilot.click("#page", offset=(8, y))
    assert asked(app).place == Place(0, 2)
    assert asked(app).answer is None


async def test_the_language_changes_with_a_run_that_speaks(
    answered: tuple[ChainruleApp, Pilot[None]],
) -> None:
    """Answer and sentence."""
    app, pilot = answered
    await pilot.press("enter", "1", "space", "Z")
    answer = next(a for a in items("zh")[0].answers if a.id == asked(app).answers[0].id)
    assert answer.text[:6] in told(app)


async def test_an_answer_that_cannot_be_kept_says_why(
    quiz: tuple[ChainruleApp, Pilot[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And counts for as long as the app runs."""
    app, pilot = quiz

    def full(name: str, content: dict[str, object]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tui.config.quiz_answers.write_state", full)
    await pilot.press("enter")
    assert "not kept: No space left on device" in page(app)
    await pilot.press("enter", "left")
    assert "not kept" not in page(app)
    assert asked(app).answer is not None


@pytest.mark.heavy
async def test_every_question_leads_to_a_run_that_speaks() -> None:
    """From its keys to its sentence and back to the question; its numbers are the engine's."""
    async with running() as (app, pilot):
        answer_all()
        await pilot.press("Q", "enter")
        for index in range(12):
            await pilot.press("space")
            await until_measured(app, pilot)
            note = app.touring.quiz.note
            assert note is not None
            assert note.known is not None
            again = run(note.answer.run.experiment, note.answer.run.steps)
            assert (note.known.trace.output_grad_norm == again.output_grad_norm).all()
            last = note.answer.run.shows.rsplit("}", 1)[-1]
            text = "".join(told(app).split())
            assert "".join(last.split()).replace("`", "") in text
            await pilot.press("escape")
            assert f"Question {index + 1} of 12" in page(app)
            await pilot.press("enter")
