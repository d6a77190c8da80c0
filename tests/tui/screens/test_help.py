"""Help: every action, its search, and the keys that close it."""

import pytest
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from tests.support.app import running
from tests.support.heavy import cases
from tui.screens.help import HelpScreen, matches
from tui.screens.laid_out import LaidOut
from tui.state.actions import ACTIONS
from tui.words.actions import action_words
from tui.words.language import CHINESE, current, speaking


async def test_help_lists_every_action() -> None:
    """From the table; escape closes it."""
    async with running(size=(100, 60)) as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        from rich.console import Console

        from tui.screens.help import help_table

        console = Console(width=120)
        with console.capture() as captured:
            console.print(help_table())
        text = captured.get()
        assert all(action_words(action.id).label in text for action in ACTIONS)
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize(
    ("words", "found"),
    cases(
        [("batchnorm", "toggle_batch_norm"), ("ctrl+z", "suspend"), ("share copy", "copy_command")],
        lambda case: case[0] == "share copy",
    ),
)
async def test_help_can_be_searched(words: str, found: str) -> None:
    """By name, key or group, in any order; what does not match is gone."""
    async with running() as (app, pilot):
        await pilot.press("question_mark", "slash", words[0])
        typed = app.screen.query_one(Input)
        assert typed.value == words[0]
        typed.value = words
        await pilot.pause()
        left = [action.id for action in ACTIONS if matches(action, words)]
        assert found in left
        assert len(left) < 5
        content = app.screen.query_one("#table", Static).content
        assert isinstance(content, LaidOut)
        assert content.table.row_count < 3 * len(left) + 1
        await pilot.press("escape")
        assert len(app.screen_stack) == 1


@pytest.mark.heavy
async def test_help_goes_to_its_ends_by_a_key() -> None:
    """As a pager does; a letter that is typed into the search stays one."""
    async with running() as (app, pilot):
        await pilot.press("question_mark")
        keys = app.screen.query_one(VerticalScroll)
        for to_end, to_top in (("end", "home"), ("G", "g")):
            await pilot.press(to_end)
            assert keys.scroll_offset.y == keys.max_scroll_y > 0
            await pilot.press(to_top)
            assert keys.scroll_offset.y == 0
        await pilot.press("slash", "g")
        assert app.screen.query_one(Input).value == "g"


@pytest.mark.parametrize("key", cases(["question_mark", "q", "escape"], lambda key: key == "q"))
async def test_help_closes_by_what_opened_it(key: str) -> None:
    """And by the usual keys; arrows scroll it."""
    async with running() as (app, pilot):
        await pilot.press("question_mark", "down", "pagedown")
        assert app.screen.query_one(VerticalScroll).scroll_offset.y == 11
        await pilot.press(key)
        assert len(app.screen_stack) == 1


@pytest.mark.heavy
async def test_the_language_changes_under_a_screen() -> None:
    """Its key comes through, except for where one types."""
    async with running(size=(100, 40)) as (app, pilot):
        await pilot.press("question_mark", "Z")
        assert app.screen.query_one(Input).placeholder == "/ 搜索按键"
        await pilot.press("slash", "Z")
        assert (current(), app.screen.query_one(Input).value) == (CHINESE, "Z")


def test_help_is_searched_with_an_input_method_on() -> None:
    """Letters and punctuation of either width, in any language by the action's English id."""
    copy = next(action for action in ACTIONS if action.id == "copy_command")
    for words in ("ｃｏｐｙ", "copy"):
        assert matches(copy, words)
    with speaking(CHINESE):
        assert matches(copy, "复制")
        assert matches(copy, "copy")
