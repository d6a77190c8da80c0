"""In tmux, a terminal of others: changed cells alone make the picture that a repaint makes."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from tests.pty.harness import CHAINRULE, Tmux, in_tmux, until

pytestmark = pytest.mark.heavy

SESSION = (
    *(("2", "each layer"), ("?", "searches"), ("Escape", "why"), ("Tab", "negative_slope")),
    *(("Escape", "why"), ("4", "learns"), (":", "what to do"), ("Escape", "learns"), ("v", "why")),
)
"""Keys, and what is seen after each."""
STAYS = 0.7
"""Seconds."""


def _program(tmux: Tmux) -> int:
    """The process that holds the terminal: the last child."""
    process = tmux.command("display-message", "-p", "#{pane_pid}").strip()
    while children := Path(f"/proc/{process}/task/{process}/children").read_text().split():
        process = children[-1]
    return int(process)


def _settled(tmux: Tmux) -> str:
    """The picture, once it has stayed for a while: panels and inspections come a little later."""
    last, since = tmux.picture(), time.monotonic()

    def stayed() -> bool:
        nonlocal last, since
        if (now := tmux.picture()) != last:
            last, since = now, time.monotonic()
        return time.monotonic() - since > STAYS

    until(stayed, tmux.text)
    return last


def _shows(tmux: Tmux, picture: str) -> bool:
    return tmux.picture() == picture


@pytest.mark.parametrize("colours", ["truecolor", ""])
def test_pictures_are_those_of_a_repaint(colours: str) -> None:
    """Somebody writes over it, and a continued program paints it whole."""
    command = ("env", f"COLORTERM={colours}", CHAINRULE, "--reduced-motion")
    with in_tmux(*command, size=(100, 30)) as tmux:
        tmux.wait_for("VANISHING", "why")
        program = _program(tmux)
        terminal = Path(tmux.command("display-message", "-p", "#{pane_tty}").strip())
        for key, seen in SESSION:
            tmux.keys(key)
            tmux.wait_for(seen)
            before = _settled(tmux)
            terminal.write_text("\x1b[2;3H\x1b[1;41mwritten by another" + "\x1b[9;1H\x1b[2K")
            tmux.wait_for("written by another")
            os.kill(program, signal.SIGCONT)
            until(partial(_shows, tmux, before), tmux.text)
