"""The real program in real terminals."""

from __future__ import annotations

import base64
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.harness import (
    CHAINRULE,
    Tmux,
    colours,
    environment,
    furthest_column,
    in_pty,
    in_tmux,
    modes,
    until,
)
from tests.terminal.sshd import ssh_command

pytestmark = pytest.mark.heavy

SIZES = ((80, 24), (160, 45), (60, 16), (59, 16), (20, 5), (100, 30))
TAKEN, BEGUN, DONE = b"\x1b[?1049h", b"FORWARD", b"VANISHING"

OVERLAYS = (
    (b"?", b"scroll"),
    (b"A", b"take"),
    (b"\t", b"negative_slope"),
    (b":", b"Search"),
)

FAILING = """
import sys
from engine import Experiment
from tui.app import ChainruleApp

class Failing(ChainruleApp):
    def {method}(self):
        raise RuntimeError("on purpose")

app = Failing(Experiment())
app.run()
sys.exit(app.return_code)
"""


# leaving


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


@pytest.mark.parametrize(("method", "key"), [("on_mount", b""), ("action_refit", b"=")])
def test_an_exception_restores_the_terminal(method: str, key: bytes) -> None:
    """The traceback stands on the ordinary screen, and the exit code tells."""
    with in_pty(sys.executable, "-c", FAILING.format(method=method)) as terminal:
        if key:
            terminal.wait_for(BEGUN)
            terminal.send(key)
        assert terminal.end() == 1
        terminal.assert_restored()
        _, said = terminal.written.split(b"\x1b[?1049l")
        assert b"on purpose" in said


@pytest.mark.parametrize("keys", [b"Aq", b"A\r\tI\r\x03", b"\t\r1\x1b\tq\x03", b"?A?I:\x03"])
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


def test_y_copies_through_the_terminal() -> None:
    """By OSC 52, which reaches the clipboard of the terminal's own machine over SSH too."""
    with in_pty(CHAINRULE, "--reduced-motion", "--depth", "9") as terminal:
        terminal.wait_for(DONE)
        terminal.send(b"y")
        terminal.wait_for(b"\x1b]52;c;" + base64.b64encode(b"chainrule --depth 9") + b"\a")
        terminal.send(b"\x03")
        assert terminal.end() == 0


# suspending


def _shell() -> tuple[str, ...]:
    return ("bash", "--norc", "--noprofile", "-i")


def _suspend(tmux: Tmux) -> None:
    tmux.keys("C-z")
    tmux.wait_for("Stopped")


@pytest.mark.parametrize("moment", ["FORWARD", "BACKWARD", "VANISHING"])
def test_fg_brings_the_picture_back(moment: str) -> None:
    """ctrl+z, `fg`, the whole picture as if nothing had been, and keys work; the shell goes on."""
    with (
        in_tmux(*_shell()) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion") as fresh,
    ):
        fresh.wait_for("VANISHING", "quit")
        tmux.keys("chainrule", "Enter")
        tmux.wait_for(moment)
        _suspend(tmux)
        tmux.keys("fg", "Enter")
        tmux.wait_for_picture_of(fresh)
        tmux.keys("a")
        tmux.wait_for("tanh", "output")
        tmux.keys("q")
        tmux.wait_until(lambda text: "tanh" not in text)
        tmux.keys("echo code $?", "Enter")
        tmux.wait_for("code 0")


def test_suspending_again_and_again() -> None:
    """Quickly, while the wave plays."""
    with in_tmux(*_shell()) as tmux:
        tmux.keys("chainrule", "Enter")
        for _ in range(5):
            tmux.wait_for("layer 7", "quit")
            _suspend(tmux)
            tmux.keys("clear; fg", "Enter")
        tmux.wait_for("VANISHING", "sigmoid", "quit")
        tmux.keys("q")
        tmux.wait_until(lambda text: "VANISHING" not in text)


def test_a_size_that_changes_while_suspended() -> None:
    """The picture that comes back has the new size."""
    with (
        in_tmux(*_shell()) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=(100, 30)) as fresh,
    ):
        fresh.wait_for("VANISHING", "quit")
        tmux.keys("chainrule", "Enter")
        tmux.wait_for("FORWARD")
        _suspend(tmux)
        tmux.resize(100, 30)
        tmux.keys("fg", "Enter")
        tmux.wait_for_picture_of(fresh)


# resizing


def _drawn(width: int, height: int) -> Callable[[str], bool]:
    too_small = width < 60 or height < 16
    wanted = f"have {width}x{height}, need 60x16" if too_small else "chainrule"
    return lambda text: wanted in " ".join(text.split())


@pytest.mark.parametrize("hasty", [False, True])
def test_resizing_during_the_wave(hasty: bool) -> None:
    """After any sizes, drawn or rushed through, the picture is that of a fresh start."""
    with (
        in_tmux(CHAINRULE) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=SIZES[-1]) as fresh,
    ):
        fresh.wait_for("VANISHING", "quit")
        tmux.wait_for("FORWARD")
        for size in SIZES:
            tmux.resize(*size)
            if not hasty:
                tmux.wait_until(_drawn(*size))
        tmux.wait_for_picture_of(fresh)


def test_resizing_with_a_panel_open() -> None:
    """Closed again, it leaves the picture of a fresh start."""
    with (
        in_tmux(CHAINRULE, "--reduced-motion") as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=SIZES[-1]) as fresh,
    ):
        fresh.wait_for("VANISHING", "quit")
        tmux.wait_for("VANISHING", "quit")
        tmux.keys("A")
        tmux.wait_for("take")
        for size in SIZES:
            tmux.resize(*size)
        tmux.keys("Escape")
        tmux.wait_for_picture_of(fresh)


@pytest.mark.parametrize("size", [(60, 16), (59, 16), (60, 15), (20, 5)])
def test_the_smallest_size(size: tuple[int, int]) -> None:
    """60x16 shows the chart, less says what it has and what it needs; `q` quits either way."""
    with in_tmux(CHAINRULE, "--reduced-motion", size=size) as tmux:
        tmux.wait_until(_drawn(*size))
        tmux.keys("q")
        assert tmux.exit_status() == 0


# the picture


def test_the_first_picture_and_its_rescue() -> None:
    """Sigmoid vanishes, its layer 7 is taken apart; `a a i` makes it healthy."""
    with in_tmux(CHAINRULE, "--reduced-motion") as tmux:
        tmux.wait_for("VANISHING", "sigmoid", "layer 7", "quit")
        tmux.keys("a", "a", "i")
        text = tmux.wait_for("HEALTHY", "relu", "he_normal")
        assert "VANISHING" not in text


@pytest.mark.parametrize(("depth", "filled"), [(200, 70), (20, 50), (1, 12)])
def test_a_full_chart_at_any_depth(depth: int, filled: int) -> None:
    """Every column stands on the base line, and the base line goes from input to output."""
    with in_tmux(CHAINRULE, "--reduced-motion", "--depth", str(depth)) as tmux:
        tmux.wait_for("quit", "output")
        lines = tmux.lines()
        base = next(i for i, line in enumerate(lines) if "└ input" in line)
        assert lines[base].endswith("output")
        bars = lines[base - 1].partition("│")[2]
        assert len(bars.replace(" ", "")) == filled
        assert {"1", str(depth)} <= set(lines[base + 1].split())


@pytest.mark.parametrize("key", ["A", "I", "Tab"])
def test_a_panel_leaves_room_for_the_whole_chart(key: str) -> None:
    """Beside it the base line still goes from input to output."""
    with in_tmux(CHAINRULE, "--reduced-motion") as tmux:
        tmux.wait_for("VANISHING", "quit")
        tmux.keys(key)
        tmux.wait_for("esc")
        tmux.wait_until(lambda text: re.search("└ input .* output", text) is not None)


@pytest.mark.parametrize("size", [(80, 24), (160, 45), (60, 16), (20, 5)])
def test_nothing_is_written_past_the_last_column(size: tuple[int, int]) -> None:
    """Not by the chart, nor by help and panel."""
    with in_pty(CHAINRULE, "--depth", "200", size=size) as terminal:
        terminal.wait_for(b"\x1b[?2004h", b"need" if size < (60, 16) else BEGUN)
        for key in (b"?", b"?", b"A", b"\x1b", b"\x1b[C", b"q"):
            terminal.send(key)
        terminal.end()
        assert furthest_column(terminal.written) <= size[0]


# what a terminal can do


def test_256_colours_are_enough() -> None:
    """Without COLORTERM no true colour is sent."""
    env = environment()
    del env["COLORTERM"]
    with in_pty(CHAINRULE, "--reduced-motion", env=env) as terminal:
        terminal.wait_for(DONE)
        assert b"38;5;" in terminal.written
        assert b"8;2;" not in terminal.written


def _shown(env: dict[str, str], key: bytes, shown: bytes) -> bytes:
    """What the app writes for its first picture and for what a key opens."""
    with in_pty(CHAINRULE, "--reduced-motion", env=env) as terminal:
        terminal.wait_for(DONE, b"sigmoid", b"layer 7")
        terminal.send(key)
        terminal.wait_for(shown)
        terminal.send(b"\x03")
        assert terminal.end() == 0
        return terminal.written


@pytest.mark.parametrize(("key", "shown"), OVERLAYS)
def test_no_color_is_honoured(key: bytes, shown: bytes) -> None:
    """NO_COLOR sends words and no colour."""
    assert colours(_shown(environment(NO_COLOR="1"), key, shown)) == set()


@pytest.mark.parametrize(("key", "shown"), OVERLAYS)
def test_ascii_is_enough(key: bytes, shown: bytes) -> None:
    """A terminal that knows nothing else gets nothing else, nor an escape for it."""
    written = _shown(environment(LANG="C", PYTHONIOENCODING="ascii"), key, shown)
    assert written.isascii()
    assert b"###" in written
    assert re.findall(rb"\\u....", written) == []


# pipes and other callers


def _bash(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=20,
    )


def test_on_a_pipe_the_picture_is_text() -> None:
    """`chainrule | cat`."""
    done = _bash("chainrule | cat")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "VANISHING" in done.stdout
    assert "█" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", ["", "run", "run --format json --depth 1000 --width 8"])
def test_a_reader_that_goes_away(arguments: str) -> None:
    """`chainrule run | head -1` is silent, whether the reader goes early or late."""
    for reader in ("head -1", "true"):
        done = _bash(f"chainrule {arguments} | {reader}")
        assert (done.returncode, done.stderr) == (0, "")


def test_no_keyboard() -> None:
    """`chainrule < /dev/null` in a terminal is one clear line."""
    with in_pty("sh", "-c", "chainrule </dev/null") as terminal:
        assert terminal.end() == 2
        assert terminal.written.count(b"\n") == 1
        assert b"keyboard" in terminal.written
        assert modes(terminal.written) == {}


# over the network


def test_over_ssh() -> None:
    """It starts, answers, and quits, on a real connection."""
    with ssh_command() as ssh, in_tmux(*ssh, shlex.quote(CHAINRULE)) as tmux:
        tmux.wait_for("FORWARD", "sigmoid")
        tmux.keys("a")
        tmux.wait_for("tanh", "quit")
        tmux.keys("q")
        assert tmux.exit_status() == 0


def test_a_lost_connection_ends_the_program(tmp_path: Path) -> None:
    """Nothing is left running on the other side."""
    note = tmp_path / "pid"
    remote = f"echo $$ >{note}; exec {shlex.quote(CHAINRULE)}"
    with ssh_command() as ssh, in_pty(*ssh, remote) as terminal:
        terminal.wait_for(BEGUN)
        program = Path("/proc", note.read_text().strip())
        assert program.exists()
        terminal.process.kill()
        until(lambda: not program.exists(), lambda: os.listdir(program))
