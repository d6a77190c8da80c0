"""Pipes, and no keyboard."""

import pytest

from tests.pty.harness import (
    in_bash,
    in_pty,
    modes,
)

pytestmark = pytest.mark.heavy


def test_on_a_pipe_the_picture_is_text() -> None:
    """`chainrule | cat`."""
    done = in_bash("chainrule | cat")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "VANISHING" in done.stdout
    assert "█" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", ["", "run", "run --format json --depth 1000 --width 8"])
def test_a_reader_that_goes_away(arguments: str) -> None:
    """`chainrule run | head -1` is silent, whether the reader goes early or late."""
    for reader in ("head -1", "true"):
        done = in_bash(f"chainrule {arguments} | {reader}")
        assert (done.returncode, done.stderr) == (0, "")


def test_no_keyboard() -> None:
    """`chainrule < /dev/null` in a terminal is one clear line."""
    with in_pty("sh", "-c", "chainrule </dev/null") as terminal:
        assert terminal.end() == 2
        assert terminal.written.count(b"\n") == 1
        assert b"keyboard" in terminal.written
        assert modes(terminal.written) == {}


@pytest.mark.parametrize("elsewhere", ["2>/dev/null", "2>&-"])
def test_the_app_is_drawn_on_the_terminal(elsewhere: str) -> None:
    """Wherever stderr leads, on which Textual draws."""
    with in_pty("sh", "-c", f"exec chainrule {elsewhere}") as terminal:
        terminal.wait_for(b"FORWARD")
        terminal.send(b"q")
        assert terminal.end() == 0
        terminal.assert_restored()
