"""The app with the tour open, and what stands in its room."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from tests.support.app import running
from tui.app import ChainruleApp
from tui.screens.tour_panel import TourPanel
from tui.state.tour import Tour


@asynccontextmanager
async def led(
    lesson: str = "chain-rule", presents: bool = False, **options: Any
) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app with the tour open."""
    async with running(**options) as (app, pilot):
        app.touring.open(lesson, presents)
        await pilot.pause()
        yield app, pilot


def tour(app: ChainruleApp) -> Tour:
    """Where one is."""
    told = app.touring.told
    assert isinstance(told, Tour)
    return told


def panel(app: ChainruleApp) -> TourPanel:
    """The one of the two that is there."""
    (shown,) = (found for found in app.main.query(TourPanel) if found.display)
    return shown


def told(app: ChainruleApp) -> str:
    """Its text."""
    return "\n".join(panel(app).render_line(y).text for y in range(panel(app).size.height))
