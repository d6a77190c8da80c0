"""When the answer to a key could be seen, found afterwards in what the terminal received."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyte

from tests.pty.answering import AnsweringTerminal, Arrival, screens

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


class Moment(NamedTuple):
    """A key that shows a new picture: it stands from `settled` on, and is left at the `end`.

    Cells that change between these two move by themselves.
    """

    pressed: float
    settled: float
    end: float


Rows = dict[int, dict[int, pyte.screens.Char]]
"""Cells by row and column."""


def new_pictures(
    terminal: AnsweringTerminal, moments: Sequence[Moment], share: float
) -> list[Picture]:
    """For each until so large a share of the cells that its key changed are as they stay."""
    left = list(moments)
    pictures: list[Picture] = []
    shown: Rows = {}
    before: Rows = {}
    log: list[tuple[Arrival, Rows]] = []
    for arrival, screen in screens(terminal):
        while left and arrival.when >= left[0].end:
            pictures.append(_picture(left.pop(0), before, shown, log, share))
            before, log = shown, []
        rows = {row: dict(screen.buffer[row]) for row in screen.dirty}
        screen.dirty.clear()
        if left and arrival.when > left[0].pressed:
            log.append((arrival, rows))
        else:
            before = shown | rows
        shown = shown | rows
    return pictures + [_picture(moment, before, shown, log, share) for moment in left[:1]]


def _picture(
    moment: Moment, before: Rows, after: Rows, log: list[tuple[Arrival, Rows]], share: float
) -> Picture:
    moving = set()
    shown = before
    for (when, _), rows in log:
        if when >= moment.settled:
            moving |= {cell for row in rows for cell in _other(row, shown, rows)}
        shown = shown | rows
    changed = {cell for row in after for cell in _other(row, before, after)} - moving
    shown, received = before, 0
    for (when, data), rows in log:
        shown, received = shown | rows, received + len(data)
        reached = sum(shown[row].get(column) == after[row][column] for row, column in changed)
        if reached >= share * len(changed):
            return Picture(when - moment.pressed, received)
    return Picture(math.inf, received)


def _other(row: int, old: Rows, new: Rows) -> list[tuple[int, int]]:
    """The cells of a row that differ."""
    had = old.get(row, {})
    return [(row, column) for column, cell in new[row].items() if had.get(column) != cell]
