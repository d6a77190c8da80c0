"""Reads a chart of stacks back from its cells: which family fills how many eighths where."""

from collections import Counter

from rich.color import Color
from rich.segment import Segment
from textual.strip import Strip

from tui.charts.columns import Column
from tui.charts.painter import BAR_MARGIN
from tui.style.looks import FAINT, FAMILY_COLOURS, FAMILY_DIMS
from tui.style.palette import Palette

LEVELS = " ▁▂▃▄▅▆▇█"
STROKES = {"▁": {1: 1 / 16, -1: 15 / 16}, "━": {1: 1 / 2, -1: 1 / 2}, "▔": {1: 15 / 16, -1: 1 / 16}}
"""How far from the line's side of its cell each stroke is, upwards and downwards."""

GROUND, MARK, LINE = "ground", "mark", "line"
Zone = tuple[str, int]


class StackReader:
    """The rows of a chart, the first `up` of them above the line x1."""

    def __init__(self, strips: list[Strip], up: int, palette: Palette) -> None:
        self._rows = [
            [Segment(text, style) for texts, style, _ in strip for text in texts][BAR_MARGIN:]
            for strip in strips
        ]
        self._up = up
        self._names = {palette.ground: GROUND, palette.colour(FAINT): LINE}
        for colours in (FAMILY_COLOURS, FAMILY_DIMS):
            self._names |= {palette.colour(name): family for family, name in colours.items()}

    def lengths(self, column: Column, direction: int) -> dict[str, int]:
        """Eighths that each family fills above (1) or below (-1) the line, of two cells or more."""
        found: Counter[str] = Counter()
        for cells in self._cells(column, direction):
            ends: dict[str, int] = {}
            for zones in (self._zones(cell, direction) for cell in cells):
                if any(name == MARK for name, _ in zones):
                    continue
                at = 0
                for name, eighths in zones:
                    at += eighths
                    if name not in (GROUND, LINE):
                        ends[name] = min(ends.get(name, at), at)
            before = 0
            for name, end in sorted(ends.items(), key=lambda item: item[1]):
                found[name] += end - before
                before = end
        return dict(found)

    def mark(self, column: Column) -> float | None:
        """Rows from the line to the mark in a column of three cells or more, negative below."""
        for direction in (1, -1):
            for level, cells in enumerate(self._cells(column, direction)):
                cell, zones = cells[1], self._zones(cells[1], direction)
                assert cell.style is not None
                if cell.style.bold and cell.text in STROKES:
                    return direction * (level + STROKES[cell.text][direction])
                if zones and zones[0][0] == MARK:
                    return direction * (level + zones[0][1] / 8)
        return None

    def filled(self, column: Column, direction: int) -> int:
        """Eighths of any colour but the ground's, in a column of one cell."""
        rows = [self._zones(cells[0], direction) for cells in self._cells(column, direction)]
        return sum(n for zones in rows for name, n in zones if name not in (GROUND, LINE))

    def _cells(self, column: Column, direction: int) -> list[list[Segment]]:
        """The column's cells, the row next to the line first."""
        rows = self._rows[: self._up][::-1] if direction > 0 else self._rows[self._up :]
        return [row[column.start : column.start + column.width] for row in rows]

    def _zones(self, cell: Segment, direction: int) -> list[Zone]:
        """A cell's colours and their eighths, from the line outwards."""
        assert cell.style is not None
        ink, ground = self._name(cell.style.color), self._name(cell.style.bgcolor)
        if cell.style.reverse:
            ink, ground = ground, ink
        if cell.text not in LEVELS or (ink == MARK and cell.text == LEVELS[1] and cell.style.bold):
            # a stroke over one colour
            return [(ground, 8)]
        lower = LEVELS.index(cell.text)
        zones = [(ink, lower), (ground, 8 - lower)]
        return [zone for zone in zones[::direction] if zone[1]]

    def _name(self, colour: Color | None) -> str:
        return GROUND if colour is None else self._names.get(colour.get_truecolor().hex, MARK)
