"""ctrl+z and fg."""

import pytest

from tests.pty.harness import (
    CHAINRULE,
    Tmux,
    in_tmux,
)

pytestmark = pytest.mark.heavy


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
        fresh.wait_for("VANISHING", "why")
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
            tmux.wait_for("layer 7", "why")
            _suspend(tmux)
            tmux.keys("clear; fg", "Enter")
        tmux.wait_for("VANISHING", "sigmoid", "why")
        tmux.keys("q")
        tmux.wait_until(lambda text: "VANISHING" not in text)


def test_a_size_that_changes_while_suspended() -> None:
    """The picture that comes back has the new size."""
    with (
        in_tmux(*_shell()) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion", size=(100, 30)) as fresh,
    ):
        fresh.wait_for("VANISHING", "why")
        tmux.keys("chainrule", "Enter")
        tmux.wait_for("FORWARD")
        _suspend(tmux)
        tmux.resize(100, 30)
        tmux.keys("fg", "Enter")
        tmux.wait_for_picture_of(fresh)


def test_what_waits_for_it_stops_with_it() -> None:
    """One ctrl+z brings the prompt though a script stands between, and `fg` the picture."""
    with (
        in_tmux(*_shell()) as tmux,
        in_tmux(CHAINRULE, "--reduced-motion") as fresh,
    ):
        fresh.wait_for("VANISHING", "why")
        tmux.keys("sh -c 'chainrule --reduced-motion; echo ended with $?'", "Enter")
        tmux.wait_for("VANISHING", "why")
        _suspend(tmux)
        tmux.keys("fg", "Enter")
        tmux.wait_for_picture_of(fresh)
        tmux.keys("q")
        assert tmux.exit_status() == 0
