"""ASCII on the whole screen, the library's own borders and scrollbars included."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_ALIKE = {
    "-": "─━▔▁┄╌–—",
    "|": "│┃▏▎▕▌▐╷╵",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯",
    "#": "█▇▆▅▄▃▂▀▊▋▉▍▓▒",
    ":": "░",
    "<": "←◀",
    ">": "→▶",
    "^": "↑▲",
    "v": "↓▼",
    "*": "●•◆",
    "o": "○",
    ".": "…·",
    "x": "×",
    "f": "φ",
    "d": "δ∂",
    "s": "σ",
    "X": "χ",
    "1": "₁",
    "2": "²",
}
_TABLE = str.maketrans({character: plain for plain, many in _ALIKE.items() for character in many})


def one_to_one(text: str) -> str:
    """Text in ASCII, a character for each character, so that nothing moves."""
    if text.isascii():
        return text
    return text.translate(_TABLE).encode("ascii", "replace").decode()


class AsciiFilter(LineFilter):
    """Rewrites every line on its way to the screen."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        """The same segments in ASCII."""
        return [Segment(one_to_one(text), style, control) for text, style, control in segments]
