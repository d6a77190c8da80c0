"""Frames on a loop with a clock of its own: late ones are made up for, and at rest none comes."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.support.slow_terminal import SlowTerminal
from tui.terminal.frame_timer import FrameTimer
from tui.terminal.sparing_app import SparingApp

FPS = 15


class _Frames:
    """A timer of frames that take `work` seconds, on the clock of a terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = self.terminal = SlowTerminal(1e9, 0.0, FPS)
        self.at: list[float] = []
        self.works: Callable[[], float] = lambda: 0.0
        self.moves = True

        def call_at(when: float, call: Callable[[], None], context: Any) -> Any:
            return terminal.later(when - terminal.now, call)

        loop = SimpleNamespace(time=lambda: terminal.now, call_at=call_at)
        monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
        app = self.app = SimpleNamespace(link=terminal.link, app_focus=True, is_running=True)
        self.timer = FrameTimer(cast(SparingApp, app), self._tick, lambda: None, lambda: self.moves)

    def _tick(self) -> None:
        self.at.append(self.terminal.now)
        self.terminal.now += self.works()
        self.timer.settle()


def test_frames_that_come_late_are_no_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where now and then one takes longer than there is time for it."""
    frames = _Frames(monkeypatch)
    frames.works = lambda: 0.09 if len(frames.at) % 5 == 0 else 0.02
    frames.timer.settle()
    frames.terminal.wait(20)
    assert len(frames.at) / 20 == pytest.approx(FPS, rel=0.02)


def test_slow_frames_leave_time_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between any two."""
    frames = _Frames(monkeypatch)
    frames.works = lambda: 0.2
    frames.timer.settle()
    frames.terminal.wait(20)
    pauses = [b - a for a, b in zip(frames.at, frames.at[1:], strict=False)]
    assert min(pauses) > 0.21


def test_at_rest_nothing_is_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing moves, nobody looks, or the app is left."""
    frames = _Frames(monkeypatch)

    def stand_still() -> None:
        frames.moves = False

    def blur() -> None:
        frames.app.app_focus = False

    def leave() -> None:
        frames.app.is_running = False

    for end in (stand_still, blur, leave):
        frames.moves = frames.app.app_focus = True
        frames.timer.settle()
        frames.terminal.wait(1)
        end()
        frames.terminal.wait(0.2)
        count = len(frames.at)
        frames.terminal.wait(10)
        assert len(frames.at) == count
        assert frames.terminal.is_at_rest
    assert len(frames.at) == pytest.approx(3 * FPS, abs=4)
