"""The app on a small network that trains, on a clock in the hand of the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from tests.support.experiments import experiment_of
from tui.app import ChainruleApp

SMALL = {"depth": 6, "width": 8, "batch_size": 32, "activation": "tanh"}


class Clock:
    """Moves by hand, and by some seconds a look: the more, the fewer steps fit between frames."""

    def __init__(self, look: float = 0.001) -> None:
        self.now, self._look = 0.0, look

    def __call__(self) -> float:
        self.now += self._look
        return self.now


@asynccontextmanager
async def training(
    size: tuple[int, int] = (80, 24), steps: int = 0, screen: Any = None, **settings: Any
) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app on a small network, its clock in the test's hand."""
    experiment = experiment_of(**{**SMALL, **settings})
    app = ChainruleApp(
        experiment, clock=Clock(), ticking=False, steps=steps, screen=screen, motion="full"
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.session.animation.finish()
        yield app, pilot


async def ticks(app: ChainruleApp, pilot: Pilot[None], count: int) -> None:
    """So many frames."""
    for _ in range(count):
        app.session.clock.now += 0.2  # type: ignore[attr-defined]
        app.tick()
    await pilot.pause()


def rows(app: ChainruleApp) -> list[str]:
    """The view of the training as text."""
    view = app.main.query_one("#training")
    return [view.render_line(y).text for y in range(view.size.height)]


def step(app: ChainruleApp) -> int:
    """Of the pass that is shown."""
    assert app.session.trace is not None
    return app.session.trace.step
