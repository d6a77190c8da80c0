"""Text in letters several rows high, for the last row of a lecture hall."""

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
    letters = [_LETTERS[c] for c in text.upper() if c in _LETTERS]
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
