"""A least terminal, whose cells know all of their style; any other sequence fails."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.cells import cell_len

_SEQUENCE = re.compile(
    r"\x1b\[(?P<parameters>[\d;]*)(?P<final>[HCmB])|\x1b\[\?2026[hl]|\x1b\][^\x07]*\x07|(?P<one>\x1bD|.)",
    re.S,
)
BACK, INDEX = "\b", "\x1bD"
_ENDS = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}

Cell = tuple[str, frozenset[int], str, str]
"""What stands there ("" right of a wide character), attributes, foreground and background."""


@dataclass
class Emulator:
    """Columns and rows of cells."""

    width: int
    height: int
    width_of: Callable[[str], int] = cell_len
    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    column: int | None = 0
    row: int = 0
    cells: list[list[Cell]] = field(init=False)

    def __post_init__(self) -> None:
        """All cells are unlike any that is written."""
        self.cells = [[("?", frozenset(), "?", "?")] * self.width for _ in range(self.height)]

    def feed(self, text: str) -> None:
        """Do what a program wrote; from the last column only an address leads away."""
        at = 0
        while at < len(text):
            match = _SEQUENCE.match(text, at)
            assert match is not None, text[at : at + 20]
            at = match.end()
            if match["final"]:
                self._control(match["final"], match["parameters"])
            elif match["one"]:
                self._character(match["one"])

    def _control(self, final: str, parameters: str) -> None:
        numbers = [int(number or 0) for number in parameters.split(";")]
        if final == "m":
            self._style(numbers)
        elif final == "H":
            self.row = max(numbers[0], 1) - 1
            self.column = max(numbers[1], 1) - 1 if len(numbers) > 1 else 0
        else:
            assert final == "C"
            assert self.column is not None
            self.column += max(numbers[0], 1)
        assert self.row < self.height
        assert self.column is None or self.column < self.width

    def _style(self, numbers: list[int]) -> None:
        rest = list(numbers)
        while rest:
            code = rest.pop(0)
            if code == 0:
                self.attributes, self.foreground, self.background = frozenset(), "", ""
            elif code in (38, 48):
                count = {5: 2, 2: 4}[rest[0]]
                colour, rest = ";".join(map(str, rest[:count])), rest[count:]
                self._colour(code == 38, colour)
            elif code in (39, 49):
                self._colour(code == 39, "")
            elif 30 <= code < 38 or 90 <= code < 98:
                self._colour(True, f"{code}")
            elif 40 <= code < 48 or 100 <= code < 108:
                self._colour(False, f"{code - 10}")
            elif code in _ENDS:
                self.attributes -= _ENDS[code]
            else:
                self.attributes |= {code}

    def _colour(self, is_foreground: bool, colour: str) -> None:
        if is_foreground:
            self.foreground = colour
        else:
            self.background = colour

    def _character(self, one: str) -> None:
        line = self.cells[self.row]
        if not self.width_of(one) and one not in (BACK, INDEX):
            last = (self.width if self.column is None else self.column) - 1
            last -= line[last][0] == ""
            line[last] = (line[last][0] + one, *line[last][1:])
            return
        assert self.column is not None, "written or moved from where terminals do not agree"
        if one in (BACK, INDEX):
            self.column -= one == BACK
            self.row += one == INDEX
            assert self.row < self.height
            assert self.column >= 0
        else:
            self._put(line, one, self.width_of(one))

    def _put(self, line: list[Cell], one: str, width: int) -> None:
        assert self.column is not None
        start, end = self.column, self.column + width
        assert end <= self.width
        # of a wide character that is cut, the other half is blank
        if line[start][0] == "":
            line[start - 1] = (" ", *line[start - 1][1:])
        if end < self.width and line[end][0] == "":
            line[end] = (" ", *line[end][1:])
        style = self.attributes, self.foreground, self.background
        line[start:end] = [(one, *style), ("", *style)][:width]
        self.column = end if end < self.width else None

    def seen(self) -> list[list[Cell]]:
        """The cells, and blanks with no more of a style than is seen."""
        return [[_seen(cell) for cell in line] for line in self.cells]


def _seen(cell: Cell) -> Cell:
    one, attributes, _, background = cell
    return (one, frozenset(), "", background) if one == " " and attributes <= {1, 2, 3} else cell
