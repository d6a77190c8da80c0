"""At rest no timer runs, whatever is open."""

from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.events import AppBlur, AppFocus

from tests.support.app import running
from tests.support.monkey import WAIT
from tests.support.monkey_app import do
from tui.app import ChainruleApp

LINES = (("question_mark", "slash", "x"), ("tab", "enter"), ("colon", "x"))
OTHERS = tuple((key,) for key in ("2", "3", "4", "h", "A", "e", "d", "1", "6"))


def _running(app: ChainruleApp) -> list[str]:
    """The timers that are not paused."""
    nodes: list[DOMNode] = [app, *(n for s in app.screen_stack for n in s.walk_children())]
    nodes += app.screen_stack
    timers = [timer for node in nodes for timer in node._timers]
    return [t.name for t in timers if t._active.is_set() and t._task and not t._task.done()]


@pytest.mark.parametrize("opened", [LINES, pytest.param(OTHERS, marks=pytest.mark.heavy)])
async def test_nothing_runs(
    opened: tuple[tuple[str, ...], ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Views, panels and screens, with somebody typing in them."""
    monkeypatch.chdir(tmp_path)
    async with running(depth=3, width=4) as (app, _):
        for keys in opened:
            for key in keys:
                await do(app, ("key", key), WAIT)
            assert _running(app) == [], keys
            await do(app, ("key", "escape"), WAIT, ("key", "escape"), WAIT)


@pytest.mark.parametrize("key", ["ctrl+p", "A"])
async def test_what_opens_while_nobody_looks_has_the_keys_once_somebody_does(key: str) -> None:
    """A palette and a list."""
    async with running(depth=3, width=4) as (app, _):
        await do(app, ("key", key), ("look", False), WAIT, ("look", True), WAIT)
        assert app.focused is not None


async def test_what_moves_stands_still_while_nobody_looks_and_goes_on_after_that() -> None:
    """Without a key."""
    async with running(depth=3, width=4) as (app, pilot):
        frames = app._frames
        frames._is_active = lambda: True
        for event, runs in ((AppBlur(), False), (AppFocus(), True), (AppBlur(), False)):
            app.post_message(event)
            await pilot.pause()
            assert frames.runs == runs
