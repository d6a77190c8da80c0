"""What a terminal can do: colours, ASCII, its clipboard."""

import base64
import re
from pathlib import Path

import pytest

from tests.pty.harness import (
    CHAINRULE,
    CURSOR,
    LINE_WRAP,
    colours,
    environment,
    in_pty,
    modes,
)

pytestmark = pytest.mark.heavy

TAKEN, BEGUN, DONE = b"\x1b[?1049h", b"FORWARD", b"VANISHING"

OVERLAYS = (
    (b"?", b"scroll"),
    (b"A", b"take"),
    (b"\t", b"negative_slope"),
    (b":", b"what to do"),
)


def test_y_copies_through_the_terminal() -> None:
    """By OSC 52, which reaches the clipboard of the terminal's own machine over SSH too."""
    with in_pty(CHAINRULE, "--reduced-motion", "--depth", "9") as terminal:
        terminal.wait_for(DONE)
        terminal.send(b"y")
        terminal.wait_for(b"\x1b]52;c;" + base64.b64encode(b"chainrule --depth 9") + b"\a")
        terminal.send(b"\x03")
        assert terminal.end() == 0


def test_256_colours_are_enough() -> None:
    """Without COLORTERM no true colour is sent."""
    env = environment()
    del env["COLORTERM"]
    with in_pty(CHAINRULE, "--reduced-motion", env=env) as terminal:
        terminal.wait_for(DONE)
        assert b"38;5;" in terminal.written
        assert b"8;2;" not in terminal.written


@pytest.mark.parametrize("term", ["vt100", "linux"])
def test_terminals_older_than_xterm_are_asked_for_nothing_that_they_might_show(term: str) -> None:
    """No mode but the cursor's and the line wrap's, no other screen, no clipboard, no UTF-8."""
    with in_pty(CHAINRULE, "--reduced-motion", env=environment(TERM=term)) as terminal:
        terminal.wait_for(DONE, b"layer 7")
        for key, shown in ((b"y", b"chainrule"), (b"?", b"scroll"), (b"?", b""), (b"2", b"slope")):
            terminal.send(key)
            terminal.wait_for(shown)
        terminal.send(b"q")
        assert terminal.end() == 0
        assert terminal.attributes() == terminal.attributes_before
        written = terminal.written
    assert written.isascii()
    # and a row down, which the VT100 has
    private = set(re.findall(rb"\x1b(?![\[D])|\x1b\[[?<=>][^a-zA-Z]*", written))
    assert private == {b"\x1b[?25", b"\x1b[?7"}
    assert modes(written) == {CURSOR: True, LINE_WRAP: True}
    assert (colours(written) == set()) == (term == "vt100")
    # the VT100 has nothing that ends one of its attributes
    assert not re.search(rb"\x1b\[(?:[\d;]*;)?2[2-7](?:;[\d;]*)?m", written)
    assert b"\x1b[H\x1b[J" in written[-40:]


def test_sixteen_colours_are_enough() -> None:
    """A terminal that is called xterm and no more has eight of them, and eight brighter."""
    env = environment(TERM="xterm")
    del env["COLORTERM"]
    written = _shown(env, b"?", b"scroll")
    assert colours(written) > {30, 40}
    assert not colours(written) & {38, 48}


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


def test_gnu_screen_shows_the_colours_and_hands_on_the_keys(tmp_path: Path) -> None:
    """It drops true colours, though it hands on the variable that promises them."""
    (tmp_path / "socket").mkdir(mode=0o700)
    env = environment(SCREENDIR=str(tmp_path / "socket"))
    command = ("screen", "-q", "-c", "/dev/null", CHAINRULE, "--reduced-motion")
    with in_pty(*command, env=env) as terminal:
        terminal.wait_for(DONE, b"layer", b"sigmoid")
        assert b"38;5;" in terminal.written
        terminal.send(b"\x1b[D")
        terminal.wait_for(b"\xe2\x82\x85/g")
        terminal.send(b"?")
        terminal.wait_for(b"searches")
        terminal.send(b"\x1b")
        terminal.wait_for(b"VANISHING")
        terminal.send(b"q")
        assert terminal.end() == 0
