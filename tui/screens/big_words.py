"""Words and numbers in letters several rows high, for the last row of a lecture hall."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.style.glyphs import ASCII, Glyphs
from tui.words.panels import NUMBER_LABEL

LETTER_ROWS = 5
# five rows of pixels a letter, # is ink
_LETTERS: dict[str, str] = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": "### #.# #.# #.# ###",
    "P": "### #.# ### #.. #..",
    "Q": "### #.# #.# ### ..#",
    "R": "##. #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".# ## .# .# .#",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "×": "... #.# .#. #.# ...",
    ".": ". . . . #",
    "-": "... ... ### ... ...",
    "+": "... .#. ### .#. ...",
    "%": "#.# ..# .#. #.. #.#",
    "^": ".#. #.# ... ... ...",
    " ": ".. .. .. .. ..",
}

SCALES = ((6, 3), (4, 2), (2, 1))
"""Columns and rows of a pixel, the largest first; below them half a row."""

ROOMY = 20
"""Rows of a screen from which on the number has its label."""


def pixels(text: str) -> list[list[bool]]:
    """A line of text as rows of pixels; characters without a letter are left out."""
    letters = [_LETTERS[c].split(" ") if c != " " else [".."] * 5 for c in text if c in _LETTERS]
    return [
        [pixel == "#" for letter in letters for pixel in letter[row] + "."][:-1]
        for row in range(LETTER_ROWS)
    ]


def big(text: str, columns: int, rows: int, glyphs: Glyphs) -> list[str]:
    """A text in the largest letters that fit, or plain where none do."""
    grid = pixels(text.upper())
    width = len(grid[0])
    ink = "#" if glyphs is ASCII else "█"
    for wide, high in SCALES:
        if width * wide <= columns and LETTER_ROWS * high <= rows:
            lines = ["".join((ink if on else " ") * wide for on in row) for row in grid]
            return [line for line in lines for _ in range(high)]
    if width <= columns and rows >= 3 and glyphs is not ASCII:
        pairs = [*grid, [False] * width]
        return [
            "".join(" ▀▄█"[above + 2 * below] for above, below in zip(upper, lower, strict=True))
            for upper, lower in zip(pairs[::2], pairs[1::2], strict=True)
        ]
    return [text[:columns]]


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
