"""The bytes of a terminal taken apart, whatever they are: text, keys, reports, pastes.

What is no whole report presses no key: it is let go, up to its end or to the first byte that cannot
belong to it. The forms are those of ECMA-48 and of "XTerm Control Sequences".
"""

import codecs
import re
from collections.abc import Generator, Iterator
from typing import Literal, NamedTuple

from textual import constants

LONGEST_PASTE = 4096
"""Bytes of a paste that count: no field takes more than a path."""
LONGEST_SEQUENCE = 256
"""Bytes: what is longer is no report that anything knows."""

# the first as ESCDELAY says
ESCAPE_DELAY, SEQUENCE_DELAY, PASTE_DELAY = min(constants.ESCAPE_DELAY, 1.0), 0.25, 0.5
"""Seconds without a byte after which what has begun will not be continued."""

Kind = Literal["text", "escape", "alt", "sequence", "paste"]


class Piece(NamedTuple):
    """What was typed, the escape key, a key with alt, one whole escape sequence, or a paste."""

    kind: Kind
    text: str


_CHARACTER = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_HALF_CHARACTER = rb"[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}"
_NEXT = re.compile(
    rb"(?P<typed>[^\x1b]+)"
    # with shift, rxvt ends keys with what begins the end of other reports
    rb"|(?P<rxvt>\x1b\[\d+\$)"
    rb"|(?P<begun>\x1b(?:\[(?:\[|M[\x00\x20-\xff]{0,2}|[ -?]*)|O[0-9;]*|[\]P_^X]"
    rb"|" + _HALF_CHARACTER + rb")?)\Z"
    # a mouse of the oldest kind: three bytes of any value
    rb"|(?P<mouse>\x1b\[M[\x00\x20-\xff]{0,3})"
    # function keys of Linux' console, then all others
    rb"|(?P<sequence>\x1b(?:\[\[[A-E]|\[[ -?]*[@-~]|O[0-9;]*[@-~]))"
    rb"|(?P<broken>\x1b(?:\[[ -?]+|O[0-9;]+))"
    rb"|(?P<string>\x1b[\]P_^X])"
    rb"|(?P<escape>\x1b+(?=\x1b))"
    rb"|\x1b(?P<alt>" + _CHARACTER + rb"|[^\x1b])",
    re.DOTALL,
)
_ESCAPE = Piece("escape", "\x1b")
_SEQUENCE_END = re.compile(rb"[@-~]|(?=[\x00-\x1f\x7f-\xff])")
_STRING_END = re.compile(rb"\x07|\x1b\\|(?=[\x00-\x06\x08-\x1a\x1c-\x1f]|\x1b[^\\])", re.DOTALL)
_PASTE_BEGIN, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
CTRL_C = re.compile(rb"\x03|\x1b\[(?:99;(?:5|69|133|197)(?::1)?u|27;5;99~)")
"""In any of its forms; the numbers are ctrl alone, with caps lock, with num lock, with both."""
_LONGEST_CTRL_C = 11


class InputPieces:
    """Takes bytes in reads of any length and gives the pieces that are whole."""

    def __init__(self) -> None:
        self._begun = self._half_character = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._skips_to: re.Pattern[bytes] | None = None
        self._paste: bytes | None = None
        self._end_of_paste = b""

    @property
    def patience(self) -> float | None:
        """Seconds to wait for the rest of what has begun; none where nothing has."""
        if self._paste is not None:
            return PASTE_DELAY
        if self._skips_to is not None or len(self._begun) > 2:
            return SEQUENCE_DELAY
        return ESCAPE_DELAY if self._begun or self._half_character else None

    def feed(self, data: bytes) -> Iterator[Piece]:
        """The pieces that end with these bytes."""
        data, self._begun = self._begun + data, b""
        at = 0
        while at < len(data):
            if self._paste is not None:
                at = yield from self._pasted(data, at)
            elif self._skips_to is not None:
                at = self._skipped(data, at)
            else:
                at = yield from self._next(data, at)

    def give_up(self) -> Iterator[Piece]:
        """What has begun and is not continued, as far as it means something."""
        begun, self._begun, self._skips_to = self._begun, b"", None
        yield from self._typed(b"", final=True)
        if self._paste is not None:
            # who finds a paste without end presses ctrl+c
            pressed = re.search(rb"(?:" + CTRL_C.pattern + rb")\Z", self._end_of_paste)
            yield self._whole_paste()
            if pressed:
                yield Piece("text", "\x03")
        if begun == b"\x1b":
            yield _ESCAPE
        elif len(begun) == 2:
            yield Piece("alt", begun[1:].decode("utf-8", "replace"))

    def _next(self, data: bytes, at: int) -> Generator[Piece, None, int]:
        match = _NEXT.match(data, at)
        assert match is not None
        kind, found = match.lastgroup, match[0]
        if kind == "typed":
            yield from self._typed(found, final=match.end() < len(data))
            return match.end()
        if self._half_character:
            yield from self._typed(b"", final=True)
        if kind == "begun" and len(found) <= LONGEST_SEQUENCE:
            self._begun = found
        elif kind == "begun":
            self._skips_to = _SEQUENCE_END
        elif kind == "string":
            self._skips_to = _STRING_END
        elif found == _PASTE_BEGIN:
            self._paste, self._end_of_paste = b"", b""
        elif kind in ("sequence", "rxvt") and len(found) <= LONGEST_SEQUENCE:
            yield Piece("sequence", found.decode("ascii"))
        elif kind == "escape":
            yield from [_ESCAPE] * len(found)
        elif kind == "alt":
            yield Piece("alt", match["alt"].decode("utf-8", "replace"))
        return match.end()

    def _typed(self, data: bytes, final: bool) -> Iterator[Piece]:
        text = self._decoder.decode(data, final)
        self._half_character = self._decoder.getstate()[0]
        if text:
            yield Piece("text", text)

    def _skipped(self, data: bytes, at: int) -> int:
        assert self._skips_to is not None
        end = self._skips_to.search(data, at)
        if end is not None:
            self._skips_to = None
            return end.end()
        if data.endswith(b"\x1b"):
            # half of a string's end
            self._begun = b"\x1b"
        return len(data)

    def _pasted(self, data: bytes, at: int) -> Generator[Piece, None, int]:
        assert self._paste is not None
        end = data.find(_PASTE_END, at)
        if end < 0:
            halves = (_PASTE_END[:n] for n in range(len(_PASTE_END) - 1, 0, -1))
            self._begun = next((half for half in halves if data.endswith(half, at)), b"")
        content = data[at : len(data) - len(self._begun) if end < 0 else end]
        self._paste += content[: LONGEST_PASTE - len(self._paste)]
        self._end_of_paste = (self._end_of_paste + content)[-_LONGEST_CTRL_C:]
        if end < 0:
            return len(data)
        yield self._whole_paste()
        return end + len(_PASTE_END)

    def _whole_paste(self) -> Piece:
        assert self._paste is not None
        text = self._paste.replace(_PASTE_BEGIN, b"").decode("utf-8", "replace")
        self._paste = None
        # nothing in it may steer the terminal where it is shown again
        return Piece("paste", "".join(c for c in text if c.isprintable() or c in "\t\r\n"))
