"""Frames exactly while something moves and somebody looks: at rest no timer runs."""

import asyncio
import contextvars
from collections.abc import Callable

from tui.terminal.sparing_app import SparingApp


class FrameTimer:
    """Calls `tick` for each frame while `is_active()`; `begins` when time starts to count again.

    No frame is made that could not be sent; after a late one the next comes at once.
    """

    def __init__(
        self,
        app: SparingApp,
        tick: Callable[[], None],
        begins: Callable[[], None],
        is_active: Callable[[], bool],
    ) -> None:
        self._app, self._link = app, app.link
        self._tick, self._begins, self._is_active = tick, begins, is_active
        self._context: contextvars.Context | None = None
        self._handle: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._runs = False

    def start(self) -> None:
        """From here on it runs when there is something to do; the app must be mounted."""
        # that of the app, whoever lets it go on
        self._context = contextvars.copy_context()

    def settle(self) -> None:
        """Run, or rest."""
        if not (self._is_active() and self._app.app_focus):
            self.rest()
        elif not self._runs and self._context is not None:
            self._runs = True
            self._begins()
            self._go_on()

    def rest(self) -> None:
        """Stand still until the next `settle`."""
        self._runs = False
        if self._handle is not None:
            self._handle.cancel()

    def _frame(self) -> None:
        if not self._app.is_running:
            return
        if not self._link.is_free:
            self._link.when_free(self._go_on)
            return
        self._tick()
        self._go_on()

    def _go_on(self) -> None:
        # not an interval timer of Textual's: one that is late leaves out up to two frames
        if self._runs and self._context is not None:
            loop = asyncio.get_running_loop()
            self._due = max(self._due + 1 / self._link.fps, loop.time())
            if self._handle is not None:
                self._handle.cancel()
            self._handle = loop.call_at(self._due, self._frame, context=self._context)
