"""Keys in one write: before a panel or a screen is up, and after it has gone."""

from contextlib import nullcontext
from itertools import product
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import OptionList

from engine import Experiment
from tests.support.app import line, running
from tests.support.heavy import cases
from tests.support.monkey import IN_LISTS, WAIT, Step
from tests.support.monkey_app import do
from tui.screens.lists import Entries

OPENING = ("A", "X", "tab", "e", "y", "d", "colon", "question_mark", "z")
ENDS = [("enter", "enter"), ("enter", "escape"), ("escape", "escape"), ("slash", "x", "escape")]
ALL = [*product(OPENING, IN_LISTS), *((key, *end) for key in OPENING for end in ENDS)]
ORDINARY = [
    *[("colon", *end) for end in (*ENDS[:3], ("pagedown",), ("home", "end", "up"))],
    *[("tab", "escape", "escape"), ("A", "pagedown", "enter", "enter"), ("d", "escape", "escape")],
]


@pytest.mark.parametrize(
    "bursts", cases([ORDINARY, ALL], lambda bursts: bursts is ORDINARY), ids=["some", "all"]
)
@pytest.mark.parametrize("end", [[], [("resize", 1, 1)]], ids=["room", "no room"])
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


async def test_the_palette_changes_nothing_behind_a_panel() -> None:
    """Refused with a word, as an action is."""
    async with running(depth=3, width=4) as (app, _):
        before = app.state.experiment
        for words in ("activation relu", "preset dying", "theme nord"):
            await do(app, ("key", "tab"), WAIT, ("key", "colon"), WAIT)
            await do(app, ("type", words), ("key", "enter"), WAIT)
            assert "close the panel" in line(app, "why")
            assert app.state.experiment == before != Experiment()
            await do(app, ("key", "escape"), WAIT)


async def test_a_mouse_beside_the_screen_leaves_the_keys_with_the_panel() -> None:
    """The terminal was larger a moment ago."""
    async with running() as (app, _):
        await do(app, ("key", "A"), WAIT, ("click", 300, 100), ("wheel", 300, 100, 1), WAIT)
        assert app.main.panel is not None
        assert app.focused is app.main.panel.entries


class ListApp(App[None]):
    """A list of one kind or the other, with no room as yet."""

    def __init__(self, kind: type[OptionList]) -> None:
        super().__init__()
        self.options = kind("one", "two")

    def compose(self) -> ComposeResult:
        """The list alone."""
        self.options.display = False
        yield self.options


@pytest.mark.parametrize("kind", [OptionList, Entries])
async def test_textual_looks_for_lines_before_there_are_any(kind: type[OptionList]) -> None:
    """Ours does not; once Textual's does not either, ours can go."""
    app = ListApp(kind)
    async with app.run_test():
        app.options.highlighted = 0
        for page in ("action_page_up", "action_page_down"):
            with pytest.raises(KeyError) if kind is OptionList else nullcontext():
                getattr(app.options, page)()
        assert app.options.highlighted == 0
