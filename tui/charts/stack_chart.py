"""Stacks of factors as strips: a hue and a sign for each family, the net marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.columns import Column
from tui.charts.painter import BAR_MARGIN, Painter
from tui.charts.stacks import EIGHTHS, Piece, Stack, StackAxis, net_level, pieces_at, pieces_of
from tui.style.glyphs import ASCII
from tui.style.looks import FAMILY_COLOURS, GHOST, INK, MARK_ON_BAR
from tui.style.palette import Palette
from tui.words.chain import ASCII_LETTERS, FAMILY_LETTERS, FAMILY_SIGNS

LIGHTS: dict[str, Callable[[Palette, str], str]] = {
    "lit": Palette.lit,
    "plain": Palette.colour,
    "dim": Palette.dim,
}
"""How a column's colours are shown."""


@dataclass(frozen=True)
class _Cells:
    """What one column shows in one row; `ground` is the colour that fills it, if one does."""

    text: str
    style: Style
    ground: str | None = None


class StackChart:
    """Draws rows of stacks on one axis; each cell is made once."""

    def __init__(
        self,
        painter: Painter,
        layout: tuple[Column, ...],
        stacks: tuple[Stack, ...],
        ghosts: tuple[Stack, ...],
        axis: StackAxis,
    ) -> None:
        self._painter, self._layout, self._stacks = painter, layout, stacks
        self._ghosts, self._axis = ghosts, axis
        self._pieces = {d: [pieces_of(stack, axis, d) for stack in stacks] for d in (1, -1)}
        self._labels = axis_labels(axis)
        # letters instead of hues
        self._lettered_only = painter.glyphs is ASCII or not painter.palette.coloured
        self._made: dict[tuple[int, int, str], list[Segment]] = {}

    def row(self, row: int, cells: int, lights: Sequence[str | None]) -> Strip:
        """Row 0 is the top one; a column without a light is not shown yet."""
        painter, glyphs = self._painter, self._painter.glyphs
        away = self._axis.up - row
        fill = glyphs.horizontal if away == 0 else " "
        label = glyphs.spell(self._labels.get(away, ""))
        segments: list[Segment] = []
        at = 0
        for index, (column, light) in enumerate(zip(self._layout, lights, strict=True)):
            segments.append(Segment(fill * (column.start - at), painter.faint))
            if light is None:
                segments.append(Segment(fill * column.width, painter.faint))
            else:
                segments += self._column(index, away, light)
            at = column.start + column.width
        segments.append(Segment(fill * (cells - at), painter.faint))
        label_style = painter.quiet if away else painter.strong
        return painter.row(label, BAR_MARGIN, segments, label_style).simplify()

    def _column(self, index: int, away: int, light: str) -> list[Segment]:
        key = (index, away, light)
        if key not in self._made:
            width = self._layout[index].width
            cells = self._filled(index, away, width, light) if away else self._on_line(index, width)
            self._made[key] = self._marked(index, away, cells)
        return self._made[key]

    def _on_line(self, index: int, width: int) -> _Cells:
        name, painter = self._stacks[index].name, self._painter
        if name:
            # a longer name than there is room for is cut to a sign: the formula has the words
            return _Cells((name if len(name) <= width else "!").center(width), painter.strong)
        return _Cells(painter.glyphs.horizontal * width, painter.faint)

    def _filled(self, index: int, away: int, width: int, light: str) -> _Cells:
        """A family's colour; where one ends and the next begins, both share the cell."""
        painter, direction = self._painter, 1 if away > 0 else -1
        stack, level = self._pieces[direction][index], abs(away) - 1
        pieces = pieces_at(stack, level)
        if not pieces:
            return _Cells(" " * width, painter.blank)
        if self._lettered_only:
            return self._lettered(pieces, level, width, light)
        first = pieces[0]
        inner = self._colour(first, light)
        outer = self._colour(pieces[-1], light) if len(pieces) > 1 else None
        if first.stop == EIGHTHS:
            family = next((p.family for p in stack if p.middle == level), None)
            if family is None:
                return _Cells(
                    painter.glyphs.levels[-1] * width, painter.palette.style(inner), inner
                )
            sign = _sign(family, width)
            return _Cells(sign, painter.palette.style(MARK_ON_BAR, inner), inner)
        if direction > 0:
            style = painter.palette.style(inner, outer)
            return _Cells(painter.glyphs.levels[first.stop] * width, style)
        rest = painter.glyphs.levels[EIGHTHS - first.stop] * width
        if outer is not None:
            return _Cells(rest, painter.palette.style(outer, inner))
        # filled from the top: the glyph below is the ground's, so the colours are swapped
        return _Cells(rest, painter.palette.style(inner) + Style(reverse=True))

    def _colour(self, piece: Piece, light: str) -> str:
        return LIGHTS[light](self._painter.palette, FAMILY_COLOURS[piece.family])

    def _lettered(self, pieces: tuple[Piece, ...], level: int, width: int, light: str) -> _Cells:
        """The letter of the family that fills most of the cell; half a cell is rounded up."""
        widest = max(pieces, key=lambda piece: piece.stop - piece.start)
        seen = level == 0 or 2 * sum(piece.stop - piece.start for piece in pieces) >= EIGHTHS
        letters = ASCII_LETTERS if self._painter.glyphs is ASCII else FAMILY_LETTERS
        letter = letters[widest.family] if seen else " "
        colour = self._colour(widest, light)
        return _Cells(letter * width, self._painter.palette.style(colour, bold=light == "lit"))

    def _marked(self, index: int, away: int, cells: _Cells) -> list[Segment]:
        """The column's cells, and over them its net, the pinned one or a sign that it goes on."""
        glyphs, palette = self._painter.glyphs, self._painter.palette
        if self._stacks[index].name:
            return [Segment(cells.text, cells.style)]
        ghost = self._ghosts[index] if index < len(self._ghosts) else None
        if self._is_cut(index, away):
            mark, colour = glyphs.up if away > 0 else glyphs.down, INK
        elif net_level(self._stacks[index].net, self._axis) == away:
            mark, colour = glyphs.net, INK
        elif ghost and not ghost.name and net_level(ghost.net, self._axis) == away:
            style = palette.style(MARK_ON_BAR if cells.ground else GHOST, cells.ground, bold=True)
            return [Segment(glyphs.ghost * len(cells.text), style)]
        else:
            return [Segment(cells.text, cells.style)]
        style = palette.style(MARK_ON_BAR if cells.ground else colour, cells.ground, bold=True)
        fill = " " if cells.ground else cells.text[0]
        around = palette.style(None, cells.ground) if cells.ground else cells.style
        centre = (len(cells.text) - 1) // 2
        return [
            Segment(fill * centre, around),
            Segment(mark, style),
            Segment(fill * (len(cells.text) - centre - 1), around),
        ]

    def _is_cut(self, index: int, away: int) -> bool:
        """Whether the stack goes on beyond this outermost row."""
        rows = self._axis.up if away > 0 else self._axis.down
        if not away or abs(away) != rows:
            return False
        pieces = self._pieces[1 if away > 0 else -1][index]
        return bool(pieces) and pieces[-1].stop > rows * EIGHTHS + EIGHTHS // 2


def _sign(family: str, width: int) -> str:
    sign = FAMILY_SIGNS[family]
    return (sign if len(sign) <= width else FAMILY_LETTERS[family]).center(width)


def axis_labels(axis: StackAxis) -> dict[int, str]:
    """Whole powers of ten for their rows, as rows away from the line x1."""
    labels = {0: "×1"}
    step = max(1, round(2 / axis.per_decade))
    decades = int(max(axis.up, axis.down) / axis.per_decade)
    for exponent in range(step, decades + 1, step):
        cells = round(exponent * axis.per_decade)
        up, down = ("×10", "×0.1") if exponent == 1 else (f"×1e{exponent}", f"×1e-{exponent}")
        if cells <= axis.up:
            labels.setdefault(cells, up)
        if cells <= axis.down:
            labels.setdefault(-cells, down)
    return labels
