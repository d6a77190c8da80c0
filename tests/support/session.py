"""A session without a screen, its clock in the test's hand."""

from collections.abc import Callable
from typing import Any

from tests.support.experiments import experiment_of
from tui.config.command_line import opened
from tui.session.controller import Controller
from tui.session.session import Session
from tui.state.actions import BY_ID
from tui.state.scene import Scene, Wants

SMALL = {"depth": 6, "width": 8, "batch_size": 32, "activation": "tanh"}


class Clock:
    """Moves a millisecond a look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def started(screen: Any = None, **settings: Any) -> tuple[Session, Controller]:
    """A session that has measured, its wave at its end."""
    session = Session(opened(experiment_of(**{**SMALL, **settings}), screen or {}), Clock())
    session.start()
    session.animation.finish()
    return session, Controller(session, lambda action: BY_ID[action].keys[0])


def scene_of(session: Session, wants: Wants | None = None) -> Scene:
    """What there is to show."""
    scene = session.scene(wants or Wants())
    assert isinstance(scene, Scene)
    return scene


class Later:
    """Keeps what a thread would do, until it is told to do it."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Callable[[], None], Callable[[], None]]] = []

    def __call__(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        self.jobs.append((work, done))

    def run(self) -> None:
        """Do the oldest job."""
        work, done = self.jobs.pop(0)
        work()
        done()
