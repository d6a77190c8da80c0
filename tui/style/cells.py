"""Texts in a terminal's cells, of which a Chinese character takes two."""

from rich.cells import cell_len, split_graphemes

CONTINUED = "\0"
"""In the second cell of a wide character, where each cell holds one."""


def in_cells(text: str) -> str:
    """A text with one character for each cell."""
    if len(text) == cell_len(text):
        return text
    return "".join(c + CONTINUED * (cell_len(c) - 1) for c in text)


def out_of_cells(text: str) -> str:
    """The text of such cells."""
    return text.replace(CONTINUED, "")


def to_left(text: str, cells: int) -> str:
    """A text with blanks after it."""
    return text + " " * (cells - cell_len(text))


def to_right(text: str, cells: int) -> str:
    """A text with blanks before it."""
    return " " * (cells - cell_len(text)) + text


def to_middle(text: str, cells: int) -> str:
    """A text with blanks on both sides, divided as `str.center` does it."""
    room = cells - cell_len(text)
    return to_left(" " * (room // 2 + (room & cells & 1)) + text, cells)


def clusters(text: str) -> list[tuple[str, int]]:
    """What stands in cells of its own, with their number; together they are those of the text."""
    found = [(text[start:end], cells) for start, end, cells in split_graphemes(text)[0] if cells]
    count = cell_len(text)
    # Rich counts in two ways what begins with a joiner: half a family that a cursor parts
    return found if sum(cells for _, cells in found) == count else [("?", 1)] * count
