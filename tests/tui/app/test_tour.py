"""The tour in the app: its keys beside those of everything else, and what is kept of it."""

import pytest

from tests.support.app import line, running, view_rows
from tests.support.heavy import cases
from tests.support.led_app import led, panel, told, tour
from tui.config.front_matter import wrong
from tui.config.lessons import lesson_read
from tui.config.progress import Progress, read_progress
from tui.config.settings_file import PATH_VARIABLE
from tui.config.state_files import write_state
from tui.state.animations import Phase
from tui.state.lessons import Lesson
from tui.state.tour import Stage


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is remembered, in the test's own folder."""
    monkeypatch.delenv(PATH_VARIABLE)


async def test_a_question_takes_arrows_digits_and_enter_and_nothing_else() -> None:
    """All other keys are the instrument's; with a list beside it these are the list's."""
    async with led() as (app, pilot):
        assert tour(app).stage is Stage.ASKING
        depth, view = app.state.experiment.network.depth, app.state.view
        await pilot.press("right", "down", "down")
        assert tour(app).lit == 2
        assert (app.state.cursor, app.state.experiment.network.depth) == (7, depth)
        await pilot.press("A", "down", "right_square_bracket")
        assert (tour(app).lit, tour(app).index) == (2, 0)
        assert app.main.panel is not None
        await pilot.press("escape", "1")
        assert (tour(app).expected, app.state.view) == (1, view)
        assert tour(app).stage is Stage.COMPARED
        assert "about 1" in told(app)
        await pilot.press("1")
        assert app.state.view == "gradients"


async def test_what_would_give_the_answer_away_is_not_shown_before_it() -> None:
    """Bars, theory, factors and the reason wait for the wave."""
    async with led() as (app, pilot):
        assert app.session.animation.wave.held
        hidden = [line(app, name) for name in ("factors", "numbers", "why")]
        assert hidden == ["", "", ""]
        before = view_rows(app, "chain")
        await pilot.press("3")
        assert not app.session.animation.wave.held
        assert view_rows(app, "chain") != before
        assert line(app, "factors")


async def test_the_legend_closes_before_the_tour() -> None:
    """It lies over the picture that a step speaks of."""
    async with led() as (app, pilot):
        await pilot.press("h", "escape")
        assert (app.state.legend, app.touring.is_open) == (False, True)
        await pilot.press("escape")
        assert not app.touring.is_open


@pytest.mark.heavy
async def test_arrows_go_through_a_table_that_a_step_asks_for() -> None:
    """They are no other number of layers there."""
    async with led("relu") as (app, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket", "enter", "v")
        depth, cursor = app.state.experiment.network.depth, app.state.cursor
        await pilot.press("down", "down", "up")
        assert (app.state.experiment.network.depth, app.state.cursor) == (depth, cursor + 1)
        await pilot.press("v", "up")
        assert app.state.experiment.network.depth == depth + 1


async def test_behind_the_last_step_there_are_questions() -> None:
    """Its key says so."""
    async with led("together", size=(80, 24)) as (app, pilot):
        assert "] next" in told(app)
        while not tour(app).is_last:
            await pilot.press("right_square_bracket")
        assert "] questions" in told(app)


async def test_number_formats_and_theory_wait_for_the_lab() -> None:
    """No step has explained them."""
    async with led("gradient") as (app, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket")
        shown = app.main.as_text()
        assert "fp16" not in shown
        assert "theory" not in shown
        await pilot.press("escape")
        assert "fp16" in app.main.as_text()
        assert "theory" in app.main.as_text()


@pytest.mark.heavy
async def test_leaving_forgets_nothing() -> None:
    """Escape closes what is open first; the tour goes on where it was left, in another run too."""
    async with led() as (app, pilot):
        await pilot.press("right_square_bracket", "tab", "escape")
        assert app.touring.is_open
        await pilot.press("escape")
        assert not app.touring.is_open
        assert app.session.animation.wave.phase is Phase.DONE
        assert app.state.speed == 1.0
        await pilot.press("6")
        assert (tour(app).lesson.name, tour(app).index) == ("chain-rule", 1)
        await pilot.press("right_square_bracket", "6")
    assert read_progress() == Progress("chain-rule", 2)
    async with running() as (app, pilot):
        await pilot.press("6")
        assert (tour(app).lesson.name, tour(app).index) == ("chain-rule", 2)


@pytest.mark.heavy
async def test_quitting_keeps_how_far_one_has_come() -> None:
    """Without leaving the tour first."""
    async with led() as (app, pilot):
        await pilot.press("right_square_bracket", "q")
    app.touring.leave()
    assert read_progress() == Progress("chain-rule", 1)


@pytest.mark.heavy
async def test_before_an_audience_there_are_large_words_and_hints_on_demand() -> None:
    """The text is the speaker's; leaving gives the screen back."""
    async with led(presents=True) as (app, pilot):
        assert app.main.presenting
        note = tour(app).step.note
        assert note not in told(app)
        assert "next" not in told(app)
        await pilot.press("6")
        assert note in told(app)
        assert "next" in told(app)
        await pilot.press("escape")
        assert not app.main.presenting


@pytest.mark.heavy
async def test_the_language_changes_under_an_open_step() -> None:
    """Everything at once, the step kept."""
    async with led() as (app, pilot):
        await pilot.press("right_square_bracket", "Z")
        assert tour(app).lesson.title == "链式法则"
        assert tour(app).lesson.title in told(app)
        assert tour(app).index == 1
        await pilot.press("Z")
        assert "The chain rule" in told(app)


@pytest.mark.heavy
async def test_without_a_tour_its_keys_say_so() -> None:
    """Instead of doing nothing."""
    async with running() as (app, pilot):
        await pilot.press("right_square_bracket")
        assert "6" in line(app, "why")


@pytest.mark.parametrize(
    "content",
    cases([{"lesson": "gone", "step": 1}, {"lesson": 3}, {"step": "x"}], lambda c: len(c) == 2),
)
async def test_progress_that_makes_no_sense_is_a_new_beginning(content: dict[str, object]) -> None:
    """Also of a lesson that there is no more."""
    write_state("tour", content)
    async with running() as (app, pilot):
        await pilot.press("6")
        assert (tour(app).lesson.number, tour(app).index) == (1, 0)


async def test_an_answer_and_the_keys_of_a_step_can_be_clicked() -> None:
    """As every hint."""
    async with led() as (app, pilot):

        async def click(text: str) -> None:
            rows = told(app).splitlines()
            y = next(y for y, row in enumerate(rows) if text in row)
            await pilot.click(panel(app), offset=(rows[y].index(text), y))
            await pilot.pause()

        await click("about a quarter")
        assert tour(app).expected == 3
        await click("] next")
        assert tour(app).index == 1
        await click("[ back")
        assert tour(app).index == 0
        await click("leave")
        assert not app.touring.is_open


async def test_a_lesson_that_cannot_be_read_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By whichever key one comes to it, and one stays where one is."""

    def read(name: str) -> Lesson:
        if name == "slope":
            raise wrong("in_lesson", file="03-slope.md", why="broken")
        return lesson_read(name)

    monkeypatch.setattr("tui.config.lessons.lesson_read", read)
    async with led("chain-rule", size=(120, 40)) as (app, pilot):
        for _ in range(4):
            await pilot.press("right_square_bracket")
        assert tour(app).lesson.name == "chain-rule"
        assert "03-slope.md: broken" in line(app, "why")
        app.touring.close()
        app.touring.open("weights")
        await pilot.press("left_square_bracket")
        assert tour(app).lesson.name == "weights"
        assert "03-slope.md: broken" in line(app, "why")
