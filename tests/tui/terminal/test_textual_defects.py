"""What is worked round here, Textual still does: a test that fails has a work-round that can go."""

import io
import os
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key


def _fake(**fields: Any) -> Any:
    return SimpleNamespace(**fields)


def test_a_byte_that_is_no_utf_8_ends_its_reader() -> None:
    """`input_pieces` decodes whatever comes."""
    reading, writing = os.pipe()
    os.write(writing, b"\xff")
    driver = _fake(fileno=reading, _debug=False, exit_event=threading.Event())
    try:
        with pytest.raises(UnicodeDecodeError):
            LinuxDriver.run_input_thread(driver)
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("report", ["\x1b[99999999999u", "\x1b[97:65;1u"])
def test_a_report_that_it_cannot_read_ends_its_parser(report: str) -> None:
    """`reports` gives it only sound ones."""
    with pytest.raises((ValueError, OverflowError)):
        list(XTermParser().feed(report))


@pytest.mark.parametrize(
    "reply",
    ["\x1b]11;rgb:1e1e/1e1e/1e1e" + "0" * 20, "\x1b[113;5H", "\x1b[0;;" + "20320:" * 9 + "20320u"],
)
def test_what_is_no_key_presses_keys(reply: str) -> None:
    """`reports` lets it go."""
    pressed = [event.key for event in XTermParser().feed(reply) if isinstance(event, Key)]
    assert {"1", "0", "ctrl+q"} & set(pressed)


def test_being_continued_without_a_stop_starts_it_again() -> None:
    """`driver` saves the terminal's attributes once."""
    started: list[None] = []
    driver = _fake(_auto_restart=True, resume_application_mode=lambda: started.append(None))
    for _ in range(2):
        LinuxDriver._sigcont_application(driver)
    assert len(started) == 2


def test_the_app_waits_for_a_terminal_that_does_not_read() -> None:
    """`writer` waits for a moment."""
    writer = WriterThread(io.StringIO())
    for _ in range(MAX_QUEUED_WRITES):
        writer.write("x")
    waiting = threading.Thread(target=writer.write, args=("x",))
    waiting.start()
    waiting.join(0.05)
    assert waiting.is_alive()
    writer.start()
    writer.stop()
    waiting.join()


def test_a_terminal_that_is_gone_ends_its_writer() -> None:
    """`writer` takes what comes after it."""

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(5, "Input/output error")

    writer = WriterThread(Gone())
    writer.write("x")
    with pytest.raises(OSError, match="Input"):
        writer.run()
