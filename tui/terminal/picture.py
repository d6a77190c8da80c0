"""What the terminal shows, and what it is to show: only cells that differ are ever sent."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len, split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.terminal.colours import parameters
from tui.terminal.pen import RESET, moved, restyled

Codes = NDArray[np.uint32]
"""Characters of cells: code points, numbers of clusters, and either with RIGHT_HALF."""
Styles = NDArray[np.int32]

CLUSTER = 0x11_0000
"""From here on a code is the number of several characters in one cell."""
RIGHT_HALF = 0x8000_0000
"""Marks the second cell of a wide character."""
UNKNOWN = 0xFFFF_FFFF
DOUBTFUL = 0x1_F000
"""From here on terminals do not agree how wide a character is."""
LONGEST_GAP = 4
"""So many unchanged cells are sent where that is not longer than to go past them."""
BLANK = ord(" ")


class Picture:
    """Two grids of cells; `color_system` is the terminal's, `restyled` how its pen is changed."""

    def __init__(
        self, color_system: ColorSystem, restyled: Callable[[str, str], str] = restyled
    ) -> None:
        self._color_system, self._restyled = color_system, restyled
        self._parameters = [""]
        self._style_numbers = {"": 0}
        self._clusters: list[str] = []
        self._cluster_numbers: dict[str, int] = {}
        self._narrow = set(" ")
        self._resize(0, 0)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        height, width = self._codes.shape
        return width, height

    def _resize(self, width: int, height: int) -> None:
        self._codes: Codes = np.full((height, width), BLANK, np.uint32)
        self._styles: Styles = np.zeros((height, width), np.int32)
        self._shown_codes, self._shown_styles = self._codes.copy(), self._styles.copy()
        self._placed: list[dict[int, Strip]] = [{} for _ in range(height)]
        self.forget()

    def forget(self) -> None:
        """What the terminal shows is not known."""
        self._shown_codes.fill(UNKNOWN)
        self._cursor: tuple[int, int] | None = None

    def place(self, width: int, height: int, strips: Sequence[tuple[int, int, Strip]]) -> None:
        """Let strips be shown from a column of a row on, on a screen of this size."""
        if (width, height) != self.size:
            self._resize(width, height)
        for x, y, strip in strips:
            placed = self._placed[y]
            if placed.get(x) is strip:
                continue
            codes, styles = self._cells(strip)
            end = min(x + codes.size, width)
            for other, covered in list(placed.items()):
                if other < end and x < other + covered.cell_length:
                    del placed[other]
            placed[x] = strip
            row = self._codes[y]
            # what is left of a wide character is blank
            if x and row[x : x + 1] >= RIGHT_HALF:
                row[x - 1] = BLANK
            row[x:end] = codes[: end - x]
            self._styles[y, x:end] = styles[: end - x]
            if end < width and row[end] >= RIGHT_HALF:
                row[end] = BLANK

    def changes(self, cursor: tuple[int, int]) -> str:
        """Turn what the terminal shows into what it is to show, and leave its cursor there."""
        is_first = self._cursor is None
        changed = (self._codes != self._shown_codes) | (self._styles != self._shown_styles)
        cells = np.flatnonzero(changed)
        if not cells.size:
            text = "" if cursor == self._cursor else moved(None, cursor)
        else:
            text = (RESET if is_first else "") + self._painted(cells) + moved(None, cursor)
            self._shown_codes[:], self._shown_styles[:] = self._codes, self._styles
        self._cursor = cursor
        return text

    def _painted(self, changed: NDArray[np.intp]) -> str:
        width = self._codes.shape[1]
        cells = self._with_gaps(changed, width)
        codes, styles = self._codes.ravel()[cells], self._styles.ravel()[cells]
        is_left = codes < RIGHT_HALF
        is_doubtful = (codes & ~np.uint32(RIGHT_HALF)) >= DOUBTFUL
        is_joined = (
            (np.diff(cells) == 1) & (cells[1:] % width != 0) & ~(is_doubtful[:-1] & is_left[1:])
        )
        begins = np.flatnonzero(~(is_joined & (styles[1:] == styles[:-1]))) + 1
        bounds = np.concatenate(([0], begins, [cells.size]))
        texts = self._texts(codes[is_left])
        in_text = np.concatenate(([0], np.cumsum(is_left)))[bounds].tolist()
        firsts = cells[bounds[:-1]].tolist()
        numbers = styles[bounds[:-1]].tolist()
        ends = (cells[bounds[1:] - 1] + 1).tolist()
        lost = is_doubtful[bounds[1:] - 1].tolist()
        pieces: list[str] = []
        at: int | None = None
        pen = ""
        for first, end, number, is_lost, (start, stop) in zip(
            firsts, ends, numbers, lost, pairwise(in_text), strict=True
        ):
            if at != first:
                row, column = divmod(first, width)
                before = None if at is None else divmod(at, width)[::-1]
                pieces.append(moved(before, (column, row)))
            wanted = self._parameters[number]
            pieces.append(self._restyled(pen, wanted))
            pieces += texts[start:stop]
            pen = wanted
            # at the end of a row, terminals do not agree on where the cursor is
            at = None if is_lost or not end % width else end
        pieces.append(self._restyled(pen, ""))
        return "".join(pieces)

    def _with_gaps(self, changed: NDArray[np.intp], width: int) -> NDArray[np.intp]:
        """The changed cells, and unchanged ones between them that are shorter than a move."""
        codes, styles = self._codes.ravel(), self._styles.ravel()
        gaps = np.diff(changed) - 1
        same_row = changed[1:] // width == changed[:-1] // width
        more = [changed]
        for gap in range(1, LONGEST_GAP + 1):
            before = changed[:-1][(gaps == gap) & same_row]
            between = before[:, None] + np.arange(1, gap + 1)
            kept = styles[between]
            one_style = (kept == styles[before][:, None]).all(1) | (
                kept == styles[before + gap + 1][:, None]
            ).all(1)
            inside = codes[between]
            bytes_ = (1 + (inside >= 0x80) + (inside >= 0x800) + (inside >= 0x10000)).sum(1)
            is_shorter = one_style & (bytes_ <= len(moved((0, 0), (gap, 0))))
            more.append(between[is_shorter].ravel())
        return np.sort(np.concatenate(more))

    def _texts(self, codes: Codes) -> Sequence[str]:
        """The characters of cells, one by one."""
        if codes.size and codes.max() >= CLUSTER:
            return [
                chr(code) if code < CLUSTER else self._clusters[code - CLUSTER]
                for code in codes.tolist()
            ]
        return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def _cells(self, strip: Strip) -> tuple[Codes, Styles]:
        texts = [segment.text for segment in strip]
        numbers = [self._style_number(segment.style) for segment in strip]
        text = "".join(texts)
        if self._is_narrow(text):
            data = text.encode("utf-32-le", "surrogatepass")
            codes = np.frombuffer(data, "<u4").astype(np.uint32)
            return codes, np.repeat(np.array(numbers, np.int32), [len(part) for part in texts])
        rows = [self._wide_codes(part) for part in texts]
        styles = np.repeat(np.array(numbers, np.int32), [len(row) for row in rows])
        return np.array([code for row in rows for code in row], np.uint32), styles

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
        """Two styles that look the same have the same number."""
        written = "" if style is None else parameters(style, self._color_system)
        number = self._style_numbers.get(written)
        if number is None:
            number = self._style_numbers[written] = len(self._parameters)
            self._parameters.append(written)
        return number
