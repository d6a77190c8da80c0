"""Text in letters several rows high, for the last row of a lecture hall."""

from rich.cells import cell_len, chop_cells

from tui.style.cells import to_left
from tui.style.glyphs import ASCII, Glyphs

LETTER_ROWS = 5
_FONT = """
A   B   C   D   E   F   G    H   I J   K   L   M
.#. ##. .## ##. ### ### .### #.# # ..# #.# #.. #...#
#.# #.# #.. #.# #.. #.. #... #.# # ..# #.# #.. ##.##
### ##. #.. #.# ##. ##. #.## ### # ..# ##. #.. #.#.#
#.# #.# #.. #.# #.. #.. #..# #.# # #.# #.# #.. #...#
#.# ##. .## ##. ### #.. .### #.# # .#. #.# ### #...#

N    O   P   Q   R   S   T   U   V   W     X   Y   Z
#..# ### ### ### ##. ### ### #.# #.# #...# #.# #.# ###
##.# #.# #.# #.# #.# #.. .#. #.# #.# #...# #.# #.# ..#
#.## #.# ### #.# ##. ### .#. #.# #.# #.#.# .#. .#. .#.
#..# #.# #.. ### #.# ..# .#. #.# #.# ##.## #.# .#. #..
#..# ### #.. ..# #.# ### .#. ### .#. #...# #.# .#. ###

0   1  2   3   4   5   6   7   8   9   ×   . -   +   %   ^
### .# ### ### #.# ### ### ### ### ### ... . ... ... #.# .#.
#.# ## ..# ..# #.# #.. #.. ..# #.# #.# #.# . ... .#. ..# #.#
#.# .# ### .## ### ### ### ..# ### ### .#. . ### ### .#. ...
#.# .# #.. ..# ..# ..# #.# .#. #.# ..# #.# . ... .#. #.. ...
### .# ### ### ..# ### ### .#. ### ### ... # ... ... #.# ...
"""
"""Each character over its letter; # is ink."""

_LETTERS: dict[str, list[str]] = {
    character: rows
    for block in _FONT.strip().split("\n\n")
    for character, *rows in zip(*map(str.split, block.splitlines()), strict=True)
} | {" ": [".."] * LETTER_ROWS}

MOST_ROWS = LETTER_ROWS
"""More is taken from what the words are about."""


def big(text: str, columns: int, rows: int, glyphs: Glyphs) -> list[str]:
    """A text in the largest letters that fit, or plain where none do."""
    if plain := "".join(c for c in text.upper() if c not in _LETTERS):
        return _beside(plain, text.removeprefix(plain), columns, rows, glyphs)
    letters = [_LETTERS[c] for c in text.upper()]
    rows_of_ink = [".".join(letter[row] for letter in letters) for row in range(LETTER_ROWS)]
    grid = [[pixel == "#" for pixel in row] for row in rows_of_ink]
    width = len(grid[0])
    ink = "#" if glyphs is ASCII else "█"
    if 2 * width <= columns and rows >= LETTER_ROWS:
        return ["".join((ink if on else " ") * 2 for on in row) for row in grid]
    if width <= columns and rows >= 3 and glyphs is not ASCII:
        pairs = [*grid, [False] * width]
        return [
            "".join(" ▀▄█"[above + 2 * below] for above, below in zip(upper, lower, strict=True))
            for upper, lower in zip(pairs[::2], pairs[1::2], strict=True)
        ]
    return [text[: max(columns, 0)]]


def _beside(word: str, rest: str, columns: int, rows: int, glyphs: Glyphs) -> list[str]:
    """A word of which there are no letters, in the middle row, with large letters after it."""
    if not rest.strip() or cell_len(word) > columns:
        return chop_cells(word, max(columns, 2))[:1]
    lines = big(rest, columns - cell_len(word), rows, glyphs)
    middle = len(lines) // 2
    return [
        to_left(word * (row == middle), cell_len(word)) + line for row, line in enumerate(lines)
    ]
