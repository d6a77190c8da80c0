"""Frames exactly while something moves and somebody looks: at rest no timer runs."""

from __future__ import annotations

import os
from collections.abc import Callable

from textual.app import App

LOCAL_FPS = "30"


class FrameTimer:
    """Calls `tick` for each frame; `begins` is called when time starts to count again.

    `is_active` tells whether frames are wanted.
    """

    def __init__(
        self,
        app: App[None],
        tick: Callable[[], None],
        begins: Callable[[], None],
        is_active: Callable[[], bool],
    ) -> None:
        self._app, self._begins, self._is_active = app, begins, is_active
        fps = float(os.environ.get("TEXTUAL_FPS", LOCAL_FPS))
        self._timer = app.set_interval(1 / fps, tick, pause=True)
        self._runs = False

    def settle(self) -> None:
        """Run, or rest."""
        if not (self._is_active() and self._app.app_focus):
            self.rest()
        elif not self._runs:
            self._runs = True
            self._begins()
            self._timer.resume()

    def rest(self) -> None:
        """Stand still until the next `settle`."""
        self._runs = False
        self._timer.pause()
