"""The terminal is restored, however the program ends."""

import signal

import pytest

from tests.pty.harness import (
    CHAINRULE,
    in_pty,
)

TAKEN, BEGUN, DONE = b"\x1b[?1049h", b"FORWARD", b"VANISHING"

OVERLAYS = (
    (b"?", b"scroll"),
    (b"A", b"take"),
    (b"\t", b"negative_slope"),
    (b":", b"what to do"),
)

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize("moment", [BEGUN, DONE])
@pytest.mark.parametrize("key", [b"q", b"\x03"])
def test_quitting_restores_the_terminal(key: bytes, moment: bytes) -> None:
    """`q` and ctrl+c, during the wave and after it."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(moment)
        terminal.send(key)
        assert terminal.end() == 0
        terminal.assert_restored()


@pytest.mark.parametrize(("key", "shown"), OVERLAYS)
def test_ctrl_c_quits_whatever_is_open(key: bytes, shown: bytes) -> None:
    """Help, picker, settings and command palette."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(BEGUN)
        terminal.send(key)
        terminal.wait_for(shown)
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


@pytest.mark.parametrize("moment", [TAKEN, BEGUN])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_restore_the_terminal(number: signal.Signals, moment: bytes) -> None:
    """A signal that ends the program, from its first sign of life on."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(moment)
        terminal.process.send_signal(number)
        terminal.end()
        terminal.assert_restored()


@pytest.mark.parametrize(
    "keys", [b"Aq", b"A\r\tI\r\x03", b"\t\r1\x1b\tq\x03", b"?A?I:\x03", b"paVVq", b"paV.,y\x03"]
)
def test_keys_faster_than_the_screen(keys: bytes) -> None:
    """A panel that is closed while it still opens does no harm: ssh delivers keys in batches."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(BEGUN)
        terminal.send(keys)
        assert terminal.end() == 0
        terminal.assert_restored()


def test_quitting_does_not_wait_for_a_long_pass() -> None:
    """ctrl+c ends the process at once while a deep, wide network is computed."""
    with in_pty(CHAINRULE, "--depth", "1000", "--width", "512") as terminal:
        terminal.wait_for(b"computing")
        terminal.send(b"\x03")
        terminal.end(patience=3)
        terminal.assert_restored()


def test_a_terminal_that_goes_away_ends_the_program() -> None:
    """Nothing is left running when the window is closed."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(BEGUN)
        terminal.hang_up()
        terminal.process.wait(timeout=5)


def test_a_terminal_with_newer_modes_is_restored() -> None:
    """In-band resizing and synchronised output, once the terminal says that it has them."""
    with in_pty(CHAINRULE) as terminal:
        terminal.wait_for(b"\x1b[?2026$p", b"\x1b[?2048$p")
        terminal.send(b"\x1b[?2026;2$y\x1b[?2048;2$y")
        terminal.wait_for(b"\x1b[?2048h", BEGUN)
        terminal.send(b"q")
        assert terminal.end() == 0
        terminal.assert_restored()
