"""A word and a number in large letters, for the last row of a lecture hall."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.charts.letters import big
from tui.style.glyphs import Glyphs
from tui.words.screens import NUMBER_LABEL

ROOMY = 20
"""Rows of a screen from which on the number has its label."""


class BigWords(Widget):
    """A word on a band of its colour, and a number below it."""

    DEFAULT_CSS = "BigWords { height: auto; width: 1fr; }"

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="big")
        self._glyphs = glyphs
        self._word, self._number = "", ""
        self._band, self._ink = Style(), Style()
        self._strips: list[Strip] = []

    def show(self, word: str, number: str, band: Style, ink: Style) -> None:
        """Another word and number; an empty number takes no room."""
        if (word, number, band, ink) != (self._word, self._number, self._band, self._ink):
            self._word, self._number, self._band, self._ink = word, number, band, ink
            self._strips = []
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the letters need in that width."""
        return len(self._lines(width, viewport.height))

    def render_line(self, y: int) -> Strip:
        """One row."""
        if not self._strips or self._strips[0].cell_length != self.size.width:
            self._strips = [
                Strip([Segment(line, style)]).extend_cell_length(self.size.width, style)
                for line, style in self._lines(self.size.width, self.app.size.height)
            ]
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width)

    def _lines(self, width: int, height: int) -> list[tuple[str, Style]]:
        """The rows with their styles: half the screen's height at most."""
        if not self._word:
            return []
        parts = 2 if self._number else 1
        room = max(height // 2 // parts - 1, 1)
        word = big(self._word, width - 2, room, self._glyphs)
        lines = [(line.center(width), self._band) for line in ["", *word, ""]]
        if self._number:
            number = big(self._number, width - 2, room, self._glyphs)
            label = [NUMBER_LABEL] if height >= ROOMY else []
            lines += [(line.center(width), self._ink) for line in ["", *number, *label]]
        return lines
