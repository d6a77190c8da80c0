"""Output to a terminal that may be slow, stand still or go away: nobody waits for it for long."""

import os
import select
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Thread

QUEUED_WRITES = 30
CHUNK = 1024
"""Bytes after which a slow terminal can be told something else."""
PATIENCE = 0.5
"""Seconds without room for one more write, after which the terminal counts as standing still."""


class Writer(Thread):
    """Writes in the background and in order.

    `written` is called, in the thread, with the time at which all has been written; `caught_up`
    once what was let go counts.
    """

    def __init__(
        self,
        fileno: int,
        encoding: str,
        written: Callable[[float], object],
        caught_up: Callable[[], object],
    ) -> None:
        super().__init__(daemon=True, name="terminal-output")
        self._fileno, self._encoding = fileno, encoding
        self._written, self._caught_up = written, caught_up
        self._queue: Queue[str | None] = Queue(QUEUED_WRITES)
        self._last = ""
        self._stands_still = self._hurries = self._is_abandoned = False

    def write(self, text: str) -> None:
        """Write it whole, or not at all where the terminal stands still."""
        if self._stands_still or not self.is_alive():
            return
        try:
            self._queue.put(text, timeout=PATIENCE)
        except Full:
            self._stands_still = True

    def stop(self, last: str) -> None:
        """Write what waits and then the last; to a slow terminal the last alone."""
        self._last = last
        if not self._stands_still:
            with suppress(Full):
                self._queue.put(None, timeout=PATIENCE)
            self.join(PATIENCE)
        if self.is_alive():
            self._hurries = True
            with suppress(Empty):
                while True:
                    self._queue.get_nowait()
            self._queue.put_nowait(None)
            self.join(PATIENCE)
        self._is_abandoned = True

    def run(self) -> None:
        """Until `stop`, or until there is no terminal."""
        # of the end whoever reads from the terminal is told
        with suppress(OSError):
            while (text := self._queue.get()) is not None:
                self._write(text, lambda: self._hurries)
                if self._queue.empty():
                    self._written(time.monotonic())
                    if self._stands_still:
                        self._stands_still = False
                        self._caught_up()
            self._write(self._last, lambda: self._is_abandoned)

    def _write(self, text: str, is_over: Callable[[], bool]) -> None:
        data = text.encode(self._encoding, "replace")
        while data and not is_over():
            try:
                data = data[os.write(self._fileno, data[:CHUNK]) :]
            except BlockingIOError:
                # another program left the terminal so
                select.select([], [self._fileno], [], PATIENCE)
