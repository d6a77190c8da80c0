"""Strips as sequences, each with its whole style: what changes are compared with."""

from collections.abc import Iterable

from rich.color import ColorSystem
from textual.strip import Strip

from tui.terminal.colours import parameters


def whole(strips: Iterable[tuple[int, int, Strip]], system: ColorSystem) -> str:
    """Each strip from a column and a row on."""
    return "".join(
        f"\x1b[{y + 1};{x + 1}H"
        + "".join(
            f"\x1b[{parameters(style, system) if style else ''}m{text}\x1b[0m"
            for text, style, _ in strip
        )
        for x, y, strip in strips
    )
