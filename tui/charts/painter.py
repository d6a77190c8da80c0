"""The styles and the parts that all charts and lines of text are made with."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from tui.charts.canvas import Paints
from tui.charts.made import Made
from tui.charts.paint import Paint
from tui.style.cells import to_right
from tui.style.glyphs import Glyphs
from tui.style.looks import FAINT, INK, QUIET
from tui.style.palette import Palette

BAR_MARGIN = 8
"""Cells left of the bars: the axis' labels and its line."""

FOOT = 1
"""Rows below the bars: the line with the layers' numbers."""


Part = tuple[str, str] | tuple[str, str, bool]
"""A text, its colour, and whether it is bold."""


class Painter:
    """Draws and writes in one palette and one set of glyphs; another one is for another palette."""

    def __init__(self, palette: Palette, glyphs: Glyphs) -> None:
        self.palette, self.glyphs = palette, glyphs
        self.blank = palette.style()
        self.quiet = palette.style(QUIET)
        self.faint = palette.style(FAINT)
        self.ink = palette.style(INK)
        self.strong = palette.style(INK, bold=True)
        self.made = Made()
        self.paints = Paints(Paint(), self._style, lambda paint: paint.is_on_ground)

    def text(self, *parts: tuple[str, Style]) -> Strip:
        """A row of styled texts, spelled as the glyphs allow."""
        return Strip([Segment(self.glyphs.spell(text), style) for text, style in parts])

    def styled(self, *parts: Part) -> Iterator[tuple[str, Style]]:
        """Each part as it is spelled, with its style."""
        for part in parts:
            words, colour, bold = (*part, False)[:3]
            yield self.glyphs.spell(words), self.palette.style(colour, bold=bool(bold))

    def words(self, *parts: Part) -> Strip:
        """A row of coloured parts."""
        return Strip([Segment(*styled) for styled in self.styled(*parts)])

    def line(self, *parts: Part) -> Text:
        """A line for a widget, cut off where there is no room."""
        text = empty_line()
        for words, style in self.styled(*parts):
            text.append(words, style)
        return text

    def length(self, text: str) -> int:
        """How many cells a text takes."""
        return cell_len(self.glyphs.spell(text))

    def row(
        self,
        label: str,
        margin: int,
        cells: Iterable[Segment],
        style: Style | None = None,
        is_tick: bool = False,
    ) -> Strip:
        """A row of cells; the `margin` left of them holds a label and the axis' line."""
        line = self.glyphs.tick if is_tick else self.glyphs.vertical
        return Strip(
            [
                Segment(to_right(label, margin - 2) + " ", style or self.quiet),
                Segment(line, self.faint),
                *cells,
            ]
        )

    def _style(self, paint: Paint) -> Style:
        """The cursor's bar is lit, bold where there is no colour."""
        ink, ground, lit, bold, reverse = paint
        if lit and ground is not None:
            ground = self.palette.lit(ground)
        elif lit and ink is not None:
            ink = self.palette.lit(ink)
        style = self.palette.style(ink, ground, bold or (lit and not self.palette.coloured))
        return style + Style(reverse=True) if reverse else style


def empty_line() -> Text:
    """A line to append to, cut off where there is no room."""
    return Text(no_wrap=True, overflow="ellipsis", end="")


def chip(text: str, style: Style) -> Text:
    """A line that begins with a word on its own ground."""
    return empty_line().append(f" {text} ", style)
