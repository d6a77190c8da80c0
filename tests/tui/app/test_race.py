"""A race in the app: how it is come by, what its keys do, and what is there again after it."""

import shlex

import pytest

from engine import run
from tests.support.app_training import SMALL, Clock, training
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tests.support.screens import rows, too_wide
from tui.app import ChainruleApp
from tui.commands.parser import parse
from tui.commands.race import pair_of
from tui.screens.command import ShareScreen
from tui.screens.help import HelpScreen
from tui.screens.race import RaceScreen
from tui.session.race import Race
from tui.state.presets import PRESETS
from tui.state.race import Shown


def race(app: ChainruleApp) -> Race:
    """The one that is seen."""
    assert isinstance(app.screen, RaceScreen)
    return app.screen.race


def shown(app: ChainruleApp) -> Shown:
    """What is on its screen."""
    found = race(app).scene().shown
    assert found is not None
    return found


def frames(app: ChainruleApp, count: int) -> None:
    """So many frames of a tenth of a second."""
    clock = app.session.clock
    assert isinstance(clock, Clock)
    for _ in range(count):
        clock.now += 0.1
        app.tick()


async def test_v_races_the_pinned_one_and_leaves_all_as_it_was() -> None:
    """Without two there is a word; escape and V leave, and V comes back to where it stood."""
    async with training() as (app, pilot):
        await pilot.press("V")
        assert [said.code for said in app.state.notices] == ["race_needs_pin"]
        await pilot.press("p", "V")
        assert [said.code for said in app.state.notices] == ["race_of_one"]
        await pilot.press("a", "full_stop", "m")
        before = app.state
        await pilot.press("V")
        frames(app, 3)
        await pilot.press("space")
        step = shown(app).step
        assert step > 0
        for which, trace in enumerate(shown(app).traces):
            alone = run(race(app).pair[which], step, evaluates=True)
            assert (trace.loss, trace.test_accuracy) == (alone.loss, alone.test_accuracy)
        await pilot.press("escape")
        assert app.screen is app.main
        assert app.state == before
        await pilot.press("V")
        assert shown(app).step == step
        assert not race(app).playing
        await pilot.press("V")
        assert app.screen is app.main
        assert app.state == before


async def test_keys_of_a_race_are_its_own() -> None:
    """A key of the main screen does nothing below it."""
    async with training() as (app, pilot):
        await pilot.press("p", "up", "V", "space")
        before = app.state
        await pilot.press("end", "m", "less_than_sign", "a", "up", "1", "X", "tab", "6")
        assert app.state == before
        state = race(app).state
        assert (state.cursor, state.metric, state.pace) == (7, "delta", 100.0)
        await pilot.press("full_stop", "full_stop", "comma")
        assert [trace.step for trace in shown(app).traces] == [1, 1]
        await pilot.press("backspace")
        assert shown(app).step == 0


async def test_quitting_asks_where_a_long_race_would_be_lost() -> None:
    """In the race, which stands still then, and after it."""
    async with training() as (app, pilot):
        await pilot.press("p", "a", "V")
        frames(app, 2)
        app.session.clock.now += 20  # type: ignore[attr-defined]
        frames(app, 1)
        await pilot.press("q")
        assert [said.code for said in race(app).state.notices] == ["quit_asks"]
        assert not race(app).playing
        assert app.is_running
        await pilot.press("escape", "q")
        assert [said.code for said in app.state.notices] == ["quit_asks"]
        await pilot.press("q")
        assert not app.is_running


@pytest.mark.heavy
async def test_the_copied_command_races_the_same_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever their flags."""
    copied: list[str] = []
    monkeypatch.setattr(ChainruleApp, "copy_to_clipboard", lambda self, text: copied.append(text))
    async with training(size=(160, 24)) as (app, pilot):
        await pilot.press("p", "a", "w", "V", "space", "y")
        assert isinstance(app.screen, ShareScreen)
        await pilot.press("escape")
        assert pair_of(parse(shlex.split(copied[0])[1:])) == race(app).pair


async def test_a_preset_has_both_start_at_once_over_what_was_there() -> None:
    """From the list; the experiment below stays."""
    async with training() as (app, _pilot):
        before = app.state.experiment
        app.openers.take_preset(PRESETS["race-remedies"])
        await _pilot.pause()
        assert race(app).playing
        assert race(app).pair == (
            PRESETS["race-remedies"].experiment,
            PRESETS["race-remedies"].rival,
        )
        assert app.state.experiment == before


@pytest.mark.parametrize(
    "room", cases(["60x16", "80x24", "120x40", "200x50"], lambda room: room == "60x16")
)
async def test_both_are_told_at_every_size(room: str) -> None:
    """Their names, losses, accuracies, the one that is ahead, and the keys."""
    width, height = map(int, room.split("x"))
    async with training(size=(width, height)) as (app, pilot):
        await pilot.press("p", "a", "i", "V", "space", "full_stop")
        await pilot.pause()
        text = rows(app)
        assert len(text) == height
        whole = "\n".join(text)
        for part in (
            " A  tanh",
            " B  relu",
            "step 1",
            "AHEAD",
            "loss ",
            "test ",
            "the same batches",
        ):
            assert part in whole
        assert sum("output" in row for row in text) == 2
        assert "leave" in text[-1]
        assert not too_wide(app)
        await pilot.press("end", "home", "backspace")
        await pilot.pause()
        assert "NOT YET" in "\n".join(rows(app))


@pytest.mark.heavy
async def test_a_click_moves_the_cursor_in_either_chart() -> None:
    """And the wheel."""
    async with training() as (app, pilot):
        await pilot.press("p", "up", "V", "space", "home")
        await pilot.click(offset=(75, 8))
        first = race(app).state.cursor
        await pilot.press("home")
        await pilot.click(offset=(75, 19))
        assert (first, race(app).state.cursor) == (6, 7)


@pytest.mark.heavy
async def test_it_is_there_again_when_it_has_room_again() -> None:
    """Nothing is lost by it; one that was left stays so."""
    async with training() as (app, pilot):
        await pilot.press("p", "a", "V", "space", "full_stop")
        for _again in range(2):
            await pilot.resize_terminal(50, 10)
            await pilot.pause()
            assert app.screen is app.main
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert (shown(app).step, race(app).playing, race(app).is_seen) == (1, False, True)
        await pilot.press("escape")
        for size in ((50, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.screen is app.main


async def test_help_lists_the_keys_that_a_race_takes() -> None:
    """And no others; it stands still below, and goes on after that."""
    async with training() as (app, pilot):
        await pilot.press("p", "a", "V", "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert not app.controller.in_race
        told = {action.id for action in app.screen._actions}
        assert {"play", "step_back", "close", "help"} <= told
        assert told.isdisjoint({"next_activation", "pin", "legend"})
        await pilot.press("escape")
        await pilot.pause()
        assert race(app).is_seen
        assert race(app).playing


async def test_frames_run_as_long_as_it_is_seen_to_go_on() -> None:
    """From its key on, not while it stands still, and again after what lay over it."""
    app = ChainruleApp(experiment_of(**SMALL), motion="reduced")
    async with app.run_test() as pilot:
        await pilot.press("p", "a", "V")
        assert app._frames.runs
        await pilot.press("space")
        assert not app._frames.runs
        await pilot.press("space", "y")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app._frames.runs
        await pilot.press("escape")
        assert not race_left(app).playing


async def test_keys_in_one_breath_go_to_what_is_opened_and_left() -> None:
    """Before a screen has been told that it is there, or gone."""
    async with training() as (app, pilot):
        for key in ("pin", "next_activation", "race", "play", "step_forward"):
            await app.perform(key)
        assert [trace.step for trace in shown(app).traces] == [1, 1]
        assert app.session.training.run is None
        for key in ("close", "view_training", "step_forward"):
            await app.perform(key)
        assert app.state.run.step == 1
        await pilot.pause()


def race_left(app: ChainruleApp) -> Race:
    """The one that raced last."""
    assert app.controller.race is not None
    return app.controller.race
