"""The app with a terminal that only keeps what is written to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rich.console import COLOR_SYSTEMS
from textual import events
from textual._compositor import LayoutUpdate
from textual.driver import Driver
from textual.geometry import Size
from textual.pilot import Pilot

from tests.support.experiments import experiment_of
from tests.support.whole_writes import whole
from tui.app import ChainruleApp
from tui.terminal.textual_updates import placed_strips


class RecordingDriver(Driver):
    """Keeps what is written until it is taken."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._written: list[str] = []

    def write(self, data: str) -> None:
        """Keep it."""
        self._written.append(data)

    @property
    def first(self) -> str:
        """The first of it that is a picture."""
        return next(text for text in self._written if text.startswith("\x1b[m"))

    def taken(self) -> str:
        """What was written since it was last taken."""
        text = "".join(self._written)
        self._written.clear()
        return text

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size."""
        size = Size(width, height)
        self._app.post_message(events.Resize(size, size))

    def start_application_mode(self) -> None:
        """Tell the size."""
        assert self._size is not None
        asyncio.get_running_loop().call_soon(self.resize, *self._size)

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """Nothing was begun."""


class RecordedApp(ChainruleApp):
    """The app on a `RecordingDriver`."""

    def get_driver_class(self) -> type[Driver]:
        """The one that keeps all."""
        return RecordingDriver

    @property
    def terminal(self) -> RecordingDriver:
        """What it writes to."""
        assert isinstance(self._driver, RecordingDriver)
        return self._driver

    def full_repaint(self) -> str:
        """The whole screen, as Textual makes it for the first time."""
        update = self.screen._compositor.render_update(
            full=True, screen_stack=self._background_screens
        )
        assert isinstance(update, LayoutUpdate)
        return whole(placed_strips(update)[1], COLOR_SYSTEMS[self.console.color_system or ""])


@asynccontextmanager
async def recorded(
    size: tuple[int, int] = (80, 24), motion: str = "reduced", **settings: Any
) -> AsyncIterator[tuple[RecordedApp, Pilot[None]]]:
    """The app on an experiment, its clock stopped, its output kept."""
    app = RecordedApp(experiment_of(**settings), motion=motion, ticking=False)
    async with app.run_test(headless=False, size=size) as pilot:
        await pilot.pause()
        yield app, pilot
