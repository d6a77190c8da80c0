"""Bytes that no terminal should send: the app stays, and the next good key counts."""

import os
import time

import pytest

from tests.pty.harness import CHAINRULE, Pty, in_pty

pytestmark = pytest.mark.heavy

DONE = b"VANISHING"

HOSTILE = {
    "latin-1": b"\xe9",
    "no UTF-8": b"\xff\xfe\x80\xc3\x28",
    "NUL": b"\x00" * 100,
    "X10 mouse beyond column 95": b"\x1b[M \xc8\x30",
    "X10 mouse cut off": b"\x1b[M \xc8",
    "urxvt mouse": b"\x1b[32;200;40M",
    "mouse far away": b"\x1b[<0;999999999;999999999M\x1b[<35;-5;-9M\x1b[<64;0;0M",
    "truncated": b"\x1b[1;",
    "giant parameters": b"\x1b[" + b"9" * 5000 + b"m",
    "OSC without end": b"\x1b]52;c;" + b"q" * 5000,
    "DCS without end": b"\x1bP1$r" + b"q" * 5000,
    "absurd keys": b"\x1b[99999999999u\x1b[55296u\x1b[97:65;u\x1b[1114112;;1114112u\x1b[3u",
    "absurd sizes": b"\x1b[?2048;2$y\x1b[48;0;0;0;0t\x1b[48;-1;-1;0;0t"
    b"\x1b[48;1000000000;1000000000;1;1t",
    "paste without end": b"\x1b[200~" + b"q" * 5000,
    "pastes in pastes": b"\x1b[200~a\x1b[200~q\x1b[201~\x1b[201~",
    "replies nobody asked for": b"\x1b[?62;22c\x1b[>0;276;0c\x1b[113;1R\x1b]11;rgb:0/0/0\x1b\\"
    b"\x1b[?2026;2$y\x1b[?2026;0$y\x1b[8;24;80t\x1bP>|q\x1b\\",
    "focus": b"\x1b[O\x1b[I" * 2000,
}


def _flood(terminal: Pty, data: bytes) -> None:
    """Send much as fast as it is taken, and read what comes meanwhile."""
    os.set_blocking(terminal.master, False)
    while data:
        terminal.read()
        try:
            data = data[os.write(terminal.master, data) :]
        except BlockingIOError:
            continue
    os.set_blocking(terminal.master, True)


def _memory(terminal: Pty) -> int:
    """Resident bytes."""
    with open(f"/proc/{terminal.process.pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_any_bytes() -> None:
    """At once, and byte by byte: after each the next key counts."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        for sent in HOSTILE.values():
            terminal.send(sent)
            for byte in sent[:40]:
                terminal.send(bytes([byte]))
            # longer than anything that has begun is waited for
            time.sleep(0.7)
            terminal.send(b"?")
            terminal.wait_for(b"scroll")
            terminal.send(b"?")
            terminal.wait_for(b"layer")
        terminal.send(b"\x03")
        assert terminal.end() == 0
        terminal.assert_restored()


@pytest.mark.parametrize("sent", [b"\x1b[200~never closed", b"\x1b]0;never closed", b"\x1b[1;"])
def test_ctrl_c_ends_what_has_no_end(sent: bytes) -> None:
    """Sent right after it."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        terminal.send(sent)
        terminal.send(b"\x03")
        assert terminal.end(patience=3) == 0
        terminal.assert_restored()


@pytest.mark.parametrize(
    "flood",
    [
        b"\x1b[200~" + b"text\n" * 200_000 + b"\x1b[201~",
        b"text\n" * 200_000,
        b"\x1b]" + b"x" * 1_000_000,
        b"\x1b[O\x1b[I" * 170_000,
        b"\x1b[<35;30;10M" * 80_000,
    ],
    ids=["paste", "paste without brackets", "string", "focus", "mouse"],
)
def test_a_megabyte_at_once(flood: bytes) -> None:
    """Memory stays, and the app can be left at once."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        before = _memory(terminal)
        _flood(terminal, flood)
        grown = _memory(terminal) - before
        terminal.send(b"\x03")
        assert terminal.end(patience=5) == 0
        terminal.assert_restored()
        assert grown < 100_000_000, grown


def test_a_key_after_a_flood_counts() -> None:
    """Of what was typed ahead the newest is kept."""
    with in_pty(CHAINRULE, "--reduced-motion") as terminal:
        terminal.wait_for(DONE, b"layer 7")
        _flood(terminal, b"m" * 100_000 + b"?")
        terminal.wait_for(b"scroll")
        terminal.send(b"\x03")
        assert terminal.end() == 0
