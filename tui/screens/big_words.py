"""A word and a number in large letters, for the last row of a lecture hall."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.charts.letters import MOST_ROWS, big
from tui.style.cells import to_middle
from tui.style.glyphs import Glyphs

ROOMY = 20
"""Rows of a screen from which on there is a row of the band over and under the letters."""


class BigWords(Widget):
    """A word and a number on a band of the word's colour, five rows at most."""

    DEFAULT_CSS = "BigWords { height: auto; width: 1fr; }"

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="big")
        self._glyphs = glyphs
        self._words: tuple[str, ...] = ()
        self._band = Style()
        self._taken = 0
        self._strips: list[Strip] = []

    def draw_with(self, glyphs: Glyphs) -> None:
        """Other characters, from the next words on."""
        self._glyphs, self._words = glyphs, ()

    def show(self, words: tuple[str, ...], band: Style, taken: int = 0) -> None:
        """Other words, or the same, the longest wording first; `taken` rows are for others."""
        if (words, band, taken) != (self._words, self._band, self._taken):
            self._words, self._band, self._taken = words, band, taken
            self._strips = []
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the letters need in that width."""
        return len(self._lines(width, viewport.height))

    def render_line(self, y: int) -> Strip:
        """One row."""
        if not self._strips or self._strips[0].cell_length != self.size.width:
            self._strips = [
                Strip([Segment(line, self._band)])
                for line in self._lines(self.size.width, self.app.size.height)
            ]
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width)

    def _lines(self, width: int, height: int) -> list[str]:
        if not self._words:
            return []
        is_roomy = height - self._taken >= ROOMY
        rows = MOST_ROWS if is_roomy else 3
        sizes = [big(words, width - 2, rows, self._glyphs) for words in self._words]
        letters = next((lines for lines in sizes if len(lines) > 1), sizes[-1])
        edge = [""] if is_roomy and len(letters) + 2 <= MOST_ROWS else []
        return [to_middle(line, width) for line in [*edge, *letters, *edge]]
