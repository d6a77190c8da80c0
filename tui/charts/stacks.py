"""The factors of each layer as stacks of log-lengths away from the line x1, as pure data."""

import math
from dataclasses import dataclass

import numpy as np

from engine import Trace
from engine.measure.trace import FAMILIES
from tui.charts.columns import Column

LEAST_SPAN = 1.0
"""Decades up and down that are always on the axis, so that most remedies leave it alone."""

EIGHTHS = 8


@dataclass(frozen=True)
class Stack:
    """One column: each family's log10, a geometric mean where layers share it, and the net's.

    `name` stands instead where there is no number: 0, inf or nan.
    """

    parts: tuple[tuple[str, float], ...]
    net: float
    name: str = ""

    def extent(self, direction: int) -> float:
        """Decades that the stack reaches up (1) or down (-1)."""
        return sum(abs(log) for _, log in self.parts if log * direction > 0)


@dataclass(frozen=True)
class StackAxis:
    """Rows above and below the line x1, and how many of them make a decade."""

    up: int
    down: int
    per_decade: float


@dataclass(frozen=True)
class Piece:
    """One family's length, in eighths of a cell from the line outwards."""

    family: str
    start: int
    stop: int

    @property
    def middle(self) -> int | None:
        """The level of the cell in the middle of those that it fills; None if it fills none."""
        first, last = -(-self.start // EIGHTHS), self.stop // EIGHTHS - 1
        return (first + last) // 2 if first <= last else None


def stacks_of(trace: Trace, columns: tuple[Column, ...]) -> tuple[Stack, ...]:
    """Each column's stack; layers whose branch is 0 count with what their skip does in all."""
    with np.errstate(all="ignore"):
        logs = {f: np.log10(getattr(trace.factors, f)) for f in FAMILIES}
        net = np.log10(trace.factors.total)
    # without a branch there is nothing to take apart: the step is the skip's
    alone = trace.has_skip & (trace.factors.branch == 0)
    for family, values in logs.items():
        logs[family] = np.where(alone, net if family == "skip" else 0.0, values)
    return tuple(_stack(logs, net, column) for column in columns)


def _stack(logs: dict[str, np.ndarray], net: np.ndarray, column: Column) -> Stack:
    nets = net[column.layers]
    if np.isneginf(nets).any():
        return Stack((), 0.0, "0")
    usable = np.isfinite(nets)
    for values in logs.values():
        usable &= np.isfinite(values[column.layers])
    if not usable.any():
        return Stack((), 0.0, "inf" if np.isposinf(nets).any() else "–")
    parts = ((f, float(values[column.layers][usable].mean())) for f, values in logs.items())
    return Stack(tuple(p for p in parts if p[1]), float(nets[usable].mean()))


def stack_axis_of(stacks: tuple[Stack, ...], rows: int) -> StackAxis:
    """The scale on which the stacks fit, in half decades, with a row kept for the line.

    Layer 1 has no say: it sees data of another width and axis, and is cut off where it is longer.
    """
    judged = stacks[1:] or stacks
    up, down = (
        max(LEAST_SPAN, math.ceil(max(s.extent(d) for s in judged) * 2) / 2) for d in (1, -1)
    )
    free = max(rows - 1, 2)
    above = min(max(round(free * up / (up + down)), 1), free - 1)
    return StackAxis(above, free - above, min(above / up, (free - above) / down))


def pieces_of(stack: Stack, axis: StackAxis, direction: int) -> tuple[Piece, ...]:
    """The stack upwards (1) or downwards (-1); what does something has an eighth at least."""
    pieces: list[Piece] = []
    reached, edge = 0.0, 0
    for family, log in stack.parts:
        if log * direction > 0:
            reached += abs(log) * axis.per_decade * EIGHTHS
            pieces.append(Piece(family, edge, max(round(reached), edge + 1)))
            edge = pieces[-1].stop
    return tuple(pieces)


def pieces_at(pieces: tuple[Piece, ...], level: int) -> tuple[Piece, ...]:
    """What shows in the cell `level` cells away from the line, in eighths of that cell."""
    low = level * EIGHTHS
    cut = (
        Piece(piece.family, max(piece.start - low, 0), min(piece.stop - low, EIGHTHS))
        for piece in pieces
    )
    return tuple(piece for piece in cut if piece.start < piece.stop)


def net_level(log: float, axis: StackAxis) -> int:
    """The row of a value: 0 on the line, 1 the first above it, -1 the first below."""
    cells = abs(log) * axis.per_decade
    if cells < 0.25:
        return 0
    rows = axis.up if log > 0 else axis.down
    return int(math.copysign(min(math.ceil(cells), rows), log))
