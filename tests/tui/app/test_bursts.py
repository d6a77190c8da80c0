"""Keys in one write: before a panel or a screen is up, and after it has gone."""

from itertools import product
from pathlib import Path

import pytest
from rich.style import Style
from textual import events

from engine import Experiment
from tests.support.app import line, running
from tests.support.app_training import step, ticks, training
from tests.support.monkey import IN_LISTS, WAIT, Step
from tests.support.monkey_app import do
from tui.screens.layers_table import LayersTable

OPENING = ("A", "X", "tab", "e", "y", "d", "colon", "question_mark", "z")
ENDS = [("enter", "enter"), ("enter", "escape"), ("escape", "escape"), ("slash", "x", "escape")]
ALL = [*product(OPENING, IN_LISTS), *((key, *end) for key in OPENING for end in ENDS)]
SOME = [
    *[("colon", "pagedown"), ("colon", "enter", "enter"), ("colon", "escape", "escape")],
    *[("tab", "escape", "escape"), ("A", "pagedown")],
]
SHRINKS: list[Step] = [("resize", 1, 1)]
HEAVY = [pytest.param(ALL, end, marks=pytest.mark.heavy) for end in ([], SHRINKS)]


@pytest.mark.parametrize(
    ("bursts", "end"),
    [(SOME, []), ([("colon",)], SHRINKS), *HEAVY],
    ids=["some", "one without room", "all", "all without room"],
)
async def test_keys_in_one_write(
    bursts: list[tuple[str, ...]],
    end: list[Step],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever opens and whatever comes in the same breath, also while the room vanishes."""
    monkeypatch.chdir(tmp_path)
    async with running((60, 16), depth=3, width=4) as (app, _):
        for index, keys in enumerate(bursts):
            # between two keys the app may do nothing, a little, or a little more
            turns = index % 6
            steps = [step for key in keys for step in (("key", key), ("turns", turns))]
            await do(app, *steps, *end, WAIT, ("resize", 60, 16), WAIT)
            await do(app, ("key", "escape"), WAIT, ("key", "escape"), WAIT)
            assert app.screen is app.main, keys
            assert app.main.panel is None, keys


@pytest.mark.heavy
async def test_the_palette_does_what_was_chosen_once() -> None:
    """Although enter comes twice, and in one breath with what is searched."""
    async with running(depth=3, width=4) as (app, _):
        await do(app, ("key", "colon"), WAIT, ("type", "one layer more"))
        await do(app, ("key", "enter"), ("key", "enter"), WAIT)
        assert app.state.experiment.network.depth == 4
        assert not app.session.training.run


async def test_an_export_chosen_twice_in_one_write_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is closed at the first enter."""
    monkeypatch.chdir(tmp_path)
    async with running(depth=3, width=4) as (app, _):
        await do(app, ("key", "e"), WAIT, ("key", "enter"), ("key", "enter"), WAIT, WAIT)
        assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.heavy
async def test_an_export_opens_nothing_over_what_was_opened_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It writes once the chart is drawn again; its place has no room on the line."""
    (folder := tmp_path / ("long" * 20)).mkdir()
    monkeypatch.chdir(folder)
    async with running(depth=3, width=4) as (app, _):
        await do(
            app, ("key", "e"), WAIT, ("key", "enter"), ("turns", 10), ("key", "question_mark"), WAIT
        )
        assert len(list(folder.iterdir())) == 1
        assert len(app.screen_stack) == 2


async def test_an_export_ends_where_the_room_vanishes_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for a chart that is drawn, and there no chart ever is."""
    monkeypatch.chdir(tmp_path)
    async with running(depth=3, width=4) as (app, _):
        await do(app, ("key", "e"), WAIT, ("key", "enter"), ("resize", 1, 1), WAIT, WAIT)
        assert len(list(tmp_path.iterdir())) == 1
        assert app.screen is app.main


async def test_a_click_on_a_row_that_has_gone_does_nothing() -> None:
    """The table was longer when the mouse was pressed."""
    async with running(depth=3, width=4) as (app, _):
        await do(app, ("key", "v"), WAIT)
        table = app.main.query_one(LayersTable)
        for row, column in ((40, 1), (-1, 40), (40, 40)):
            style = Style(meta={"row": row, "column": column})
            table.post_message(events.Click(table, 1, 1, 0, 0, 1, False, False, False, style=style))
        await do(app, WAIT)
        assert (app.state.cursor, app.state.sort) == (1, "layer")


@pytest.mark.heavy
async def test_the_palette_changes_nothing_behind_a_panel() -> None:
    """Refused with a word, as an action is."""
    async with running(depth=3, width=4) as (app, _):
        before = app.state.experiment
        await do(app, ("key", "tab"), WAIT, ("key", "colon"), WAIT)
        await do(app, ("type", "preset dying"), ("key", "enter"), WAIT)
        assert "close the panel" in line(app, "why")
        assert app.state.experiment == before != Experiment()


async def test_nothing_moves_before_keys_that_wait() -> None:
    """A frame between two keys of a burst would try suggestions for a network that is left."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        app._driver.is_behind = True  # type: ignore[union-attr]
        await ticks(app, pilot, 3)
        assert step(app) == 0
        app._driver.is_behind = False  # type: ignore[union-attr]
        await ticks(app, pilot, 3)
        assert step(app) > 0
