"""Sentences in lines, in which no number is torn from its power of ten or its unit."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TypeVar

from rich.cells import cell_len, chop_cells
from rich.text import Text

StyleT = TypeVar("StyleT")

_JOINTS = re.compile(
    # a formula breaks before a sign that compares, and nowhere else
    r"(?<=\S) (?=[×⋅+−] |[%ξ]|×\d)|(?<=[×⋅+−=≈≤←]) |(?<=\(\d,) (?=\d)"
    r"|(?<=step) (?=\d)|(?<=layer) (?=\d)|(?<=第) (?=\d)|(?<=\d) (?=[层步个倍])"
)
_UNBROKEN = "\u00a0"

_WIDE, _OPENING, _CLOSING = "\u2e80-\uffef", "（“《「", "，。：；、）！？”》」…"
_UNIT = rf"[{_OPENING}]*(?:[^ {_UNBROKEN}{_WIDE}{_CLOSING}]+|[{_WIDE}{_CLOSING}])[{_CLOSING}]*"
_PIECE = re.compile(rf" *{_UNIT}(?:{_UNBROKEN}{_UNIT})*")
"""What stays together: a word, or one character of Chinese, with the punctuation about it."""


def in_lines(text: str, width: int, joint: str = " ") -> list[str]:
    """A text in lines of at most that width, broken at its joints; none begins with one."""
    lines = [""]
    for piece in _pieces(text, joint):
        longer = lines[-1] + piece
        if cell_len(longer) > width and lines[-1]:
            longer = piece.removeprefix(joint).lstrip(" ")
            lines.append("")
        lines[-1:] = chop_cells(longer, width) if cell_len(longer) > width else [longer]
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width`; hyphens and minus signs stay where they are."""
    joined = _PIECE.sub(partial(_that_fits, width), _JOINTS.sub(_UNBROKEN, text))
    lines = in_lines(joined, max(width, 1))
    return [line.replace(_UNBROKEN, " ") for line in lines]


def _that_fits(width: int, piece: re.Match[str]) -> str:
    """What stays together as long as there is room for it."""
    whole = piece[0].lstrip(" ")
    return piece[0] if cell_len(whole) <= width else piece[0].replace(_UNBROKEN, " ")


def formulas_in_lines(text: str, width: int) -> list[str]:
    """Formulas in lines of at most `width`: side by side, else one under the other.

    One that is too long even so goes on, set in, with a sign.
    """
    lines: list[str] = []
    for formula in [text] if cell_len(text) <= width else re.split(r"\s{2,}", text):
        first, *others = re.split(r" (?=[=≈≤←⋅] )", formula)
        lines.append(first)
        for part in others:
            longer = f"{lines[-1]} {part}"
            lines[-1:] = [longer] if cell_len(longer) <= width else [lines[-1], f"  {part}"]
    return lines


def in_styled_lines(
    runs: Sequence[tuple[str, StyleT]], width: int
) -> list[list[tuple[str, StyleT]]]:
    """A sentence of runs in one style each, in lines of such runs."""
    whole = "".join(text for text, _style in runs)
    styles = [style for text, style in runs for _character in text]
    lines, start = [], 0
    for line in wrapped(whole, width):
        start = whole.find(line, start)
        styled = groupby(zip(line, styles[start:], strict=False), key=lambda pair: pair[1])
        lines.append([("".join(character for character, _ in run), style) for style, run in styled])
        start += len(line)
    return lines


def _pieces(text: str, joint: str) -> list[str]:
    """What is not broken, each piece with the joint before it."""
    if joint == " ":
        return _PIECE.findall(text)
    first, *others = text.split(joint)
    return [first, *(joint + other for other in others)]


def in_rows(line: Text, width: int, most: int) -> list[Text]:
    """A styled line in at most so many rows; the last is as long as it has to be."""
    if line.cell_len <= width:
        return [line]
    starts, at = [], 0
    for text in wrapped(line.plain, width)[:most]:
        at = max(line.plain.find(text, at), at)
        starts.append(at)
        at += len(text)
    rows = [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]
    for row in rows:
        row.rstrip()
    return rows


def unwrapped(paragraph: str) -> str:
    """A paragraph as one line; between Chinese characters a line's end is no blank."""
    return re.sub(r"(?<=[\u3000-\uffef])\n(?=[\u3000-\uffef])|\n", _joint, paragraph.strip())


def _joint(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1]
    return "" if before > "\u3000" else " "
