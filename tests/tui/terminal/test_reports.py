"""What input means to the app."""

import pytest
from hypothesis import given
from textual.events import AppFocus, Key, MouseDown, MouseEvent, MouseMove, Paste, Resize
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from tests.support.terminal_input import bytes_of_terminals
from tui.terminal.input_pieces import InputPieces
from tui.terminal.reports import LARGEST_SIZE, Reports


def messages(sent: bytes) -> list[Message]:
    """All that some bytes say."""
    pieces, reports = InputPieces(), Reports()
    found = [*pieces.feed(sent), *pieces.give_up()]
    return [message for piece in found for message in reports.messages(piece)]


def keys(sent: bytes) -> list[str]:
    """The keys among it; there is nothing else."""
    found = messages(sent)
    assert all(isinstance(message, Key) for message in found)
    return [message.key for message in found if isinstance(message, Key)]


@given(bytes_of_terminals())
def test_any_bytes_say_only_what_can_be(sent: bytes) -> None:
    """Nothing is raised; sizes, places and characters are of this world."""
    for message in messages(sent):
        if isinstance(message, Resize):
            assert 0 < message.size.width <= LARGEST_SIZE[0]
            assert 0 < message.size.height <= LARGEST_SIZE[1]
        elif isinstance(message, MouseEvent):
            assert 0 <= message.x < LARGEST_SIZE[0]
            assert 0 <= message.y < LARGEST_SIZE[1]
        elif isinstance(message, Key):
            assert (message.character or "a").encode()
        elif isinstance(message, Paste):
            assert message.text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


@pytest.mark.parametrize(
    "sent",
    [
        # device attributes, cursor, colours, size of the window, version, status string
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[113;1R",
        b"\x1b]4;1;rgb:aa/bb/cc\x07",
        b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
        b"\x1b[8;24;80t",
        b"\x1bP>|xterm(1)\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        # modes that were not asked for, or that the terminal has not
        b"\x1b[?2027;2$y",
        b"\x1b[?2026;0$y",
        b"\x1b[?2026;4$y",
        b"\x1b[4;1$y",
        b"\x1b[?12l",
        # keys that there are not
        b"\x1b[99999999999u",
        b"\x1b[55296u",
        b"\x1b[1114112;;1114112u",
        b"\x1b[3u",
        b"\x1b[113;5H",
        b"\x1b[113~",
        b"\x1b[97;1:3u",
        # sizes and places that there are not
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;-1;80;0;0t",
        b"\x1b[48;1000000000;80;0;0t",
        b"\x1b[<0;999999999;1M",
        b"\x1b[<0;-1;-1M",
        b"\x1b[<0;0;0M",
        b"\x1b[M \xff\xff",
        b"\x1b[32;300;300M",
    ],
)
def test_a_reply_presses_no_key(sent: bytes) -> None:
    """Late, twice or unasked."""
    assert messages(sent * 2) == []


@pytest.mark.parametrize(
    ("sent", "pressed"),
    [
        (b"a", ["a"]),
        (b"?", ["question_mark"]),
        ("你".encode(), ["你"]),
        (b"\x1b", ["escape"]),
        (b"\x03", ["ctrl+c"]),
        (b"\x1b[A\x1bOA", ["up", "up"]),
        (b"\x1b[1;5C", ["ctrl+right"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1b[5~\x1b[6~", ["pageup", "pagedown"]),
        (b"\x1bx", ["alt+x"]),
        (b"\x1b\r", ["enter"]),
        (b"\x1b[97;5u", ["ctrl+a"]),
        (b"\x1b[97:65;2:1;65u", ["A"]),
        (b"\x1b[27u\x1b[13u\x1b[9u", ["escape", "enter", "tab"]),
        # as xterm sends them with "modifyOtherKeys", and tmux with "extended-keys always"
        (b"\x1b[27;5;99~\x1b[27;6;112~", ["ctrl+c", "ctrl+shift+p"]),
        (b"\x1b[27;2;65~\x1b[27;2;58~", ["A", "colon"]),
        (b"\x1b[27;2;9~\x1b[27;5;13~", ["shift+tab", "ctrl+enter"]),
        (b"\x1b[27;3;97~", ["alt+a"]),
        # what an input method sends, longer than Textual's parser reads
        (b"\x1b[0;;" + b":".join(b"20320" for _ in range(9)) + b"u", ["你"] * 9),
    ],
)
def test_keys(sent: bytes, pressed: list[str]) -> None:
    """As terminals old and new send them."""
    assert keys(sent) == pressed


def test_other_reports() -> None:
    """Each is told."""
    sent = b"\x1b[I\x1b[<0;5;6M\x1b[<35;5;6M\x1b[48;24;80;480;800t\x1b[?2026;2$y\x1b[?2048;2$y"
    kinds = [type(message) for message in messages(sent)]
    assert kinds == [
        AppFocus,
        MouseDown,
        MouseMove,
        Resize,
        TerminalSupportsSynchronizedOutput,
        InBandWindowResize,
    ]
