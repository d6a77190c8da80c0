"""Text from outside (names of files, arguments, contents), shown so that it can do no harm.

Nothing in it steers the terminal, hides or turns what stands beside it, or makes a line endless.
"""

import reprlib
from collections.abc import Mapping
from string import Formatter
from typing import Any

LINE = 300
"""The most characters of a line that says what is wrong, whatever it quotes."""

QUOTED, NAMED = 60, 100
"""The most characters of a value in quotes, and of a name without: names of files are longer."""

_CUT = "..."

# printable to Python, and yet not seen, or changing how wide their neighbour is
_UNSEEN = frozenset(
    map(
        chr,
        (
            *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)


class _Brief(reprlib.Repr):
    """Representations of at most QUOTED characters, whatever is in them."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxlong = self.maxother = QUOTED

    def repr_int(self, x: int, level: int) -> str:
        try:
            return super().repr_int(x, level)
        except ValueError:
            # Python writes no number of thousands of digits in decimal
            return named(hex(x), QUOTED)


_brief = _Brief()


def visible(text: str) -> str:
    """A text with each character that is not seen as its escape: \\x1b, \\n, \\u202e, \\udcff."""
    if text.isprintable() and _UNSEEN.isdisjoint(text):
        return text
    return "".join(
        c if c.isprintable() and c not in _UNSEEN else c.encode("unicode_escape").decode()
        for c in text
    )


def named(value: object, room: int = NAMED) -> str:
    """A name from outside: visible, its middle left out where it has no room."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > room:
        # no more of an endless text is looked at than can be shown
        text = text[:room] + text[-room:]
    text = visible(text)
    if len(text) <= room:
        return text
    end = (room - len(_CUT)) // 2
    return text[: room - len(_CUT) - end] + _CUT + text[-end:]


def quoted(value: object) -> str:
    """A value from outside as Python writes it: visible, and short."""
    return named(_brief.repr(value), QUOTED)


class _Filler(Formatter):
    """Fills templates in which `{x!s}` is a name and `{x!r}` a value from outside.

    Any other text is a phrase of this house, which may hold such names. `{n: column}` counts.
    """

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        return {"s": named, "r": quoted}[conversion](value) if conversion else value

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith(" "):
            return f"{value:,}{format_spec}{'' if value == 1 else 's'}"
        text: str = super().format_field(value, format_spec)
        return visible(text)


_filler = _Filler()


def filled(template: str, details: Mapping[str, Any]) -> str:
    """A template with its details in one line of at most LINE characters."""
    line = _filler.vformat(template, (), details)
    return line if len(line) <= LINE else line[: LINE - len(_CUT)] + _CUT
