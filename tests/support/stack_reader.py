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
        """Eighths that each family fills above (1) or below (-1) the line; no rows with a mark."""
        found: Counter[str] = Counter()
        marked = self.marked(column, direction)
        for level, cells in enumerate(self._cells(column, direction)):
            if level in marked:
                continue
            ends: dict[str, int] = {}
            for zones in (self._zones(cell, direction) for cell in cells):
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

    def marked(self, column: Column, direction: int) -> dict[int, Zone | None]:
        """Rows with a mark, counted from the line; with a piece's end that is one, its zone."""
        found: dict[int, Zone | None] = {}
        for level, cells in enumerate(self._cells(column, direction)):
            zones = self._zones(cells[0], direction)
            assert cells[0].style is not None
            if cells[0].style.bold and cells[0].text in STROKES:
                found[level] = None
            elif any(name == MARK for name, _ in zones):
                found[level] = next(zone for zone in zones if zone[0] == MARK)
            else:
                continue
            # one stroke over the whole width
            assert len({(cell.text, cell.style) for cell in cells}) == 1
        return found

    def mark(self, column: Column) -> float | None:
        """Rows from the line to the mark, negative below."""
        for direction in (1, -1):
            for level, end in self.marked(column, direction).items():
                text = self._cells(column, direction)[level][0].text
                place = STROKES[text][direction] if end is None else end[1] / 8
                return direction * (level + place)
        return None

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
