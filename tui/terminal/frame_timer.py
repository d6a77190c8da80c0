"""Frames exactly while something moves and somebody looks: at rest no timer runs."""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable
from contextvars import copy_context

from tui.terminal.sparing_app import SparingApp

BREATH = 0.25
"""Of the time between two frames, what is left to others after one that took long."""


class FrameTimer:
    """Calls `tick` for each frame while `is_active()`.

    `begins` is called when time starts to count again, `settled` with whether it rests, each time
    that is found out. No frame is made that could not be sent. Textual's own timer lets up to two
    turns go by for one that was late.
    """

    def __init__(
        self,
        app: SparingApp,
        tick: Callable[[], None],
        begins: Callable[[], None],
        is_active: Callable[[], bool],
        settled: Callable[[bool], None] = lambda is_at_rest: None,
    ) -> None:
        self._app, self._link = app, app.link
        self._tick, self._begins, self._is_active, self._settled = tick, begins, is_active, settled
        self._next: TimerHandle | None = None
        self.runs = False

    def settle(self) -> None:
        """Run, or rest."""
        if not (self._is_active() and self._app.app_focus):
            self.rest()
        elif not self.runs:
            self.runs = True
            # the link calls back from where nothing is known of the app
            self._context = copy_context()
            self._begins()
            self._loop = asyncio.get_running_loop()
            self._due = self._loop.time() + 1 / self._link.fps
            self._go_on()
        self._settled(not self.runs)

    def rest(self) -> None:
        """Stand still until the next `settle`."""
        self.runs = False
        if self._next is not None:
            self._next.cancel()

    def _go_on(self, breath: float = 0.0) -> None:
        if not self.runs:
            return
        if self._next is not None:
            self._next.cancel()
        when = max(self._due, self._loop.time() + breath)
        self._next = self._loop.call_at(when, self._frame, context=self._context)

    def _frame(self) -> None:
        if not self._app.is_running:
            self.runs = False
        elif not self._link.is_free:
            self._link.when_free(self._go_on)
        else:
            self._tick()
            seconds = 1 / self._link.fps
            # one that was missed is made up for, more are not
            self._due = max(self._due + seconds, self._loop.time() - seconds)
            self._go_on(BREATH * seconds)
