"""The real program over ssh."""

import os
import shlex
from pathlib import Path

import pytest

from tests.pty.harness import (
    CHAINRULE,
    in_pty,
    in_tmux,
    until,
)
from tests.pty.sshd import ssh_command

pytestmark = pytest.mark.heavy

TAKEN, BEGUN, DONE = b"\x1b[?1049h", b"FORWARD", b"VANISHING"


def test_over_ssh() -> None:
    """It starts, answers, and quits, on a real connection."""
    with ssh_command() as ssh, in_tmux(*ssh, shlex.quote(CHAINRULE)) as tmux:
        tmux.wait_for("FORWARD", "sigmoid")
        tmux.keys("a")
        tmux.wait_for("tanh", "why")
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
