"""A terminal that takes no more, or is no longer there."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest

from tui.terminal import writer as module
from tui.terminal.writer import QUEUED_WRITES, Writer


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(module, "PATIENCE", 0.02)


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    try:
        yield reading, writing
    finally:
        for end in (reading, writing):
            try:
                os.close(end)
            except OSError:
                continue


def test_all_is_written_in_order() -> None:
    """What the encoding lacks, too."""
    with _pipe() as (reading, writing):
        writer = Writer(writing, "ascii", lambda at: None, lambda: None)
        writer.start()
        writer.write("one é")
        writer.stop(" two")
        assert not writer.is_alive()
        assert os.read(reading, 100) == b"one ? two"


def test_nobody_waits_for_a_terminal_that_is_gone() -> None:
    """More is written than the queue holds, and it ends when it is told to."""
    with _pipe() as (reading, writing):
        os.close(reading)
        writer = Writer(writing, "utf-8", lambda at: None, lambda: None)
        writer.start()
        for _ in range(3 * QUEUED_WRITES):
            writer.write("x")
        writer.stop("")
        assert not writer.is_alive()


def test_a_terminal_that_stands_still_gets_the_whole_picture_later() -> None:
    """What is let go is let go whole, and asked for again when it reads again."""
    frame, caught_up = "x" * 70_000, threading.Event()
    with _pipe() as (reading, writing):
        writer = Writer(writing, "utf-8", lambda at: None, caught_up.set)
        writer.start()
        for _ in range(3 * QUEUED_WRITES):
            writer.write(frame)
        assert not caught_up.is_set()
        got = 0
        while not caught_up.is_set():
            got += len(os.read(reading, 1 << 20))
            if got % len(frame) == 0:
                caught_up.wait(0.01)
        writer.stop("last")
        rest = os.read(reading, 1 << 20)
        assert rest.endswith(b"last")
        frames, part = divmod(got + len(rest) - len(b"last"), len(frame))
        assert part == 0
        assert QUEUED_WRITES <= frames < 2 * QUEUED_WRITES


def test_a_terminal_that_stands_still_is_left() -> None:
    """Within moments; once it reads again it is told only how to be as it was."""
    with _pipe() as (reading, writing):
        writer = Writer(writing, "utf-8", lambda at: None, lambda: None)
        writer.start()
        for _ in range(2 * QUEUED_WRITES):
            writer.write("x" * 70_000)
        writer.stop("last")
        assert writer.is_alive()
        while len(os.read(reading, 1 << 20)) == 1 << 20:
            continue
        os.close(reading)
        writer.join()


def test_a_terminal_that_somebody_left_without_blocking() -> None:
    """All is written all the same."""
    with _pipe() as (reading, writing):
        os.set_blocking(writing, False)
        writer = Writer(writing, "utf-8", lambda at: None, lambda: None)
        writer.start()
        writer.write("x" * 200_000)
        got = 0
        while got < 200_000:
            got += len(os.read(reading, 1 << 16))
        writer.stop("")
        assert not writer.is_alive()


def test_that_all_is_written_is_told_with_the_time() -> None:
    """The next frame is made then."""
    told: Queue[float] = Queue()
    with _pipe() as (reading, writing):
        writer = Writer(writing, "utf-8", told.put, lambda: None)
        before = time.monotonic()
        writer.start()
        writer.write("x" * 200_000)
        assert told.empty()
        got = 0
        while got < 200_000:
            got += len(os.read(reading, 1 << 16))
        assert before <= told.get(timeout=5) <= time.monotonic()
        writer.stop("")
