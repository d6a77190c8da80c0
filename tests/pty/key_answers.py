"""When the answer to a key could be seen, found afterwards in what the terminal received."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyte

from tests.pty.answering import AnsweringTerminal, screens

METRICS = ("g = ∂L/∂h", "δ = ∂L/∂z", "|∂L/∂W|", "|η ∂L/∂W| / |W|", "rms of h", "rms of z")
"""What the line that tells of the last key says of each, in the order of the key."""
_AT_ONCE = 4
"""Answers that may be skipped because a later one is there; fewer than the metrics."""


class Press(NamedTuple):
    """A key, and what a row (negative: from below) begins with in its answer alone."""

    when: float
    row: int
    text: str


@dataclass(frozen=True)
class Picture:
    """A whole new picture: seconds until it stood, and the bytes that came until then."""

    seconds: float
    size: int


def row_text(screen: pyte.Screen, row: int) -> str:
    """One row of the screen, the last one is -1."""
    cells = screen.buffer[row % screen.lines]
    return "".join(cells[column].data for column in range(screen.columns))


def answers(terminal: AnsweringTerminal, presses: Sequence[Press]) -> list[float]:
    """Seconds from each key to the first sight of its answer, or of a later key's."""
    found: list[float] = []
    for (when, _), screen in screens(terminal):
        ahead = presses[len(found) : len(found) + _AT_ONCE]
        for i, press in enumerate(ahead):
            begins = row_text(screen, press.row).strip().startswith(press.text)
            if press.when < when and begins:
                found += [when - skipped.when for skipped in ahead[: i + 1]]
                break
    return found + [math.inf] * (len(presses) - len(found))


def new_picture(
    terminal: AnsweringTerminal, pressed: float, settled: float, end: float, share: float = 1.0
) -> Picture:
    """Until so large a share of the cells that a key changed are as they stay.

    It stands from `settled` on; cells that change between then and the `end` move by themselves.
    """
    before, after, moving = _difference(terminal, pressed, settled, end)
    stays = {
        (row, column): after[row][column]
        for row, cells in after.items()
        for column, cell in cells.items()
        if (row, column) not in moving and before.get(row, {}).get(column) != cell
    }
    received = 0
    for (when, data), screen in screens(terminal):
        if pressed < when < settled:
            received += len(data)
            reached = sum(
                screen.buffer[row][column] == cell for (row, column), cell in stays.items()
            )
            if reached >= share * len(stays):
                return Picture(when - pressed, received)
    return Picture(math.inf, received)


Cells = dict[int, dict[int, pyte.screens.Char]]
"""By row and column."""


def _difference(
    terminal: AnsweringTerminal, pressed: float, settled: float, end: float
) -> tuple[Cells, Cells, set[tuple[int, int]]]:
    """The screen at the key, the one at the end, and which cells changed in the last part."""
    before: Cells = {}
    shown: Cells = {}
    moving: set[tuple[int, int]] = set()
    for (when, _), screen in screens(terminal):
        if when >= end:
            break
        rows = {row: dict(screen.buffer[row]) for row in screen.dirty}
        screen.dirty.clear()
        if when >= settled:
            moving |= {
                (row, column)
                for row, cells in rows.items()
                for column, cell in cells.items()
                if shown.get(row, {}).get(column) != cell
            }
        shown |= rows
        if when <= pressed:
            before = dict(shown)
    return before, shown, moving
