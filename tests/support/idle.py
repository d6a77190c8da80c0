"""Waiting until a Textual app has nothing left to do: by events, not by the clock.

Textual's own `wait_for_idle` sleeps for 20 ms or more a call, which is most of the time of a test
that presses keys. Here a wait ends as soon as no task of the loop can run, which implies that every
message queue is empty, and no repaint and no resize is due; those that are due are done at once
rather than at the next tick of their timers. Threads are not waited for: `until` does that.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import textual.app
import textual.pilot
from textual._context import active_app


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app that is under test is idle; the arguments are those of Textual's."""
    while True:
        await all_tasks_wait()
        if not do_what_is_due():
            return


async def all_tasks_wait() -> None:
    """Until every other task waits for a timer, a thread or input."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


def do_what_is_due() -> bool:
    """Resize and repaint now what a timer would in a moment; whether there was anything."""
    app = active_app.get(None)
    if app is None or app._exit:
        return False
    due: list[Callable[[], Any]] = []
    if app._resize_timer is not None:
        due.append(app._check_resize)
    due += [s._on_timer_update for s in app.screen_stack if s._update_timer._active.is_set()]
    for act in due:
        act()
    return bool(due)


async def until(holds: Callable[[], object]) -> None:
    """Wait for what a thread or a worker of Textual brings."""
    async with asyncio.timeout(30):
        while not holds():
            # yields to the thread too, which needs the interpreter
            await asyncio.sleep(0.001)


def install() -> None:
    """Let pilots and pressed keys wait this way."""
    for module in (textual.app, textual.pilot):
        setattr(module, "wait_for_idle", wait_for_idle)  # noqa: B010
