"""A terminal that answers what it is asked, and remembers when which bytes came to it."""

import os
import re
import select
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import NamedTuple

import pyte

from tests.pty.harness import Pty, in_pty, until

_ASKED = re.compile(
    rb"\x1b\[(?:\?(?P<mode>\d+)\$p|(?P<attributes>0?c)|(?P<status>5n)|\?(?P<keyboard>u))"
)
_LONGEST_QUESTION = 12
PATIENCE = 60.0
"""Seconds until what moves is expected to be at rest, over a slow link too."""
_KNOWN_MODES = {2026}
"""Of those it may be asked for: it can be switched on and is off."""


class Arrival(NamedTuple):
    """Bytes that came at one moment."""

    when: float
    data: bytes


class AnsweringTerminal:
    """Reads in a thread, so that an answer leaves at once; `now` is its clock."""

    def __init__(self, terminal: Pty, size: tuple[int, int]) -> None:
        self.size = size
        self.arrivals: list[Arrival] = []
        self.process = terminal.process.pid
        self._terminal = terminal
        self._is_open = True
        self._thread = Thread(target=self._read, daemon=True, name="answering-terminal")
        self._thread.start()

    def now(self) -> float:
        """Seconds."""
        return time.monotonic()

    def send(self, keys: bytes) -> float:
        """Type; when it was."""
        when = self.now()
        os.write(self._terminal.master, keys)
        return when

    def wait(self, seconds: float) -> None:
        """Look on."""
        time.sleep(seconds)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Look on until it has come true."""
        until(condition, lambda: self.arrivals[-3:])

    def rest(self, seconds: float) -> None:
        """Look on until nothing has come for so long."""
        start = self.now()

        def rested() -> bool:
            latest = self.arrivals[-1].when if self.arrivals else start
            return self.now() - max(start, latest) >= seconds

        until(rested, lambda: self.arrivals[-3:], PATIENCE)

    def bytes_between(self, start: float, end: float) -> int:
        """How many came from one moment to another."""
        return sum(len(data) for when, data in list(self.arrivals) if start <= when < end)

    def close(self) -> None:
        """Read no more."""
        self._is_open = False
        self._thread.join()

    def _read(self) -> None:
        begun = b""
        while self._is_open:
            if not select.select([self._terminal.master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._terminal.master, 65536)
            except OSError:
                break
            self.arrivals.append(Arrival(self.now(), data))
            seen, last = begun + data, 0
            for question in _ASKED.finditer(seen):
                os.write(self._terminal.master, _answer(question))
                last = question.end()
            begun = seen[last:][-_LONGEST_QUESTION:]


def _answer(question: re.Match[bytes]) -> bytes:
    if question["mode"]:
        return b"\x1b[?%d;%d$y" % (mode := int(question["mode"]), 2 if mode in _KNOWN_MODES else 0)
    if question["attributes"]:
        return b"\x1b[?62;22c"
    return b"\x1b[0n" if question["status"] else b"\x1b[?0u"


@contextmanager
def answering(
    *command: str, size: tuple[int, int], env: Mapping[str, str] | None = None
) -> Iterator[AnsweringTerminal]:
    """A command in such a terminal."""
    with in_pty(*command, size=size, env=env) as terminal:
        viewer = AnsweringTerminal(terminal, size)
        try:
            yield viewer
        finally:
            viewer.close()


def screens(viewer: AnsweringTerminal) -> Iterator[tuple[Arrival, pyte.Screen]]:
    """The screen after each arrival: always the same object, so look at it at once."""
    screen = pyte.Screen(*viewer.size)
    stream = pyte.ByteStream(screen)
    for arrival in list(viewer.arrivals):
        stream.feed(arrival.data)
        yield arrival, screen
