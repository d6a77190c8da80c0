"""Frames exactly while something moves and somebody looks: at rest no timer runs."""

from collections.abc import Callable

from textual.timer import Timer

from tui.terminal.sparing_app import SparingApp


class FrameTimer:
    """Calls `tick` for each frame while `is_active()`; `begins` when time starts to count again.

    No frame is made that could not be sent.
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
        self._timer: Timer | None = None
        self._runs = False

    def start(self) -> None:
        """From here on it runs when there is something to do; the app must be mounted."""
        self._timer = self._app.set_interval(1 / self._link.fps, self._frame, pause=True)

    def settle(self) -> None:
        """Run, or rest."""
        if not (self._is_active() and self._app.app_focus):
            self.rest()
        elif not self._runs:
            self._runs = True
            self._begins()
            self._go_on()

    def rest(self) -> None:
        """Stand still until the next `settle`."""
        self._runs = False
        if self._timer is not None:
            self._timer.pause()

    def _frame(self) -> None:
        if self._timer is not None and not self._link.is_free:
            self._timer.pause()
            self._link.when_free(self._go_on)
            return
        self._tick()

    def _go_on(self) -> None:
        if self._runs and self._timer is not None:
            self._timer.resume()
