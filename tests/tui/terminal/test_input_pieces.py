"""The terminal's bytes taken apart: any bytes, in reads of any length."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.heavy import cases
from tests.support.terminal_input import bytes_of_terminals, split
from tui.terminal.input_pieces import LONGEST_PASTE, InputPieces, Piece

BEGIN, END = b"\x1b[200~", b"\x1b[201~"


def pieces(*reads: bytes) -> list[Piece]:
    """What is found, and what is left when nothing more comes."""
    found = InputPieces()
    return [piece for read in reads for piece in found.feed(read)] + list(found.give_up())


def joined(found: Sequence[Piece]) -> list[Piece]:
    """Neighbouring texts as one."""
    result: list[Piece] = []
    for piece in found:
        if result and piece.kind == result[-1].kind == "text":
            result[-1] = Piece("text", result[-1].text + piece.text)
        else:
            result.append(piece)
    return result


@given(bytes_of_terminals(), st.data())
def test_how_bytes_are_read_does_not_matter(sent: bytes, data: st.DataObject) -> None:
    """In one read or in many, the pieces are the same."""
    assert joined(pieces(*split(sent, data))) == joined(pieces(sent))


@given(bytes_of_terminals())
def test_after_anything_a_good_key_counts(sent: bytes) -> None:
    """Once what was sent is given up."""
    found = InputPieces()
    list(found.feed(sent))
    list(found.give_up())
    assert found.patience is None
    assert list(found.feed(b"\x1b[Aq")) == [Piece("sequence", "\x1b[A"), Piece("text", "q")]


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        # a latin-1 terminal's é
        (b"\xe9a", [Piece("text", "\ufffda")]),
        (b"\x1b[M \xc8\x30", []),
        (b"\x1b[M\x20\x00\x00", []),
        (b"\x1b[M \x1b[A", [Piece("sequence", "\x1b[A")]),
        (b"\x1b[1;\x03", [Piece("text", "\x03")]),
        (b"\x1b[" + b"9" * 1000 + b"u", []),
        (b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\q", [Piece("text", "q")]),
        (b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07q", [Piece("text", "q")]),
        (b"\x1bP>|name\x1b[A", [Piece("sequence", "\x1b[A")]),
        (b"\x1b]0;\x03", [Piece("text", "\x03")]),
        (b"\x1b", [Piece("escape", "\x1b")]),
        (b"\x1b\x1b[A", [Piece("escape", "\x1b"), Piece("sequence", "\x1b[A")]),
        (b"\x1b[", [Piece("alt", "[")]),
        (b"\x1b\xc3\xa9", [Piece("alt", "é")]),
        (
            b"\x1b[[A\x1bOP\x1b[3$y",
            [*(Piece("sequence", s) for s in ("\x1b[[A", "\x1bOP", "\x1b[3$")), Piece("text", "y")],
        ),
        (BEGIN + b"a\nq" + END + b"q", [Piece("paste", "a\nq"), Piece("text", "q")]),
        (
            BEGIN + b"a" + BEGIN + b"b" + END + END,
            [Piece("paste", "ab"), Piece("sequence", END.decode())],
        ),
        (BEGIN + b"a\x1b]52;c;x\x07\x00\xc2\x9b" + END, [Piece("paste", "a]52;c;x")]),
        (BEGIN + b"never closed", [Piece("paste", "never closed")]),
        (BEGIN + b"never closed\x03", [Piece("paste", "never closed"), Piece("text", "\x03")]),
        (
            BEGIN + b"never closed\x1b[99;133u",
            [Piece("paste", "never closed[99;133u"), Piece("text", "\x03")],
        ),
    ],
)
def test_what_is_found(sent: bytes, found: list[Piece]) -> None:
    """Whole pieces; of what is broken nothing."""
    assert pieces(sent) == found


@pytest.mark.parametrize("begun", [BEGIN, b"\x1b]", b"\x1b[", b"\x1b[M", b"\x1b", b"\xc3", b"a"])
@pytest.mark.parametrize("fill", cases([b"1", b"\xff", b"\x1b", b"\x1b[1;"], lambda f: f == b"1"))
def test_a_megabyte_is_soon_over(begun: bytes, fill: bytes) -> None:
    """Nothing is kept of it but the start of a paste."""
    found, read = InputPieces(), (fill * 4096)[:4096]
    before = time.process_time()
    list(found.feed(begun))
    for _ in range(1_000_000 // len(read)):
        list(found.feed(read))
    assert time.process_time() - before < 2
    assert sum(len(piece.text) for piece in found.give_up()) <= LONGEST_PASTE
