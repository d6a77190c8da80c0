"""The terminal as the app holds it: any input, any stop, an output that may stand still.

Textual's own driver dies of a byte that is not UTF-8, takes raw attributes for those to go back to
when the process is continued twice, and lets the app wait for a terminal that does not read.
"""

import contextlib
import os
import signal
import sys
import termios
import tty
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec

from textual import constants, events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.config.terminals import is_in_screen, is_remote, terminal
from tui.terminal.answers import ANY, REMINDER, STATUS, Answers
from tui.terminal.input_pieces import Piece
from tui.terminal.reader import Reader
from tui.terminal.reports import LARGEST_SIZE, Reports
from tui.terminal.signals import EXIT_CODE, HANG_UP
from tui.terminal.sparing_app import SparingApp
from tui.terminal.typeahead import Typeahead
from tui.terminal.writer import Writer

P = ParamSpec("P")

USUAL_SIZE = (80, 24)
"""Of a terminal that does not know its own."""

_ALTERNATE_SCREEN, _CURSOR, _LINE_WRAP, _IN_BAND_SIZE = 1049, 25, 7, 2048
_MOUSE = (1000, 1003, 1015, 1006)
_FOCUS, _BRACKETED_PASTE = 1004, 2004
_TAKE_KEYBOARD, _KEEP_KEYBOARD, _GIVE_KEYBOARD = "\x1b[>25u", "\x1b[=25u", "\x1b[<u"
_CLEAR, _COMMAND = "\x1b[m\x1b[H\x1b[J", "\x1b]"
"""A whole screen, and what begins words to the terminal's own program, as for its clipboard."""

_MOMENT = 0.02
"""Seconds after a stop in which a signal that came with its end comes first: perhaps the end."""

_SUPPORTS_IN_BAND_SIZE = "\x1b[?2048$p"


def _on(*modes: int) -> str:
    return "".join(f"\x1b[?{mode}h" for mode in modes)


def _off(*modes: int) -> str:
    return "".join(f"\x1b[?{mode}l" for mode in modes)


class TerminalDriver(Driver):
    """One thread reads, one writes, while the app holds the terminal; signals wait for the loop."""

    def __init__(
        self,
        app: SparingApp,
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stdin__ is not None
        assert sys.__stdout__ is not None
        self._input, self._output = sys.__stdin__.fileno(), sys.__stdout__.fileno()
        self._encoding = sys.__stdout__.encoding
        self._reports = Reports()
        self._typeahead = Typeahead(app, self._loop, self._pass_on)
        self._has_modes = terminal(os.environ).modes
        # asked for a mouse, GNU screen keeps back an escape until another key comes
        self._mouse_modes = () if is_in_screen(os.environ) else _MOUSE
        self._link = app.link
        self._link.connect(
            self._write_frame,
            lambda: self.write(REMINDER),
            self._loop.call_later,
            lambda: self.is_behind,
        )
        self._answers = self._new_answers()
        self._reader: Reader | None = None
        self._is_deaf = False
        self._writer: Writer | None = None
        self._attributes_before: list[Any] = []
        self._is_stopping = self._tells_sizes = False
        self._size = size or self._terminal_size()
        handlers: dict[signal.Signals, Callable[[], object]] = {
            signal.SIGTSTP: self._ask_to_stop,
            signal.SIGCONT: self._continue,
            signal.SIGWINCH: self._send_size,
        }
        for number, handle in handlers.items():
            self._loop.add_signal_handler(number, handle)

    @property
    def can_suspend(self) -> bool:
        """Yes, where there are job control signals."""
        return True

    @property
    def is_behind(self) -> bool:
        """Whether more was typed than the app has been given."""
        return self._typeahead.is_behind

    def start_application_mode(self) -> None:
        """Take the terminal; in the background this waits until the shell gives it."""
        self._attributes_before = termios.tcgetattr(self._input)
        self._make_raw()
        self._writer = Writer(
            self._output,
            self._encoding,
            self._to_loop(self._link.written),
            self._to_loop(self._repaint),
        )
        self._writer.start()
        self._set_modes(_TAKE_KEYBOARD)
        self._is_deaf, self._answers = False, self._new_answers()
        asked = _SUPPORTS_IN_BAND_SIZE if self._has_modes else ""
        self.write(asked + self._answers.question)
        self._link.asked()
        self._send_size()
        self._reader = Reader(self._input, self._take, self._to_loop(self._lost))
        self._reader.start()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        writer = self._writer
        if writer is None:
            return
        reports = _off(*self._mouse_modes, _FOCUS, _BRACKETED_PASTE) if self._has_modes else ""
        question = ""
        self.disable_input()
        if self._link.is_answered:
            # its answer comes after all that is on its way
            question = self._answers.question
            self._link.asked()
        # early, so that no report is on its way any more, and again in what is never left out
        writer.write(reports + question)
        self._link.remind_if_late()
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop(self._answers.farewell, lambda: self._answers.are_missing)
        self._answers.forget()
        self._link.forget()
        with contextlib.suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)
            termios.tcsetattr(self._input, termios.TCSANOW, self._attributes_before)
        reports += _off(_IN_BAND_SIZE) if self._tells_sizes else ""
        screen = _CLEAR
        if self._has_modes:
            screen = "" if constants.DISABLE_KITTY_KEY else _GIVE_KEYBOARD
            # after a resize tmux leaves of another screen what the first had no rows for
            screen += _CLEAR + _off(_ALTERNATE_SCREEN)
        writer.stop(reports + _on(_LINE_WRAP) + screen + _on(_CURSOR))
        self._writer = None

    def disable_input(self) -> None:
        """Heed no more keys."""
        self._is_deaf = True

    def write(self, data: str) -> None:
        """Write text and sequences, while the app holds the terminal."""
        if self._writer is not None and (self._has_modes or not data.startswith(_COMMAND)):
            self._writer.write(data)

    def process_message(self, message: Message) -> None:
        """Take what the terminal reports."""
        if isinstance(message, InBandWindowResize):
            if message.supported:
                self._tells_sizes = True
                self.write(_on(_IN_BAND_SIZE))
        elif self._tells_sizes or not isinstance(message, events.Resize):
            super().process_message(message)

    def send_message(self, message: Message) -> None:
        """To the app."""
        self._app.post_message(message)

    def _write_frame(self, frame: str, asks: bool) -> None:
        self.write(frame + self._answers.question if asks else frame)

    def _new_answers(self) -> Answers:
        # Apple's terminal shows the end of a question about a mode
        knows_modes = self._has_modes and os.environ.get("TERM_PROGRAM") != "Apple_Terminal"
        return Answers(
            self._link,
            ANY if knows_modes else STATUS,
            self._to_loop(lambda: self._answers.deliver()),
            is_remote=is_remote(os.environ),
        )

    def _take(self, piece: Piece) -> None:
        """What was read, in the reader's thread."""
        if not (self._answers.take(piece) or self._is_deaf):
            self._typeahead.put(piece)

    def _pass_on(self, found: Piece | Message) -> None:
        self._link.hurry()
        if isinstance(found, Message):
            self.send_message(found)
            return
        for message in self._reports.messages(found):
            self.process_message(message)

    def _to_loop(self, call: Callable[P, object]) -> Callable[P, None]:
        """The function for threads other than the loop's."""

        def to_loop(*args: P.args, **options: P.kwargs) -> None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(partial(call, *args, **options))

        return to_loop

    def _make_raw(self) -> None:
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self._input)
            attributes[tty.IFLAG] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            attributes[tty.LFLAG] &= ~(
                termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG
            )
            attributes[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self._input, termios.TCSANOW, attributes)

    def _set_modes(self, keyboard: str) -> None:
        if not self._has_modes:
            self.write(_CLEAR + _off(_CURSOR, _LINE_WRAP))
            return
        modes = _on(_ALTERNATE_SCREEN, *self._mouse_modes, _FOCUS, _BRACKETED_PASTE)
        keyboard = "" if constants.DISABLE_KITTY_KEY else keyboard
        told = _on(_IN_BAND_SIZE) if self._tells_sizes else ""
        self.write(modes + _off(_CURSOR, _LINE_WRAP) + keyboard + told)

    def _terminal_size(self) -> tuple[int, int]:
        try:
            width, height = os.get_terminal_size(self._output)
        except OSError:
            return USUAL_SIZE
        most_columns, most_rows = LARGEST_SIZE
        return min(width, most_columns) or USUAL_SIZE[0], min(height, most_rows) or USUAL_SIZE[1]

    def _send_size(self) -> None:
        size = Size(*self._terminal_size())
        self._typeahead.put(events.Resize(size, size))

    def _ask_to_stop(self) -> None:
        """What SIGTSTP asks for; asked twice, it is done once."""
        if not self._is_stopping:
            self._is_stopping = True
            self._loop.call_soon(self._stop_process)

    def _stop_process(self) -> None:
        holds = self._writer is not None and self._auto_restart
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        if holds:
            self.suspend_application_mode()
            self._typeahead.forget()
        if os.getpgrp() != os.getpid():
            # what started it and waits for it, as `uv run` does: a shell heeds only the whole job
            os.killpg(os.getpgrp(), signal.SIGTSTP)
        os.kill(os.getpid(), signal.SIGSTOP)
        # continued
        self._is_stopping = False
        self._loop.add_signal_handler(signal.SIGTSTP, self._ask_to_stop)
        if holds:
            self._loop.call_later(_MOMENT, self._resume)

    def _resume(self) -> None:
        if not self._app._exit:
            self.resume_application_mode()
            self._repaint()

    def _continue(self) -> None:
        """Hold the terminal as before, whoever had it: the stop may have been somebody else's."""
        if self._writer is not None:
            self._make_raw()
            self._set_modes(_KEEP_KEYBOARD)
            self._send_size()
            self._repaint()

    def _repaint(self) -> None:
        self._typeahead.put(self.SignalResume())

    def _lost(self) -> None:
        self._app.exit(return_code=EXIT_CODE + HANG_UP)
