"""Reading in the background, until it is stopped or there is nothing to read from."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue

import pytest

from tui.terminal.input_pieces import Piece
from tui.terminal.reader import Reader


@contextmanager
def _reading() -> Iterator[tuple[int, Reader, Queue[Piece], threading.Event]]:
    reading, writing = os.pipe()
    found: Queue[Piece] = Queue()
    lost = threading.Event()
    reader = Reader(reading, found.put, lost.set)
    reader.start()
    try:
        yield writing, reader, found, lost
    finally:
        reader.stop()
        os.close(reading)


def test_what_has_begun_is_waited_for_and_then_given_up() -> None:
    """A lone escape is a key after a moment."""
    with _reading() as (writing, _, found, _):
        os.write(writing, b"\xff\x1b[1")
        os.write(writing, b";5A\x1b")
        assert [found.get(timeout=5) for _ in range(3)] == [
            Piece("text", "\ufffd"),
            Piece("sequence", "\x1b[1;5A"),
            Piece("escape", "\x1b"),
        ]
        os.close(writing)


def test_a_terminal_that_is_gone_is_told() -> None:
    """Once."""
    with _reading() as (writing, reader, _, lost):
        os.close(writing)
        assert lost.wait(5)
        reader.join(5)
        assert not reader.is_alive()


def test_a_stop_leaves_nothing_to_read() -> None:
    """Or the shell would read it."""
    reading, writing = os.pipe()
    lost = threading.Event()
    reader = Reader(reading, lambda piece: None, lost.set)
    reader.start()
    os.write(writing, b"q" * 10_000)
    reader.stop()
    assert not reader.is_alive()
    assert not lost.is_set()
    os.set_blocking(reading, False)
    with pytest.raises(BlockingIOError):
        os.read(reading, 1)
    os.close(writing)
    os.close(reading)
