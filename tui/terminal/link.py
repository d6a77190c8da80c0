"""When frames go to the terminal: never more than the link carries, and the newest state wins.

A frame ends with a question, which a terminal answers when it has drawn the frame. One that answers
none gets frames at a fixed rate. Now and then, and where an answer is late, a reminder is sent,
which is answered in another way: all that was asked before it is then answered or never will be.
"""

import math
import time
from asyncio import TimerHandle
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tui.state.link_numbers import LinkNumbers

PATIENCE = 2.0
"""Seconds after which a question counts as unanswered and a silent terminal is asked again."""
LATE_TRIPS, LATE_SECONDS = 4, 0.25
"""Round trips, or seconds if these are more, after which an answer that others wait for is late."""
REMINDER_SECONDS = 0.5
"""Between two reminders while frames go on: a lost answer would hold back one of them for ever."""
WINDOW = 10.0
"""Seconds over which the shortest round trip counts."""
BURST_SECONDS = 0.1
"""Between two frames while more was typed than the app has dealt with."""
HURRY_SECONDS = 0.1
"""After something was typed, in which frames do not wait: its answer need not be the first."""
SLOW_LINK, SPARE_SECONDS = 50_000, 0.1
"""Bytes a second that a link should carry, and for how long it may have more than it holds."""


@dataclass
class _Frame:
    """What the terminal was asked about and when; alone, if nothing else was under way then.

    A reminder is about none.
    """

    sent: float
    size: int
    is_alone: bool
    is_written: bool = False
    is_reminder: bool = False


def _take(under_way: deque[_Frame], is_reminder: bool) -> _Frame | None:
    """Take away what an answer is to and all before it, where that is of another kind."""
    if not any(frame.is_reminder == is_reminder for frame in under_way):
        return None
    while (frame := under_way.popleft()).is_reminder != is_reminder:
        pass
    return frame


class Link:
    """Decides when a frame is made and sent, `fps` a second at most but for answers to keys.

    Once it is connected `write` sends a frame, with the question where that is true, `remind` sends
    a reminder, `later` calls a function after some seconds, and `is_behind` tells whether keys
    wait. All is called on the event loop.
    """

    def __init__(self, fps: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.fps, self._clock = fps, clock
        self._write: Callable[[str, bool], object] = lambda frame, asks: None
        self._remind: Callable[[], object] = lambda: None
        self._later: Callable[[float, Callable[[], None]], TimerHandle] | None = None
        self._is_behind: Callable[[], bool] = lambda: False
        self._timer: TimerHandle | None = None
        self.forget()

    def connect(
        self,
        write: Callable[[str, bool], object],
        remind: Callable[[], object],
        later: Callable[[float, Callable[[], None]], TimerHandle],
        is_behind: Callable[[], bool],
    ) -> None:
        """Frames can be sent from here on."""
        self._write, self._remind = write, remind
        self._later, self._is_behind = later, is_behind

    @property
    def is_connected(self) -> bool:
        """Whether there is a terminal whose driver knows of it."""
        return self._later is not None

    def forget(self) -> None:
        """Whoever holds the terminal now: nothing is under way, and it has not answered."""
        self._stop_timer()
        self._make: Callable[[], str] | None = None
        self._freed: Callable[[], None] | None = None
        self._under_way: deque[_Frame] = deque()
        self._round_trips: deque[tuple[float, float]] = deque()
        self._sent: deque[tuple[float, int]] = deque()
        self._sent_at = self._due = self._asked_at = self._typed_at = -math.inf
        self._reminded_at = -math.inf
        self._first_asked_at: float | None = None
        self.is_answered, self._is_written = False, True

    # what is to be sent

    def show(self, make: Callable[[], str]) -> None:
        """There is something new: `make` gives the frame once it can be sent, or nothing."""
        self._make = make
        self._go_on()

    def when_free(self, call: Callable[[], None]) -> None:
        """Call it, once, when a frame that is made can be sent."""
        self._freed = call
        self._go_on()

    def hurry(self) -> None:
        """Somebody typed: for a moment frames do not wait for their turn."""
        self._typed_at = self._clock()

    @property
    def is_free(self) -> bool:
        """Whether a frame that is made now can be sent."""
        return self._make is None and self._has_room

    @property
    def seconds_in_burst(self) -> float:
        """For how long the next picture waits because keys do."""
        wait = self._sent_at + BURST_SECONDS - self._clock()
        return max(wait, 0.0) if self._is_behind() else 0.0

    # what becomes of it

    def asked(self) -> None:
        """The terminal was asked without a frame."""
        self._expect(0)

    def written(self, at: float) -> None:
        """All has left the program, at that time."""
        self._is_written = True
        for frame in self._under_way:
            if not frame.is_written:
                frame.sent, frame.is_written = max(frame.sent, at), True
        self._go_on()

    def remind_if_late(self) -> None:
        """Ask again where the oldest answer should have come by now."""
        if self.is_answered and self._under_way and self._clock() >= self._late_at:
            self._ask_again()

    def answered(self, at: float, is_reminder: bool = False) -> None:
        """The terminal has answered, at that time; without a question it is no answer."""
        frame = _take(self._under_way, is_reminder)
        if frame is None:
            return
        self.is_answered = True
        # behind others it would have waited for them
        if frame.is_alone:
            while self._round_trips and self._round_trips[0][0] < at - WINDOW:
                self._round_trips.popleft()
            self._round_trips.append((at, max(at - frame.sent, 0.0)))
        self._go_on()

    def expects_more_than(self, answers: Iterable[bool]) -> bool:
        """Whether others may still come after these that it was not given: is it of a reminder?"""
        # the oldest are answered first, also those that came too late to wait for
        under_way = self._under_way.copy()
        for is_reminder in answers:
            _take(under_way, is_reminder)
        return bool(under_way) and under_way[-1].sent > self._clock() - PATIENCE

    @property
    def statistics(self) -> LinkNumbers:
        """How it does."""
        since = self._clock() - 1
        recent = [size for at, size in self._sent if at >= since]
        trip = self._round_trip if self.is_answered and self._round_trips else None
        first = self._first_asked_at
        is_new = first is not None and self._clock() < first + PATIENCE
        return LinkNumbers(len(recent), sum(recent), trip, is_new=is_new)

    # how much at a time

    @property
    def _round_trip(self) -> float:
        return min((seconds for _, seconds in self._round_trips), default=0.0)

    @property
    def _most_frames(self) -> int:
        """How many may be under way: one alone where the round trip is not known any more."""
        if not self._round_trips or self._round_trips[-1][0] < self._clock() - WINDOW:
            return 1
        return math.ceil(self._round_trip * self.fps) + 1

    @property
    def _has_room(self) -> bool:
        if not (self._is_written and self.is_answered):
            return self._is_written
        most = SLOW_LINK * (self._round_trip + SPARE_SECONDS)
        return self._frames_under_way < self._most_frames and self._size_under_way < most

    @property
    def _frames_under_way(self) -> int:
        return sum(not frame.is_reminder for frame in self._under_way)

    @property
    def _size_under_way(self) -> int:
        return sum(frame.size for frame in self._under_way)

    @property
    def _late_at(self) -> float:
        """When the next reminder is due, if something is under way."""
        usual = max(LATE_TRIPS * self._round_trip, LATE_SECONDS)
        asked = max(self._under_way[0].sent, self._reminded_at)
        return asked + usual + self._size_under_way / SLOW_LINK

    def _turn(self, now: float) -> float:
        """When the next frame may be sent."""
        if self._is_behind():
            return self._sent_at + max(BURST_SECONDS, 1 / self.fps)
        return now if now < self._typed_at + HURRY_SECONDS else self._due

    def _go_on(self) -> None:
        """Send what can be sent, and look again when that will have changed."""
        self._stop_timer()
        now = self._clock()
        if self._under_way and now >= self._under_way[0].sent + PATIENCE:
            # without an answer to the reminder alone it goes on as before
            self.is_answered = not self._frames_under_way
            self._under_way.clear()
        if self._make is not None and self._has_room:
            wait = self._turn(now) - now
            if wait > 0:
                self._wake(wait)
                return
            self._send(self._make, now)
        freed = self._freed
        if freed is not None and self.is_free:
            self._freed = None
            freed()
        elif (freed or self._make) and self._is_written and self._under_way:
            self.remind_if_late()
            self._wake(min(self._late_at, self._under_way[0].sent + PATIENCE) - now)

    def _send(self, make: Callable[[], str], now: float) -> None:
        self._make = None
        frame = make()
        if not frame:
            return
        self._is_written = False
        self._sent_at, size = now, len(frame.encode("utf-8", "replace"))
        # one that was late takes nothing from the next, or late ones add up
        next_turn = min(self._due, now) + 1 / self.fps
        self._due = next_turn if next_turn > now else now + 1 / self.fps
        self._sent.append((now, size))
        while self._sent[0][0] < now - 1:
            self._sent.popleft()
        asks = self.is_answered or now >= self._asked_at + PATIENCE
        if asks:
            self._expect(size)
        self._write(frame, asks)
        if self.is_answered and now >= self._reminded_at + REMINDER_SECONDS:
            self._ask_again()

    def _ask_again(self) -> None:
        self._reminded_at = self._clock()
        self._under_way.append(_Frame(self._reminded_at, 0, False, is_reminder=True))
        self._remind()

    def _expect(self, size: int) -> None:
        self._asked_at = self._clock()
        if self._first_asked_at is None:
            self._first_asked_at = self._asked_at
        self._under_way.append(_Frame(self._asked_at, size, not self._frames_under_way))

    def _wake(self, seconds: float) -> None:
        if self._later is not None:
            self._timer = self._later(seconds, self._go_on)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
