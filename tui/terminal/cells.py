"""Strips as numbers of cells: which character each cell shows, and in which style."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.style.cells import clusters
from tui.terminal.colours import parameters
from tui.terminal.pen import REMEMBERED, colours, on_blank

Codes = NDArray[np.uint32]
"""Characters of cells: code points, numbers of clusters, and either with RIGHT_HALF."""
Styles = NDArray[np.intp]
"""Numbers of styles; what looks the same on the terminal has the same."""

BLANK = ord(" ")
CLUSTER = 0x11_0000
"""From here on a code is the number of several characters in one cell."""
RIGHT_HALF = 0x8000_0000
"""Marks the second cell of a wide character."""
WIDE = 2
"""Cells of a wide character."""
DOUBTFUL = 0x1_F000
"""From here on terminals do not agree how wide a character is."""


class Numbering:
    """Which number means which style or cluster, on a terminal of a colour system."""

    def __init__(self, color_system: ColorSystem) -> None:
        self._color_system = color_system
        self._widths = np.zeros(CLUSTER, np.uint8)
        self._clusters: list[str] = []
        self._cluster_numbers: dict[str, int] = {}
        self._colours: dict[tuple[str, ...], int] = {}
        self._numbers: dict[str, int] = {}
        self.parameters: list[str] = []
        """SGR parameters of each style."""
        self.colours: Styles = np.zeros(0, np.intp)
        """Of each style: equal for the same colours."""
        self.on_blank: Styles = np.zeros(0, np.intp)
        """Of each style: the one that has what is seen of it without a character."""
        self._colours_of: list[int] = []
        self._on_blank_of: list[int] = []
        self._style_number = lru_cache(REMEMBERED)(self._new_style_number)
        self._number("")
        self._fill_tables()

    def cells(self, strips: Iterable[Strip]) -> tuple[Codes, Styles]:
        """Code and style of each cell of strips, one behind the other."""
        segments = [segment for strip in strips for segment in strip]
        texts = [segment.text for segment in segments]
        numbers = np.array([self._style_number(segment.style) for segment in segments], np.intp)
        if self.colours.size < len(self.parameters):
            self._fill_tables()
        text = "".join(texts).encode("utf-32-le", "surrogatepass")
        codes: Codes = np.frombuffer(text, "<u4")
        widths = self._widths_of(codes)
        if codes.size and widths.max() > WIDE:
            parts = [self._codes_of_clusters(part) for part in texts]
            codes = np.array([code for part in parts for code in part], np.uint32)
            return codes, np.repeat(numbers, [len(part) for part in parts])
        styles = np.repeat(numbers, [len(part) for part in texts])
        if not codes.size or widths.max() < WIDE:
            return codes, styles
        cells = np.repeat(codes, widths)
        cells[np.cumsum(widths)[widths == WIDE] - 1] |= np.uint32(RIGHT_HALF)
        return cells, np.repeat(styles, widths)

    def texts(self, codes: Codes) -> Sequence[str]:
        """The characters of cells, one by one."""
        if codes.size and codes.max() >= CLUSTER:
            return [
                chr(code) if code < CLUSTER else self._clusters[code - CLUSTER]
                for code in codes.tolist()
            ]
        return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def _widths_of(self, codes: Codes) -> NDArray[np.uint8]:
        """Cells of each character; more than WIDE for one that may join others."""
        widths = self._widths[codes]
        if not widths.all():
            for code in set(codes[widths == 0].tolist()):
                self._widths[code] = cell_len(chr(code)) or WIDE + 1
            widths = self._widths[codes]
        return widths

    def _codes_of_clusters(self, text: str) -> list[int]:
        codes: list[int] = []
        for cluster, width in clusters(text):
            code = self._code(cluster)
            codes += [code, code | RIGHT_HALF][:width]
        return codes

    def _code(self, text: str) -> int:
        if len(text) == 1:
            return ord(text)
        if text not in self._cluster_numbers:
            self._cluster_numbers[text] = CLUSTER + len(self._clusters)
            self._clusters.append(text)
        return self._cluster_numbers[text]

    def _new_style_number(self, style: Style | None) -> int:
        return 0 if style is None else self._number(parameters(style, self._color_system))

    def _number(self, written: str) -> int:
        number = self._numbers.get(written)
        if number is None:
            number = self._numbers[written] = len(self.parameters)
            self.parameters.append(written)
            self._colours_of.append(self._colours.setdefault(colours(written), len(self._colours)))
            self._on_blank_of.append(number)
            seen = on_blank(written)
            self._on_blank_of[number] = number if seen == written else self._number(seen)
        return number

    def _fill_tables(self) -> None:
        self.colours = np.array(self._colours_of, np.intp)
        self.on_blank = np.array(self._on_blank_of, np.intp)
