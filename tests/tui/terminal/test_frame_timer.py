"""When frames come."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from types import SimpleNamespace
from typing import Any

import pytest

from tui.terminal.frame_timer import FrameTimer

INTERVAL = 0.5


class Loop:
    """An event loop whose time passes by hand."""

    def __init__(self) -> None:
        self.now = 10.0
        self.calls: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        """Its clock."""
        return self.now

    def call_at(self, when: float, call: Callable[[], None], context: Context) -> Any:
        """Keep what is to be called."""
        entry = when, call
        self.calls.append(entry)
        return SimpleNamespace(
            cancel=lambda: self.calls.remove(entry) if entry in self.calls else 0
        )

    def run(self) -> None:
        """What is due next, once it is."""
        when, call = self.calls.pop()
        self.now = max(self.now, when)
        call()


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Loop:
    """In place of the running one."""
    loop = Loop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
    return loop


def frames(tick: Callable[[], None]) -> FrameTimer:
    """A timer that runs, of an app whose link is free."""
    link = SimpleNamespace(fps=1 / INTERVAL, is_free=True)
    app: Any = SimpleNamespace(link=link, app_focus=True, is_running=True)
    timer = FrameTimer(app, tick, lambda: None, lambda: True)
    timer.start()
    timer.settle()
    return timer


@pytest.mark.parametrize(
    ("lasts", "apart"), [(0.0, INTERVAL), (0.9 * INTERVAL, INTERVAL), (1.1 * INTERVAL,) * 2]
)
def test_frames_come_at_their_rate_and_a_late_one_leaves_none_out(
    loop: Loop, lasts: float, apart: float
) -> None:
    """Whatever takes longer than the interval is followed by the next one at once."""
    ticks = []

    def tick() -> None:
        ticks.append(loop.now)
        loop.now += lasts

    frames(tick)
    for _ in range(4):
        loop.run()
    assert ticks == pytest.approx([10.0 + apart * i for i in range(4)])


def test_at_rest_nothing_waits(loop: Loop) -> None:
    """Also where a frame itself brings the rest."""
    timer = frames(lambda: timer.rest())
    loop.run()
    assert not loop.calls
    timer.settle()
    assert len(loop.calls) == 1
    timer.rest()
    assert not loop.calls
