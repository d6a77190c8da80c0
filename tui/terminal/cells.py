"""Strips as numbers of cells: which character each cell shows, and in which style."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len, split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.terminal.colours import parameters
from tui.terminal.pen import colours, on_blank

Codes = NDArray[np.uint32]
"""Characters of cells: code points, numbers of clusters, and either with RIGHT_HALF."""
Styles = NDArray[np.int32]
"""Numbers of styles; what looks the same on the terminal has the same."""

BLANK = ord(" ")
CLUSTER = 0x11_0000
"""From here on a code is the number of several characters in one cell."""
RIGHT_HALF = 0x8000_0000
"""Marks the second cell of a wide character."""
DOUBTFUL = 0x1_F000
"""From here on terminals do not agree how wide a character is."""


class Numbering:
    """Which number means which style or cluster, on a terminal of a colour system."""

    def __init__(self, color_system: ColorSystem) -> None:
        self._color_system = color_system
        self._narrow = set(" ")
        self._clusters: list[str] = []
        self._cluster_numbers: dict[str, int] = {}
        self._colours: dict[tuple[str, ...], int] = {}
        self._numbers: dict[str, int] = {}
        self.parameters: list[str] = []
        """SGR parameters of each style."""
        self.colours: list[int] = []
        """Equal for styles of the same colours."""
        self.on_blank: list[int] = []
        """The style that has of a style what is seen of it without a character."""
        self._number("")

    def cells(self, strip: Strip) -> tuple[Codes, Styles]:
        """Code and style of each cell."""
        texts = [segment.text for segment in strip]
        numbers = [self._style_number(segment.style) for segment in strip]
        text = "".join(texts)
        if self._is_narrow(text):
            codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
            return codes, np.repeat(np.array(numbers, np.int32), [len(part) for part in texts])
        rows = [self._wide_codes(part) for part in texts]
        styles = np.repeat(np.array(numbers, np.int32), [len(row) for row in rows])
        return np.array([code for row in rows for code in row], np.uint32), styles

    def texts(self, codes: Codes) -> Sequence[str]:
        """The characters of cells, one by one."""
        if codes.size and codes.max() >= CLUSTER:
            return [
                chr(code) if code < CLUSTER else self._clusters[code - CLUSTER]
                for code in codes.tolist()
            ]
        return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def _is_narrow(self, text: str) -> bool:
        """Whether each character takes one cell."""
        if self._narrow.issuperset(text):
            return True
        self._narrow.update(one for one in set(text) if cell_len(one) == 1)
        return self._narrow.issuperset(text)

    def _wide_codes(self, text: str) -> list[int]:
        codes: list[int] = []
        for start, end, width in split_graphemes(text)[0]:
            if width:
                code = self._code(text[start:end])
                codes += [code, code | RIGHT_HALF][:width]
        return codes

    def _code(self, text: str) -> int:
        if len(text) == 1:
            return ord(text)
        if text not in self._cluster_numbers:
            self._cluster_numbers[text] = CLUSTER + len(self._clusters)
            self._clusters.append(text)
        return self._cluster_numbers[text]

    def _style_number(self, style: Style | None) -> int:
        return 0 if style is None else self._number(parameters(style, self._color_system))

    def _number(self, written: str) -> int:
        number = self._numbers.get(written)
        if number is None:
            number = self._numbers[written] = len(self.parameters)
            self.parameters.append(written)
            self.colours.append(self._colours.setdefault(colours(written), len(self._colours)))
            self.on_blank.append(number)
            seen = on_blank(written)
            self.on_blank[number] = number if seen == written else self._number(seen)
        return number
