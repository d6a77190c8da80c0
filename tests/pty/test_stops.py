"""Stopped and continued, by whomever: the picture, the keys and the way out stay."""

import os
import re
import signal
import termios
import time
from pathlib import Path

import pytest

from tests.pty.harness import CHAINRULE, Pty, in_pty, in_tmux, until

pytestmark = pytest.mark.heavy

DONE = b"VANISHING"
STOP, CONT, TSTP = signal.SIGSTOP, signal.SIGCONT, signal.SIGTSTP
MOMENTS = {
    "main screen": (b"", b"layer 7"),
    "help": (b"?", b"scroll"),
    "palette": (b":", b"what to do"),
    "settings": (b"\t", b"negative_slope"),
}
STOPS = [(STOP, CONT), (TSTP, CONT, CONT), (CONT,), (TSTP, CONT, TSTP, CONT), (CONT,) * 20]


def _state(terminal: Pty) -> str:
    return Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(") ")[2][0]


def _wait_until_stopped(terminal: Pty) -> None:
    """Reading meanwhile: a stop waits for what leaves the screen to be written."""

    def stopped() -> bool:
        terminal.read()
        return _state(terminal) == "T"

    until(stopped, lambda: _state(terminal))


def _threads(terminal: Pty) -> list[str]:
    tasks = Path(f"/proc/{terminal.process.pid}/task")
    return [Path(task, "comm").read_text() for task in tasks.iterdir()]


def _signal(terminal: Pty, *numbers: int) -> None:
    """Send them; after a stop the process is waited for, and its terminal is somebody else's."""
    for number in numbers:
        terminal.read()
        terminal._asked = len(terminal.written)
        os.kill(terminal.process.pid, number)
        if number in (STOP, TSTP):
            _wait_until_stopped(terminal)
            if number == STOP:
                # a shell sets its own attributes and shows its prompt
                termios.tcsetattr(terminal.slave, termios.TCSANOW, terminal.attributes_before)


@pytest.mark.parametrize(
    ("moment", "signals"),
    [
        *(("main screen", signals) for signals in STOPS),
        *((moment, signals) for moment in ("help", "settings") for signals in STOPS[:2]),
        ("palette", STOPS[2]),
    ],
)
def test_the_way_out_stays(moment: str, signals: tuple[signal.Signals, ...]) -> None:
    """The whole picture again, raw again, no thread more, and ctrl+c restores the terminal."""
    key, shown = MOMENTS[moment]
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        if key:
            terminal.send(key)
            terminal.wait_for(shown)
        raw, threads = terminal.attributes(), len(_threads(terminal))
        _signal(terminal, *signals)
        terminal.wait_for(shown, b"\x1b[?2004h")
        until(lambda: terminal.attributes() == raw, terminal.attributes)
        assert len(_threads(terminal)) <= threads
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 0
        terminal.assert_restored()


def test_ctrl_z_then_continued_twice() -> None:
    """Keys work after it."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x1a")
        _wait_until_stopped(terminal)
        assert terminal.attributes() == terminal.attributes_before
        for _ in range(2):
            os.kill(terminal.process.pid, CONT)
        terminal.wait_for(b"layer 7")
        terminal.send(b"a")
        terminal.wait_for(b"tanh")
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


def test_stopped_twice_before_it_stops() -> None:
    """One stop, and one `fg` brings it back."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        for _ in range(2):
            os.kill(terminal.process.pid, TSTP)
        _signal(terminal, TSTP, CONT)
        terminal.wait_for(b"layer 7")
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


def test_ctrl_z_twice_at_once() -> None:
    """One stop, and one `fg` brings it back."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x1a\x1a")
        _wait_until_stopped(terminal)
        _signal(terminal, CONT)
        terminal.wait_for(b"layer 7")
        terminal.send(b"a")
        terminal.wait_for(b"tanh")
        assert _state(terminal) != "T"
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


def test_stopped_while_it_computes() -> None:
    """A long pass goes on after it."""
    with in_pty(CHAINRULE, "--depth", "1000", "--width", "256") as terminal:
        terminal.wait_for(b"computing")
        terminal.send(b"\x1a")
        _wait_until_stopped(terminal)
        _signal(terminal, CONT, CONT)
        terminal.wait_for(b"presets", b"computing")
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 0
        terminal.assert_restored()


@pytest.mark.parametrize("last", [CONT, signal.SIGTERM, TSTP, signal.SIGWINCH])
def test_a_signal_while_it_ends(last: signal.Signals) -> None:
    """It ends all the same."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x03")
        # a stop that comes first forgets the key
        terminal.wait_for(b"\x1b[?1000l")
        deadline = time.monotonic() + 5
        while terminal.process.poll() is None and time.monotonic() < deadline:
            os.kill(terminal.process.pid, last)
            terminal.read()
            if last is TSTP and terminal.process.poll() is None:
                os.kill(terminal.process.pid, CONT)
        terminal.end(patience=5)
        terminal.assert_restored()


def test_ended_while_it_is_stopped() -> None:
    """It does not take the terminal again."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(b"\x1a")
        _wait_until_stopped(terminal)
        _signal(terminal, signal.SIGTERM, CONT)
        assert terminal.end(patience=5) == 128 + signal.SIGTERM
        terminal.assert_restored()
        assert b"\x1b[?1049h" not in terminal.written[terminal._asked :]


def test_a_shell_writes_between_stop_and_continue() -> None:
    """SIGSTOP leaves no time to put the terminal back; `fg` shows the picture whole."""
    with (
        in_tmux("bash", "--norc", "--noprofile", "-i") as tmux,
        in_tmux(CHAINRULE, "--reduced-motion") as fresh,
    ):
        fresh.wait_for("VANISHING", "why")
        tmux.keys("chainrule --reduced-motion", "Enter")
        tmux.wait_for("VANISHING", "why")
        found = re.search(r"\d+", tmux.command("list-panes", "-F", "#{pane_pid}"))
        assert found is not None
        child = Path(f"/proc/{found[0]}/task/{found[0]}/children").read_text().split()[0]
        pid = int(Path(f"/proc/{child}/task/{child}/children").read_text().split()[0] or child)
        os.kill(pid, STOP)
        tmux.wait_for("Stopped")
        tmux.keys("echo junk junk junk", "Enter")
        tmux.wait_for("junk")
        tmux.keys("fg", "Enter")
        tmux.wait_for_picture_of(fresh)
        tmux.keys("a")
        tmux.wait_for("tanh")
