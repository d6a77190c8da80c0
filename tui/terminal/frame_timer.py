"""Frames exactly while something moves and somebody looks: at rest no timer runs."""

import os
from collections.abc import Callable

from textual.app import App
from textual.timer import Timer


class FrameTimer:
    """Calls `tick` for each frame while `is_active()`; `begins` when time starts to count again."""

    def __init__(
        self,
        app: App[None],
        tick: Callable[[], None],
        begins: Callable[[], None],
        is_active: Callable[[], bool],
    ) -> None:
        self._app, self._tick, self._begins, self._is_active = app, tick, begins, is_active
        self._timer: Timer | None = None
        self._runs = False

    def start(self) -> None:
        """From here on it runs when there is something to do; the app must be mounted."""
        fps = float(os.environ.get("TEXTUAL_FPS", "30"))
        self._timer = self._app.set_interval(1 / fps, self._tick, pause=True)

    def settle(self) -> None:
        """Run, or rest."""
        if not (self._is_active() and self._app.app_focus):
            self.rest()
        elif not self._runs and self._timer is not None:
            self._runs = True
            self._begins()
            self._timer.resume()

    def rest(self) -> None:
        """Stand still until the next `settle`."""
        self._runs = False
        if self._timer is not None:
            self._timer.pause()
