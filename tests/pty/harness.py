"""Programs in terminals of their own: a bare pseudo-terminal, and tmux where a picture counts."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

CHAINRULE = str(Path(sys.executable).with_name("chainrule"))
PATIENCE = 20.0
"""Seconds until a condition that has not come true is given up."""

CURSOR, LINE_WRAP, ALTERNATE_SCREEN, MOUSE_IN_PIXELS = 25, 7, 1049, 1016
USUALLY_ON = {CURSOR, LINE_WRAP}

_PRIVATE_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KEYBOARD_PUSH, _KEYBOARD_POP = re.compile(rb"\x1b\[>\d+u"), re.compile(rb"\x1b\[<\d*u")
_MOVE_OR_TEXT = re.compile(
    r"\x1b\[\d+;(?P<column>\d+)H|\x1b\[(?P<right>\d*)C|(?P<left>\x08)|(?P<start>[\r\n]|\x1b\[\d+H)|"
    r"\x1b\[[\d;?<>$ ]*[@-~]|\x1b\][^\x07]*\x07|\x1b.|."
)
_ENDED = re.compile(r"^ended with (\d+)$", re.MULTILINE)
_SGR = re.compile(rb"\x1b\[([\d;:]*)m")


def environment(**changes: str) -> dict[str, str]:
    """A capable terminal's environment, whatever the tests themselves run in."""
    return {
        "PATH": f"{Path(CHAINRULE).parent}:{os.environ['PATH']}",
        "HOME": str(Path.home()),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "CHAINRULE_CONFIG": "",
        **changes,
    }


def in_bash(script: str) -> subprocess.CompletedProcess[str]:
    """What a script prints and ends with, without a terminal; a pipe fails with any of its ends."""
    line = ["bash", "-c", f"set -o pipefail; {script}"]
    return subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=30)


def until(
    condition: Callable[[], bool], what: Callable[[], object], patience: float = PATIENCE
) -> None:
    """Wait for a condition; `what` is shown if it does not come true in so many seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"gave up waiting; last seen:\n{what()}"
        time.sleep(0.01)


def modes(written: bytes) -> dict[int, bool]:
    """The last state of each private mode that was set or reset."""
    last = {}
    for numbers, letter in _PRIVATE_MODE.findall(written):
        for number in numbers.split(b";"):
            last[int(number)] = letter == b"h"
    return last


def keyboard_depth(written: bytes) -> int:
    """How many enhanced keyboard modes were pushed and not popped."""
    return len(_KEYBOARD_PUSH.findall(written)) - len(_KEYBOARD_POP.findall(written))


def colours(written: bytes) -> set[int]:
    """The SGR codes that choose a colour (39 and 49 choose none)."""
    codes = {
        int(code)
        for sequence in _SGR.findall(written)
        for code in re.split(rb"[;:]", sequence)
        if code
    }
    choosing = {*range(30, 39), *range(40, 49), *range(90, 98), *range(100, 108)}
    return codes & choosing


def furthest_column(written: bytes) -> int:
    """The last column, from 1, that a character was written to."""
    column = furthest = 0
    for match in _MOVE_OR_TEXT.finditer(written.decode()):
        if match["column"]:
            column = int(match["column"]) - 1
        elif match["start"]:
            column = 0
        elif match["left"]:
            column -= 1
        elif match["right"] is not None:
            column += int(match["right"] or 1)
        elif match[0][0] != "\x1b":
            column += 1
            furthest = max(furthest, column)
    return furthest


class Pty:
    """A program in a bare pseudo-terminal, with everything that it wrote."""

    def __init__(self, master: int, slave: int, process: subprocess.Popen[bytes]) -> None:
        self.master = master
        self.slave = slave
        self.process = process
        self.written = b""
        self.open = True
        self._asked = 0
        self.attributes_before = self.attributes()

    def attributes(self) -> list[Any]:
        """The terminal's settings as they are now."""
        return termios.tcgetattr(self.slave)

    def read(self) -> None:
        """Take what there is to read, or wait a moment for it."""
        seconds = 0.01
        while select.select([self.master], [], [], seconds)[0]:
            self.written += os.read(self.master, 65536)
            seconds = 0

    def wait_for(self, *wanted: bytes) -> None:
        """Until all of these have been written since the last key, in whatever colours."""

        def written() -> bool:
            self.read()
            written = _SGR.sub(b"", self.written[self._asked :])
            return all(part in written for part in wanted)

        until(written, lambda: self.written[-2000:])

    def send(self, keys: bytes) -> None:
        """Type."""
        self.read()
        self._asked = len(self.written)
        os.write(self.master, keys)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.slave)
        os.close(self.master)
        self.open = False

    def end(self, patience: float = PATIENCE) -> int:
        """The exit code, once the program has ended."""

        def ended() -> bool:
            self.read()
            return self.process.poll() is not None

        until(ended, lambda: self.written[-2000:], patience)
        self.read()
        return self.process.returncode

    def assert_restored(self) -> None:
        """The terminal is as it was before the program."""
        assert self.attributes() == self.attributes_before
        last = modes(self.written)
        # how a mouse is reported counts only while it is
        last.pop(MOUSE_IN_PIXELS, None)
        assert {mode for mode, on in last.items() if on} == USUALLY_ON
        assert last[ALTERNATE_SCREEN] is False
        assert keyboard_depth(self.written) == 0


def set_size(terminal: int, width: int, height: int) -> None:
    """The size of a terminal in cells."""
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))


@contextmanager
def in_pty(
    *command: str, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
) -> Iterator[Pty]:
    """A command in a new session that has a new terminal."""
    master, slave = pty.openpty()
    set_size(slave, *size)
    # a session's first process gets the terminal that it opens first as its own
    opening = ["sh", "-c", 'tty=$0; exec "$@" <>"$tty" >&0 2>&1', os.ttyname(slave)]
    # a shell ignores ctrl+c for what runs in its background, and children inherit it
    heeds_ctrl_c = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        [*opening, *command],
        env=env or environment(),
        start_new_session=True,
        preexec_fn=heeds_ctrl_c,
    )
    terminal = Pty(master, slave, process)
    try:
        yield terminal
    finally:
        process.kill()
        process.wait()
        if terminal.open:
            terminal.hang_up()


class Tmux:
    """One window of a private tmux server."""

    def __init__(self, socket: str) -> None:
        self._socket = socket

    def command(self, *words: str) -> str:
        """What a tmux command prints."""
        done = subprocess.run(
            ["tmux", "-S", self._socket, *words], capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def keys(self, *names: str) -> None:
        """Press keys, by tmux's names."""
        self.command("send-keys", *names)

    def resize(self, width: int, height: int) -> None:
        """Another size of the window."""
        self.command("resize-window", "-x", str(width), "-y", str(height))

    def lines(self) -> list[str]:
        """The screen's lines without what trails them."""
        return [line.rstrip() for line in self.command("capture-pane", "-p").splitlines()]

    def text(self) -> str:
        """The screen."""
        return "\n".join(self.lines())

    def picture(self) -> str:
        """The screen with its colours."""
        return self.command("capture-pane", "-p", "-e")

    def wait_for(self, *wanted: str) -> str:
        """The screen, once it shows all of these."""
        return self.wait_until(lambda text: all(part in text for part in wanted))

    def wait_until(self, condition: Callable[[str], bool]) -> str:
        """The screen, once the condition holds for it."""
        seen = ""

        def met() -> bool:
            nonlocal seen
            seen = self.text()
            return condition(seen)

        until(met, lambda: seen)
        return seen

    def wait_for_picture_of(self, other: Tmux) -> None:
        """Until both screens are the same, colours included."""
        until(lambda: self.picture() == other.picture(), self.text)

    def exit_status(self) -> int:
        """The exit code of the window's program, once it has ended."""
        text = self.wait_until(lambda text: _ENDED.search(text) is not None)
        return int(_ENDED.findall(text)[-1])


@contextmanager
def in_tmux(
    *command: str, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
) -> Iterator[Tmux]:
    """A command in a new tmux window of that size."""
    variables = {**(env or environment()), "TERM": "tmux-256color"}
    # a socket's path has to be short
    with tempfile.TemporaryDirectory(prefix="tmux") as folder:
        config = Path(folder, "conf")
        config.write_text("set -g status off\n")
        tmux = Tmux(str(Path(folder, "s")))
        # tmux itself sometimes misses that its child has ended
        script = '"$@"; echo "ended with $?"; exec cat'
        assignments = (f"{name}={value}" for name, value in variables.items())
        words = ["env", "-i", *assignments, "sh", "-c", script, "sh", *command]
        width, height = (str(number) for number in size)
        tmux.command(
            "-f", str(config), "new-session", "-d", "-x", width, "-y", height, shlex.join(words)
        )
        try:
            yield tmux
        finally:
            tmux.command("kill-server")
