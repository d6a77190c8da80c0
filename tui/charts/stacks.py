"""The factors of each layer as stacks of log-lengths away from the line x1, as pure data."""

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

import numpy as np

from engine import Trace
from engine.measure.product import step_logs
from tui.charts.columns import Column
from tui.charts.factor_axis import EIGHTHS, FactorAxis

NOTHING = " "
"""What stands where no gradient arrives."""

LEAST_SEEN = 5e-4
"""Decades from which on a factor is told apart from 1, and so shows an eighth at least."""


@dataclass(frozen=True)
class Stack:
    """One column: each family's log10, a geometric mean where layers share it, and the net's.

    The first part is nearest to the line. `name` stands instead where there is no number.
    """

    parts: tuple[tuple[str, float], ...]
    net: float
    name: str = ""

    def extent(self, direction: int) -> float:
        """Decades that the stack reaches up (1) or down (-1)."""
        return sum(abs(log) for _, log in self.parts if log * direction > 0)


@dataclass(frozen=True)
class Piece:
    """One family's length, in eighths of a cell from the line outwards."""

    family: str
    start: int
    stop: int


@dataclass(frozen=True)
class Lane:
    """A column's cell, or a part of its width: a family up to an edge, then another or nothing.

    `edge` counts eighths of the cell from the line's side.
    """

    inner: str
    edge: int
    outer: str | None = None


def stacks_of(trace: Trace, columns: tuple[Column, ...]) -> tuple[Stack, ...]:
    """Each column's stack, the families that do least nearest to the line.

    So the small ones are seen beside the line, and cells rarely have to show three things.
    """
    logs = step_logs(trace)
    with np.errstate(all="ignore"):
        net = np.log10(trace.factors.total)
    order = sorted(logs, key=lambda family: float(np.nansum(np.abs(logs[family][1:]))))
    # a few values a column at most: numpy would take longer
    ordered = {family: logs[family].tolist() for family in order}
    nets = net.tolist()
    usable = [
        all(map(math.isfinite, values)) for values in zip(nets, *ordered.values(), strict=True)
    ]
    return tuple(_stack(ordered, nets, usable, column) for column in columns)


def _stack(
    logs: dict[str, list[float]], nets: list[float], usable: list[bool], column: Column
) -> Stack:
    layers = range(column.first - 1, column.last)
    here = [nets[layer] for layer in layers]
    if -math.inf in here:
        return Stack((), 0.0, "0")
    known = [layer for layer in layers if usable[layer]]
    if not known:
        return Stack((), 0.0, "inf" if math.inf in here else NOTHING)
    parts = ((family, fmean(values[i] for i in known)) for family, values in logs.items())
    return Stack(tuple(p for p in parts if p[1]), fmean(nets[i] for i in known))


def drawn_families(trace: Trace) -> set[str] | None:
    """The families that do something in some layer; None where no layer's step is a number."""
    with np.errstate(all="ignore"):
        if not (trace.factors.total > 0).any() or not np.isfinite(trace.factors.total).any():
            return None
        found = {f: np.abs(log[np.isfinite(log)]) for f, log in step_logs(trace).items()}
    return {family for family, logs in found.items() if (logs >= LEAST_SEEN).any()}


def judged(stacks: tuple[Stack, ...]) -> tuple[Stack, ...]:
    """Those that the axis has to hold: layer 1 sees data of another width, and may be cut off."""
    return stacks[1:] or stacks


def extents(stacks: tuple[Stack, ...]) -> tuple[float, float]:
    """Decades that the longest stacks reach up and down."""
    up, down = (max(stack.extent(d) for stack in judged(stacks)) for d in (1, -1))
    return up, down


def pieces_of(stack: Stack, axis: FactorAxis, direction: int, width: int) -> tuple[Piece, ...]:
    """The stack upwards (1) or downwards (-1), every length right to an eighth of a cell.

    Where the column is too narrow for a lane for each, a piece that would begin and end within a
    cell where another ends begins with the next cell.
    """
    parts = [(family, abs(log)) for family, log in stack.parts if log * direction > 0]
    pieces: list[Piece] = []
    edge = 0
    for family, decades in parts:
        length = round(decades * axis.per_decade * EIGHTHS)
        if not length and decades < LEAST_SEEN:
            continue
        length = max(length, 1)
        is_inside = edge % EIGHTHS and edge // EIGHTHS == (edge + length) // EIGHTHS
        if width < len(parts) and is_inside:
            edge = (edge // EIGHTHS + 1) * EIGHTHS
        pieces.append(Piece(family, edge, edge + length))
        edge += length
    return tuple(pieces)


def lanes_at(pieces: tuple[Piece, ...], level: int) -> tuple[Lane, ...]:
    """What shows in the cell `level` cells away from the line: one lane nearly always.

    A cell can show two colours. Where three meet the column is divided: each piece has a lane in
    which it ends where it should, the outermost one the rest.
    """
    low = level * EIGHTHS
    here = [
        (piece.family, min(piece.stop - low, EIGHTHS))
        for piece in pieces
        if piece.stop > low and piece.start < low + EIGHTHS
    ]
    if not here or here[-1][1] < EIGHTHS or len(here) == 1:
        return tuple(Lane(family, stop) for family, stop in here)
    return tuple(Lane(family, stop, above) for (family, stop), (above, _) in pairwise(here))
