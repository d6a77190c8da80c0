"""The one runner of everything that takes time: at once where it is short, else in a thread.

A job belongs to a lane; what is in one lane shares something (a network, say) and never runs at
the same time, but for short jobs that may overtake. Results and errors come back on the event loop.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from engine import SettingError
from tui.state.notices import Notice, error_notice, notice

T = TypeVar("T")

KEY_SECONDS = 0.1
"""What a key asks for may hold up the event loop so long."""

FRAME_SECONDS = 0.03
"""What is done again for every frame, or while the cursor moves, may hold it up so long."""

Spawn = Callable[[Callable[[], None], Callable[[], None]], None]
"""Does the first function somewhere else, and then the second on the event loop."""


@dataclass(frozen=True)
class Failed:
    """What a job came to that could not be done: a bad setting, or too little memory."""

    error: SettingError | MemoryError

    def notice(self, no_memory: str = "no_memory") -> Notice:
        """What there is to say of it; `no_memory` is the code for too little memory."""
        if isinstance(self.error, SettingError):
            return error_notice(self.error)
        return notice(no_memory)


@dataclass(frozen=True, eq=False)
class Job(Generic[T]):
    """Work with the time that it is expected to take; `done` takes its result, on the loop.

    A later job of the same `wish` takes the place of one that still waits.
    """

    work: Callable[[], T]
    done: Callable[[T | Failed], None]
    on_loop: bool
    wish: Hashable = None


def fits(seconds: float, repeated: bool = False) -> bool:
    """Whether work of so many seconds may be done on the event loop."""
    return seconds <= (FRAME_SECONDS if repeated else KEY_SECONDS)


def threads(deliver: Callable[[Callable[[], None]], None]) -> Spawn:
    """Jobs in threads of their own; `deliver` runs a function on the loop from another thread."""

    def spawn(work: Callable[[], None], done: Callable[[], None]) -> None:
        def run() -> None:
            work()
            deliver(done)

        # daemons: nobody waits at exit for a pass that cannot be interrupted
        threading.Thread(target=run, daemon=True).start()

    return spawn


def at_once(work: Callable[[], None], done: Callable[[], None]) -> None:
    """Both here and now."""
    work()
    done()


class Jobs:
    """Runs jobs lane by lane; `changed` is called when one brought its result from a thread."""

    def __init__(self, spawn: Spawn = at_once, changed: Callable[[], None] = lambda: None) -> None:
        self._spawn, self._changed = spawn, changed
        self._lanes: dict[Hashable, deque[Job[Any]]] = {}
        # the first of a lane is the one that runs
        self._unwanted: set[Job[Any]] = set()

    def is_busy(self, lane: Hashable) -> bool:
        """Whether a job of that lane is running."""
        return lane in self._lanes

    def start(self, lane: Hashable, job: Job[T], overtakes: bool = False) -> None:
        """Run a job once its lane is free; one on the loop that `overtakes` does not wait."""
        queue = self._lanes.get(lane)
        if queue is None:
            self._lanes[lane] = deque([job])
            self._run(job, lambda: self._free(lane))
            return
        for other in list(queue)[1:]:
            if job.wish is not None and other.wish == job.wish:
                queue.remove(other)
        if overtakes and job.on_loop:
            self._run(job, lambda: None)
        else:
            queue.append(job)

    def cancel(self, lane: Hashable) -> None:
        """Forget what waits in a lane, and the result of what runs there."""
        queue = self._lanes.get(lane)
        if queue is not None:
            self._unwanted.add(queue[0])
            while len(queue) > 1:
                queue.pop()

    def _run(self, job: Job[Any], free: Callable[[], None]) -> None:
        results: list[Any] = []

        def work() -> None:
            try:
                results.append(job.work())
            except (SettingError, MemoryError) as error:
                results.append(Failed(error))
            except Exception as error:
                # a defect: raised on the loop, where the app ends with it
                results.append(error)

        def done() -> None:
            is_wanted = job not in self._unwanted
            self._unwanted.discard(job)
            try:
                if isinstance(results[0], Exception):
                    raise results[0]
                if is_wanted:
                    job.done(results[0])
            finally:
                free()
            if not job.on_loop:
                self._changed()

        (at_once if job.on_loop else self._spawn)(work, done)

    def _free(self, lane: Hashable) -> None:
        """Go on with what waits in the lane."""
        queue = self._lanes[lane]
        queue.popleft()
        if queue:
            self._run(queue[0], lambda: self._free(lane))
        else:
            del self._lanes[lane]
