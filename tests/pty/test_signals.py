"""Signals, ctrl+c and streams at any moment: quiet, quick, and the terminal restored."""

import os
import signal
import time
from pathlib import Path

import pyte
import pytest

from tests.pty.harness import CHAINRULE, Pty, environment, in_pty, until

pytestmark = pytest.mark.heavy

TAKEN, DONE = b"\x1b[?1049h", b"VANISHING"
ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
COMMANDS = (("run",), ("list",), ("doctor",), ("completion", "bash"), ("--help",))


def _wait_for_imports(terminal: Pty) -> None:
    """Until it loads numpy: before that Python itself starts."""
    maps = Path(f"/proc/{terminal.process.pid}/maps")
    until(lambda: "_multiarray_umath" in maps.read_text(), maps.read_text)


@pytest.mark.parametrize(
    ("command", "seconds"),
    [*(((), n / 10) for n in range(6)), *((command, n) for command in COMMANDS for n in (0, 0.2))],
)
def test_ctrl_c_while_it_starts(command: tuple[str, ...], seconds: float) -> None:
    """It ends as by SIGINT, or as if nothing had been where it was done already."""
    with in_pty(CHAINRULE, *command) as terminal:
        _wait_for_imports(terminal)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            terminal.read()
        terminal.send(b"\x03")
        assert terminal.end(patience=5) in (-signal.SIGINT, 128 + signal.SIGINT, 0, 1)
        assert terminal.attributes() == terminal.attributes_before
        for noise in (b"Traceback", b"Exception", b"KeyboardInterrupt"):
            assert noise not in terminal.written


@pytest.mark.parametrize("moment", [TAKEN, DONE])
@pytest.mark.parametrize("number", ENDING)
def test_what_ends_it_is_its_exit_code(number: signal.Signals, moment: bytes) -> None:
    """As a shell would say it; a second signal changes nothing."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(moment)
        for _ in range(2):
            terminal.process.send_signal(number)
        assert terminal.end(patience=5) == 128 + number
        terminal.assert_restored()


@pytest.mark.parametrize("number", ENDING)
def test_a_terminal_that_does_not_read(number: signal.Signals) -> None:
    """It ends within two seconds, and the attributes are as before."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(DONE)
        # nobody reads from here on
        for _ in range(20):
            os.write(terminal.master, b"?\x1b[6~")
            time.sleep(0.1)
        terminal.process.send_signal(number)
        terminal.process.wait(timeout=2)
        assert terminal.attributes() == terminal.attributes_before


def test_a_terminal_that_reads_again() -> None:
    """It gets what it does not show yet."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        for _ in range(40):
            os.write(terminal.master, b"?")
            time.sleep(0.1)
        terminal.send(b"a")
        screen = pyte.Screen(80, 24)
        stream = pyte.ByteStream(screen)

        def shows() -> bool:
            fed = len(terminal.written)
            terminal.read()
            stream.feed(terminal.written[fed:])
            text = "\n".join(screen.display)
            return "tanh" in text and "presets" in text

        stream.feed(terminal.written)
        until(shows, lambda: screen.display)
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "2>/dev/null"])
def test_the_picture_goes_to_the_terminal_alone(redirection: str) -> None:
    """What is wrong with stderr does not matter to it."""
    with in_pty("sh", "-c", f"exec chainrule --reduced-motion {redirection}") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


@pytest.mark.parametrize(
    "variables", [{"COLUMNS": "99999999", "LINES": "99999999"}, {"COLUMNS": "0"}]
)
def test_the_size_is_the_terminals(variables: dict[str, str]) -> None:
    """Whatever the environment says of it."""
    with in_pty(CHAINRULE, "--reduced-motion", env=environment(**variables)) as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x03")
        assert terminal.end() == 0


@pytest.mark.parametrize("size", [(0, 0), (65535, 65535), (1, 1)])
def test_absurd_sizes(size: tuple[int, int]) -> None:
    """It starts, and can be left."""
    with in_pty(CHAINRULE, "--reduced-motion", size=size) as terminal:
        terminal.wait_for(TAKEN)
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()
