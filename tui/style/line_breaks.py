"""Coloured words in lines: broken at blanks, and between Chinese characters."""

from collections.abc import Iterable
from typing import TypeVar

from rich.cells import get_character_cell_size

T = TypeVar("T")

NEVER_FIRST = frozenset("，。、；：！？）》」』”’…％,.;:!?)]}%′")
NEVER_LAST = frozenset("（《「『“‘([{×")
"""What stands neither at a line's beginning nor at its end."""


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if before == " " or after == " ":
        return before == " " != after
    is_wide = max(map(get_character_cell_size, (before, after))) == 2
    return is_wide and before not in NEVER_LAST and after not in NEVER_FIRST


def in_lines(runs: Iterable[tuple[str, T]], width: int) -> list[list[tuple[str, T]]]:
    """Runs of one style each in lines of at most so many cells; what fits in none is cut."""
    characters = [(character, style) for text, style in runs for character in text]
    lines: list[list[tuple[str, T]]] = []
    start = 0
    while start < len(characters):
        used, end, best = 0, start, start
        while end < len(characters):
            character = characters[end][0]
            used += get_character_cell_size(character)
            # a blank may hang over the edge
            if used > width and character != " ":
                break
            end += 1
            if end == len(characters) or _may_break(character, characters[end][0]):
                best = end
        if best == start:
            best = max(end, start + 1)
        lines.append(_joined(characters[start:best]))
        start = best
    return lines


def _joined(characters: list[tuple[str, T]]) -> list[tuple[str, T]]:
    """Characters as runs again, without blanks at the end."""
    while characters and characters[-1][0] == " ":
        characters.pop()
    runs: list[tuple[str, T]] = []
    for character, style in characters:
        if runs and runs[-1][1] == style:
            runs[-1] = runs[-1][0] + character, style
        else:
            runs.append((character, style))
    return runs
