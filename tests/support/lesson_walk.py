"""A learner who does what each step of a lesson asks for, in the app, its clock in the hand."""

import asyncio
from collections.abc import Callable, Iterator

from textual.pilot import Pilot

from tests.support.app_training import Clock
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.session.guide import DONE_SECONDS
from tui.state.lessons import Step
from tui.state.scene import Scene
from tui.state.tour import Stage, Tour
from tui.views.tour_lines import TourLines

FRAME = 0.1
"""Seconds of a frame."""

PATIENCE = 3000
"""Frames after which what is waited for does not come."""

Look = Callable[[ChainruleApp, Tour], None]
"""What is done at each stage of each step."""


def tour_of(app: ChainruleApp) -> Tour:
    """Where the learner is."""
    tour = app.touring.guide.tour
    assert tour is not None
    return tour


class Walk:
    """Through one lesson; `look` sees the screen whenever there is something new to read."""

    def __init__(self, app: ChainruleApp, pilot: Pilot[None], look: Look) -> None:
        self._app, self._pilot, self._look = app, pilot, look
        self.answers: list[int | None] = []

    async def through(self, name: str) -> None:
        """From its first step to its last."""
        self._app.touring.open(name)
        steps = len(tour_of(self._app).lesson.steps)
        for index in range(steps):
            await self._until(lambda: tour_of(self._app).begun is not None, f"step {index + 1}")
            assert tour_of(self._app).index == index
            await self._step()

    async def _step(self) -> None:
        tour, press = tour_of(self._app), self._pilot.press
        await self._settled()
        await self._read()
        if tour.question is not None:
            await press("1" if tour.question.choices else "enter")
            await self._read()
        await press(*tour.step.keys)
        if tour.question is not None:
            await self._until(lambda: tour_of(self._app).stage is Stage.COMPARED, "comparison")
            await self._settled()
            self._trained_just_so_far(tour.step)
            await self._read()
            self.answers.append(tour_of(self._app).right)
            await press("enter")
        elif tour.step.until:
            await self._until(lambda: tour_of(self._app).stage is Stage.DONE, "condition")
            await self._read()
            self._app.session.clock.now += DONE_SECONDS  # type: ignore[attr-defined]
            self._app.tick()
        else:
            await self._settled()
            await self._read()
            await press("right_square_bracket")

    def _trained_just_so_far(self, step: Step) -> None:
        for condition in step.until:
            if condition.name == "trained":
                assert self._app.state.run.step == int(condition.arguments[0])

    async def _read(self) -> None:
        await self._pilot.pause()
        self._look(self._app, tour_of(self._app))

    async def _settled(self) -> None:
        """Until nothing is computed and nothing moves, but for a wave that waits for its answer."""
        session = self._app.session
        await self._until(
            lambda: (
                not session.is_computing
                and (session.animation.wave.held or not session.animation.moving)
            ),
            "rest",
        )

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        frames = 0
        while not holds():
            if self._is_in_a_thread():
                # it needs the interpreter, and as long as it takes
                await asyncio.sleep(0.001)
            else:
                frames += 1
            self._app.session.clock.now += FRAME  # type: ignore[attr-defined]
            self._app.tick()
            await self._pilot.pause()
            if frames > PATIENCE:
                tour = tour_of(self._app)
                raise AssertionError(f"{tour.lesson.name}, step {tour.index + 1}: no {what}")

    def _is_in_a_thread(self) -> bool:
        """Whether a pass or a step is at work there."""
        session = self._app.session
        run = session.training.run
        return session.is_computing or (run is not None and run.is_busy)


def learner() -> ChainruleApp:
    """The app for a walk."""
    return ChainruleApp(experiment_of(), clock=Clock(), ticking=False, motion="full")


def rows_of(app: ChainruleApp) -> Iterator[str]:
    """The tour's room, row by row."""
    room = app.main._tour
    panel = room.beside if room.beside.display else room.under
    for y in range(panel.size.height):
        yield panel.render_line(y).text.strip()


def rows_in_full(app: ChainruleApp, tour: Tour) -> Iterator[str]:
    """What would stand there if there were room for everything."""
    room = app.main._tour
    panel = room.beside if room.beside.display else room.under
    scene = app.session.scene(app.main.wants(app.state, app.session.trace, True))
    assert isinstance(scene, Scene)
    lines = TourLines(app.main._painter, app.actions, panel.size.width, 60, panel is room.beside)
    return (strip.text.strip() for strip in lines.told(tour, scene))
