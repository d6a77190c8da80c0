"""The cells of a stack of factors: colours that meet at an eighth of a cell, marks over them."""

from dataclasses import dataclass, replace

from tui.charts.factor_axis import EIGHTHS
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.charts.stacks import Lane
from tui.style.glyphs import ASCII
from tui.style.looks import FAMILY_COLOURS, FAMILY_DIMS, GHOST, contrast, mixed
from tui.words.chain import ASCII_LETTERS, FAMILY_LETTERS

FADE = 0.4
"""How far a mark is mixed with its ground where it is to stay behind."""

LEAST_CONTRAST = 2.5
"""Of a mark on a piece, before it is drawn in black or white."""

THIN = 3
"""Eighths of a piece's end that take the mark's colour, where more of it is a ground for it."""

SWATCH = "■"

Cell = tuple[str, Paint]
"""A character and what it is painted with."""


@dataclass(frozen=True)
class Mark:
    """What is drawn over a cell of a column."""

    text: str
    colour: str


@dataclass(frozen=True)
class Zones:
    """The colours of a cell from the line outwards, None for the ground, and where they meet."""

    inner: str | None
    edge: int = EIGHTHS
    outer: str | None = None

    @property
    def most(self) -> str | None:
        """The colour behind a mark: what most of its cell has, or nothing."""
        if self.outer is None:
            return self.inner if self.edge > THIN else None
        return self.inner if 2 * self.edge >= EIGHTHS else self.outer


class StackCells:
    """Cells in one palette and one set of glyphs, with letters where hues cannot tell."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self.is_lettered = painter.glyphs is ASCII or not painter.palette.coloured
        self._letters = ASCII_LETTERS if painter.glyphs is ASCII else FAMILY_LETTERS

    def swatch(self, family: str) -> str:
        """A piece of a family's, for a legend."""
        return self._letters[family] * 2 if self.is_lettered else SWATCH

    def zones(self, lane: Lane, is_dim: bool) -> Zones:
        """The colours of a lane."""
        outer = None if lane.outer is None else self._colour(lane.outer, is_dim)
        return Zones(self._colour(lane.inner, is_dim), lane.edge, outer)

    def plain(self, lane: Lane, away: int, is_dim: bool) -> Cell:
        """One cell of a lane; `away` is its row, counted from the line x1, negative below."""
        if not self.is_lettered:
            return self._painted(self.zones(lane, is_dim), away)
        # half a cell is rounded up; what does something shows beside the line
        is_inner = 2 * lane.edge >= EIGHTHS or (abs(away) == 1 and lane.outer is None)
        family = lane.inner if is_inner else lane.outer
        paint = Paint(self._colour(family or lane.inner, is_dim), bold=not is_dim)
        return self._letters[family] if family else " ", paint

    def marked(self, zones: Zones, mark: Mark, away: int, is_dim: bool) -> Cell:
        """One cell with a mark, a stroke or, where the piece's end is thin, that end's colour."""
        is_thin = zones.outer is None and zones.edge <= THIN
        if is_thin and zones.inner is not None and not self.is_lettered:
            return self._painted(replace(zones, inner=self._ink(mark, None, is_dim)), away)
        ground = None if self.is_lettered else zones.most
        return mark.text, Paint(self._ink(mark, ground, is_dim), ground, bold=True)

    def _painted(self, zones: Zones, away: int) -> Cell:
        levels = self._painter.glyphs.levels
        if zones.edge == EIGHTHS:
            return levels[-1], Paint(zones.inner)
        if away > 0:
            return levels[zones.edge], Paint(zones.inner, zones.outer)
        rest = levels[EIGHTHS - zones.edge]
        if zones.outer is not None:
            return rest, Paint(zones.outer, zones.inner)
        # filled from the top: the glyph below is the ground's, so the colours are swapped
        return rest, Paint(zones.inner, reverse=True)

    def _colour(self, family: str, is_dim: bool) -> str:
        names = FAMILY_DIMS if is_dim else FAMILY_COLOURS
        return self._painter.palette.colour(names[family])

    def _ink(self, mark: Mark, ground: str | None, is_dim: bool) -> str:
        """As it stands out from a piece; weaker where it is another run's or not in the product."""
        palette = self._painter.palette
        colour = palette.colour(mark.colour)
        if ground and contrast(colour, ground) < LEAST_CONTRAST:
            colour = palette.mark_on(ground)
        faded = (mark.colour == GHOST and ground is not None) + is_dim
        return mixed(colour, ground or palette.ground, FADE * faded) if faded else colour
