"""A terminal behind a slow link, by stepped time: it answers late, in order, or never."""

import heapq
import itertools
from collections.abc import Callable
from typing import Any

from tui.terminal.link import Link


class _Handle:
    """What a loop gives for a call that is to come."""

    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        """It does not come."""
        self.is_cancelled = True


class SlowTerminal:
    """Carries `rate` bytes a second, with `delay` seconds each way.

    `frames` are those that came. It answers while `answers`, but for the next `lost` answers, and
    takes what is written while `takes`. `link` is what sends to it, `calls` counts how often the
    loop was woken, `reminders` how often it was reminded.
    """

    def __init__(self, rate: float, delay: float, fps: float = 15) -> None:
        self.rate, self.delay, self.answers, self.is_behind = rate, delay, True, False
        self.takes, self.lost, self.reminders, self.knows_reminders = True, 0, 0, True
        self.now, self.calls = 100.0, 0
        self.frames: list[tuple[float, str]] = []
        self.sent: list[float] = []
        self.most_under_way = 0
        self._carried_at = 0.0
        self._events: list[tuple[float, int, _Handle, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self.link = Link(fps, lambda: self.now)
        later: Any = self.later
        self.link.connect(self._send, self._be_reminded, later, lambda: self.is_behind)

    def later(self, seconds: float, call: Callable[[], None]) -> _Handle:
        """As a loop does."""
        handle = _Handle()
        heapq.heappush(
            self._events, (self.now + max(seconds, 0), next(self._numbers), handle, call)
        )
        return handle

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now + seconds
        while self._events and self._events[0][0] <= until:
            at, _, handle, call = heapq.heappop(self._events)
            if not handle.is_cancelled:
                self.now, self.calls = max(at, self.now), self.calls + 1
                call()
        self.now = until

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing more will happen."""
        return all(handle.is_cancelled for _, _, handle, _ in self._events)

    def ask(self) -> None:
        """The question at the start."""
        self.link.asked()
        self._answer(self.now)

    def show(self, frame: str) -> float:
        """Something new to see; when it was there to be shown."""
        self.link.show(lambda: frame)
        return self.now

    def animate(self, frame: str, seconds: float) -> None:
        """Frames of that size at the link's rate, as long as it takes them."""
        until = self.now + seconds

        def tick() -> None:
            if self.now >= until:
                return
            if self.link.is_free:
                self.show(frame)
                self.later(1 / self.link.fps, tick)
            else:
                self.link.when_free(tick)

        tick()
        self.wait(seconds)

    def frames_a_second(self, seconds: float) -> float:
        """That were sent in the last so many."""
        return sum(at > self.now - seconds for at in self.sent) / seconds

    def came(self, frame: str) -> float:
        """When a frame was there."""
        return next(at for at, text in self.frames if text == frame)

    def _send(self, frame: str, asks: bool) -> None:
        self.sent.append(self.now)
        self._carried_at = max(self.now, self._carried_at) + len(frame) / self.rate
        if self.takes:
            self.later(0, lambda: self.link.written(self.now))
        self.later(
            self._carried_at + self.delay - self.now, lambda: self.frames.append((self.now, frame))
        )
        self.most_under_way = max(self.most_under_way, len(self.sent) - len(self.frames))
        if asks:
            self._answer(self._carried_at)

    def _be_reminded(self) -> None:
        self.reminders += 1
        if self.knows_reminders:
            self._answer(max(self.now, self._carried_at), is_reminder=True)

    def _answer(self, carried_at: float, is_reminder: bool = False) -> None:
        if self.lost:
            self.lost -= 1
        elif self.answers:
            self.later(
                carried_at + 2 * self.delay - self.now,
                lambda: self.link.answered(self.now, is_reminder),
            )
