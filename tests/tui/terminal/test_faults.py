"""What nobody expected ends the app, wherever it happens, and is there to be told."""

import asyncio
import contextlib
import gc
import threading
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.screens.help import HelpScreen
from tui.session.session import Session
from tui.terminal.faults import watched_threads


class Unexpected(Exception):  # noqa: N818
    """On purpose."""


def fail(*_: Any) -> Any:
    """As a defect would."""
    raise Unexpected("on purpose")


async def ended_by(do: Callable[[ChainruleApp, Pilot[None]], Awaitable[object]]) -> Exception:
    """What ended the app when that was done, which is what its caller is told."""
    app = ChainruleApp(experiment_of(depth=3, width=8), motion="reduced", ticking=False)
    # the pilot raises it once more
    with contextlib.suppress(Unexpected, RuntimeError):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await do(app, pilot)
            await pilot.pause()
    assert app.return_code == 1
    assert app.fault is not None
    return app.fault


@pytest.mark.parametrize(
    ("owner", "method", "key"),
    [(HelpScreen, "compose", "?"), (HelpScreen, "on_resize", "?"), (Session, "set_state", "t")],
)
async def test_what_fails_ends_the_app(
    owner: type, method: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that opens, an event, an action."""

    async def press(app: ChainruleApp, pilot: Pilot[None]) -> None:
        monkeypatch.setattr(owner, method, fail)
        await pilot.press(key)

    assert isinstance(await ended_by(press), Unexpected)


async def test_what_fails_while_the_app_ends_is_told() -> None:
    """Though nothing can be shown any more."""

    async def leave(app: ChainruleApp, pilot: Pilot[None]) -> None:
        app._close_all = fail  # type: ignore[method-assign]
        app.exit()

    assert isinstance(await ended_by(leave), Unexpected)


async def test_the_first_fault_is_told() -> None:
    """What goes wrong because of it comes later."""

    async def end_twice(app: ChainruleApp, pilot: Pilot[None]) -> None:
        app.end_with(Unexpected())
        app.end_with(RuntimeError())

    assert isinstance(await ended_by(end_twice), Unexpected)


@pytest.mark.parametrize("error", [Unexpected, SystemExit])
async def test_a_thread_that_fails_ends_the_app(error: type[BaseException]) -> None:
    """Also one that only ends itself: what it had to do is not done."""

    def work() -> None:
        raise error

    async def in_thread(app: ChainruleApp, pilot: Pilot[None]) -> None:
        with watched_threads(app):
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

    fault = await ended_by(in_thread)
    assert error in (type(fault), type(fault.__cause__))


async def test_a_callback_of_the_loop_that_fails_ends_the_app() -> None:
    """As what a signal calls."""

    async def call(app: ChainruleApp, pilot: Pilot[None]) -> None:
        asyncio.get_running_loop().call_soon(fail)

    assert isinstance(await ended_by(call), Unexpected)


@pytest.mark.heavy
async def test_what_a_thread_brings_when_the_app_has_gone_is_let_go() -> None:
    """Without a word."""
    app = ChainruleApp(experiment_of(depth=3, width=8))
    app._loop = asyncio.new_event_loop()
    app._loop.close()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        thread = threading.Thread(target=app._deliver, args=(fail,))
        thread.start()
        thread.join()
        gc.collect()
