"""What the terminal shows, and what it is to show: only cells that differ are ever sent."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray
from rich.color import ColorSystem
from textual.strip import Strip

from tui.terminal.cells import BLANK, DOUBTFUL, RIGHT_HALF, Codes, Numbering, Styles
from tui.terminal.pen import RESET, moved, restyled

Indices = NDArray[np.intp]
"""Of cells, row by row."""

UNKNOWN = 0xFFFF_FFFF
"""The code of no character."""
LONGEST_GAP = 4
"""So many unchanged cells are sent where that is not longer than to go past them."""
_MOVES = np.array([len(moved((0, 0), (gap, 0))) for gap in range(LONGEST_GAP + 1)])
"""Bytes that it takes to go past so many cells."""


class Picture:
    """Two grids of cells; `color_system` is the terminal's, `restyled` how its pen is changed."""

    def __init__(
        self, color_system: ColorSystem, restyled: Callable[[str, str], str] = restyled
    ) -> None:
        self._color_system, self._restyled = color_system, restyled
        self._numbering = Numbering(color_system)
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
        self._touched = set(range(height))
        self.forget()

    def forget(self) -> None:
        """What the terminal shows is not known."""
        self._shown_codes.fill(UNKNOWN)
        self._touched.update(range(len(self._placed)))
        self._cursor: tuple[int, int] | None = None

    def place(self, width: int, height: int, strips: Iterable[tuple[int, int, Strip]]) -> None:
        """Let strips be shown from a column of a row on, on a screen of this size."""
        if (width, height) != self.size:
            self._resize(width, height)
        for x, y, strip in strips:
            placed = self._placed[y]
            if placed.get(x) is strip or not strip.cell_length:
                continue
            codes, styles = self._numbering.cells(strip)
            end = min(x + codes.size, width)
            for other, covered in list(placed.items()):
                if other < end and x < other + covered.cell_length:
                    del placed[other]
            placed[x] = strip
            self._touched.add(y)
            row = self._codes[y]
            # of a wide character that is cut, the other half is blank
            if x and row[x] >= RIGHT_HALF:
                row[x - 1] = BLANK
            row[x:end], self._styles[y, x:end] = codes[: end - x], styles[: end - x]
            if end < width and row[end] >= RIGHT_HALF:
                row[end] = BLANK

    def changes(self, cursor: tuple[int, int]) -> str:
        """Turn what the terminal shows into what it is to show, and leave its cursor there."""
        rows = np.array(sorted(self._touched), np.intp)
        codes = self._codes[rows]
        styles = self._seen_styles(codes, self._styles[rows])
        changed = (codes != self._shown_codes[rows]) | (styles != self._shown_styles[rows])
        cells = np.flatnonzero(changed)
        if not cells.size:
            text = "" if cursor == self._cursor else moved(None, cursor)
        else:
            reset = RESET if self._cursor is None else ""
            text = reset + self._painted(codes.ravel(), styles.ravel(), cells, rows)
            text += moved(None, cursor)
            self._shown_codes[rows], self._shown_styles[rows] = codes, styles
        self._touched.clear()
        self._cursor = cursor
        return text

    def _seen_styles(self, codes: Codes, styles: Styles) -> Styles:
        """Blanks have no more of a style than is seen, or that of equal neighbours around them."""
        width = self._codes.shape[1]
        on_blank = np.array(self._numbering.on_blank, np.int32)
        is_text = codes != BLANK
        columns = np.arange(width)
        left = np.maximum.accumulate(np.where(is_text, columns, 0), 1)
        right = np.where(is_text, columns, width - 1)[:, ::-1]
        right = np.minimum.accumulate(right, 1)[:, ::-1]
        seen: Styles = np.where(is_text, styles, on_blank[styles])
        before, after = np.take_along_axis(seen, left, 1), np.take_along_axis(seen, right, 1)
        return np.where((before == after) & (on_blank[before] == seen), before, seen)

    def _painted(
        self, all_codes: Codes, all_styles: Styles, changed: Indices, rows: Indices
    ) -> str:
        """Runs of cells, colour by colour: to change one takes more bytes than to move."""
        width = self._codes.shape[1]
        cells = self._with_gaps(all_codes, all_styles, changed)
        codes, styles = all_codes[cells], all_styles[cells]
        is_left = codes < RIGHT_HALF
        is_doubtful = (codes & ~np.uint32(RIGHT_HALF)) >= DOUBTFUL
        is_joined = (np.diff(cells) == 1) & (cells[1:] % width != 0)
        is_joined &= ~(is_doubtful[:-1] & is_left[1:]) & (styles[1:] == styles[:-1])
        bounds = np.concatenate(([0], np.flatnonzero(~is_joined) + 1, [cells.size]))
        firsts, lasts = bounds[:-1], bounds[1:] - 1
        texts = self._numbering.texts(codes[is_left])
        in_text = np.concatenate(([0], np.cumsum(is_left)))[bounds]
        numbers = styles[firsts]
        order = np.argsort(np.array(self._numbering.colours)[numbers], kind="stable")
        # at the end of a row, too, terminals do not agree where the cursor is
        is_lost = is_doubtful[lasts] | (cells[lasts] % width == width - 1)
        places, columns = np.divmod(cells[firsts], width)
        of_runs = (rows[places], columns, lasts - firsts, numbers, is_lost)
        runs = zip(
            *(array[order].tolist() for array in (*of_runs, in_text[:-1], in_text[1:])),
            strict=True,
        )
        pieces: list[str] = []
        at: tuple[int, int] | None = None
        pen = ""
        for row, column, more, number, lost, start, stop in runs:
            if at != (column, row):
                pieces.append(moved(at, (column, row)))
            wanted = self._numbering.parameters[number]
            pieces.append(self._restyled(pen, wanted))
            pieces += texts[start:stop]
            pen = wanted
            at = None if lost else (column + more + 1, row)
        pieces.append(self._restyled(pen, ""))
        return "".join(pieces)

    def _with_gaps(self, codes: Codes, styles: Styles, changed: Indices) -> Indices:
        """The changed cells, and unchanged ones between them that are shorter than a move."""
        width = self._codes.shape[1]
        gaps = np.diff(changed) - 1
        is_short = (gaps > 0) & (gaps <= LONGEST_GAP)
        is_short &= changed[1:] // width == changed[:-1] // width
        before, after, gaps = changed[:-1][is_short], changed[1:][is_short], gaps[is_short]
        steps = np.arange(1, LONGEST_GAP + 1)
        is_outside = steps > gaps[:, None]
        between = np.where(is_outside, before[:, None], before[:, None] + steps)
        kept, inside = styles[between], codes[between]
        is_like = (kept == styles[before][:, None]).all(1)
        is_like |= ((kept == styles[after][:, None]) | is_outside).all(1)
        sent = 1 + (inside >= 0x80) + (inside >= 0x800) + (inside >= 0x10000)
        is_like &= np.where(is_outside, 0, sent).sum(1) <= _MOVES[gaps]
        added = between[is_like][~is_outside[is_like]]
        return np.sort(np.concatenate((changed, added)))
