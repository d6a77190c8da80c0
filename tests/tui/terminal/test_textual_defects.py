"""What is worked round here, Textual still does: a test that fails has a work-round that can go."""

import io
import os
import threading
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from rich.style import Style
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult, ScreenStackError
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Click, Key, MouseDown
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList

from tests.support.idle import wait_for_idle
from tui.screens.lists import Entries
from tui.screens.modal import Modal


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


class ListApp(App[None]):
    """A list under a line that can hold the mouse."""

    def __init__(self, kind: type[OptionList]) -> None:
        super().__init__()
        self.label, self.options = Label("line"), kind("one", "two")

    def compose(self) -> ComposeResult:
        """The line over the list."""
        yield self.label
        yield self.options


@pytest.mark.parametrize("kind", [OptionList, Entries])
async def test_a_list_looks_for_lines_before_there_are_any(kind: type[OptionList]) -> None:
    """`Entries` of the screens does not."""
    app = ListApp(kind)
    app.options.display = False
    async with app.run_test():
        app.options.highlighted = 0
        for page in ("action_page_up", "action_page_down"):
            with pytest.raises(KeyError) if kind is OptionList else nullcontext():
                getattr(app.options, page)()


@pytest.mark.parametrize("kind", [OptionList, Entries])
async def test_a_list_looks_for_an_entry_that_has_gone(kind: type[OptionList]) -> None:
    """`Entries` of the screens does not."""
    app = ListApp(kind)
    with pytest.raises(IndexError) if kind is OptionList else nullcontext():
        async with app.run_test():
            style = Style(meta={"option": 2})
            app.options.post_message(Click(None, 1, 1, 0, 0, 1, False, False, False, style=style))
            await wait_for_idle()


@pytest.mark.parametrize("kind", [ModalScreen, Modal])
async def test_a_screen_takes_whatever_is_on_top_with_it(kind: type[ModalScreen[None]]) -> None:
    """`Modal` of the screens goes once."""
    app: App[None] = App()
    async with app.run_test():
        screen = kind()
        await app.push_screen(screen)
        screen.dismiss()
        with pytest.raises(ScreenStackError) if kind is ModalScreen else nullcontext():
            screen.dismiss()
        assert len(app.screen_stack) == 1


@pytest.mark.heavy
async def test_its_palette_ends_the_app_at_a_second_enter() -> None:
    """The `palette` of the screens is our own."""
    app: App[None] = App()

    async def enter_twice() -> None:
        async with app.run_test():
            app.action_command_palette()
            await wait_for_idle()
            for _ in range(2):
                app.post_message(Key("enter", "\r"))
            await wait_for_idle()

    with pytest.raises(ScreenStackError):
        await enter_twice()


@pytest.mark.parametrize("x", [10, 99])
async def test_a_mouse_that_is_on_nothing_takes_the_keys_away(x: int) -> None:
    """Held by what has gone, or beside the screen: `lost_mouse` leaves it out."""
    app = ListApp(OptionList)
    async with app.run_test(size=(80, 24)):
        if x == 10:
            app.capture_mouse(app.label)
            await app.label.remove()
            await wait_for_idle()
        app.post_message(MouseDown(None, x, 5, 0, 0, 1, False, False, False))
        await wait_for_idle()
        assert app.focused is None
