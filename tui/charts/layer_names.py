"""The line under the layers' numbers: names of layers, gathered by what they have in common."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from tui.charts.columns import Column, column_of
from tui.charts.painter import BAR_MARGIN, Painter, Part
from tui.style.looks import FAINT, INK, QUIET
from tui.words.foreign import named

NEARLY_ALL = 0.8
"""Of the layers, those in groups whose names have room."""

LONGEST = 40
"""Characters of a name's part that are looked at."""


LONGEST_PREFIX = 8
"""Cells of what all names have before their numbers, so that it is told."""


class Group(NamedTuple):
    """Layers `first` to `last` (from 1) whose names begin alike, and their name."""

    first: int
    last: int
    name: str


def names_strip(
    painter: Painter, names: tuple[str, ...], columns: tuple[Column, ...], cursor: int
) -> Strip:
    """Groups' names from where they begin, as many as there is room for; the cursor's is lit."""
    parts: list[Part] = [(" " * BAR_MARGIN, FAINT)]
    at, cells = 0, columns[-1].stop
    for group in groups_of(names, columns):
        start = columns[column_of(group.first, columns)].start
        length = 1 + cell_len(group.name)
        if start < at or start + length > cells:
            continue
        is_lit = group.first <= cursor <= group.last
        parts += [(" " * (start - at), FAINT), (painter.glyphs.vertical, FAINT)]
        parts += [(group.name, INK if is_lit else QUIET, is_lit)]
        at = start + length
    return painter.words(*parts)


@lru_cache(maxsize=4)
def groups_of(names: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[Group, ...]:
    """Those that have room of the finest groups of which nearly all do, or else the coarsest.

    No two of them have the same name. Of numbers the first one tells what is numbered.
    """
    split = [tuple(named(part, LONGEST) for part in name.split(".")) for name in names]
    shared = len([*takewhile(lambda parts: len({*parts}) == 1, zip(*split, strict=False))])
    shared = min(shared, min(map(len, split)) - 1)
    found: tuple[Group, ...] = ()
    for depth in range(max(map(len, split)), shared, -1):
        for parts in range(depth - shared, 0, -1):
            groups = tuple(_groups(split, depth, parts))
            if len({group.name for group in groups}) < len(groups):
                continue
            found = groups
            fitting = tuple(g for g in groups if _room(g, columns) > cell_len(g.name))
            if sum(g.last - g.first + 1 for g in fitting) >= NEARLY_ALL * len(names):
                return _told(fitting, split[0][:shared])
    return _told(found, split[0][:shared])


def _told(groups: tuple[Group, ...], shared: tuple[str, ...]) -> tuple[Group, ...]:
    """With what stands before the number that is the first one's name."""
    if not (groups and shared and groups[0].name.isdigit()):
        return groups
    first, *others = groups
    is_short = cell_len(shared[-1]) <= LONGEST_PREFIX
    name = f"{shared[-1]}.{first.name}" if is_short else first.name
    return first._replace(name=name), *others


def _groups(split: list[tuple[str, ...]], depth: int, parts: int) -> Iterator[Group]:
    """Neighbours whose first parts are the same, by the last of these."""
    first = 1
    for alike, layers in groupby(split, key=lambda name: name[:depth]):
        last = first + len([*layers]) - 1
        yield Group(first, last, ".".join(alike[-parts:]))
        first = last + 1


def _room(group: Group, columns: tuple[Column, ...]) -> int:
    first, last = column_of(group.first, columns), column_of(group.last, columns)
    return columns[last].stop - columns[first].start
