"""The app under test, its clock stopped, and what stands on its screen as text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.screens.drawn import Line
from tui.screens.main_app import MainApp


async def ticked(app: ChainruleApp, times: int = 40) -> None:
    """Let the app have its spare time."""
    for _ in range(times):
        app.tick()


@asynccontextmanager
async def running(
    size: tuple[int, int] = (80, 24), motion: str = "reduced", **settings: Any
) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app on an experiment, its clock stopped."""
    app = ChainruleApp(experiment_of(**settings), motion=motion, ticking=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def line(app: MainApp, name: str) -> str:
    """The text of one of the screen's lines."""
    return app.main.query_one(f"#{name}", Line).text.plain


def chart_rows(app: ChainruleApp) -> list[str]:
    """The chart as text."""
    chart = app.main.query_one("#chart")
    return [chart.render_line(y).text for y in range(chart.size.height)]


def view_rows(app: Any, name: str) -> list[str]:
    """A view as text."""
    view = app.main.query_one(f"#{name}")
    return [view.render_line(y).text for y in range(view.size.height)]
