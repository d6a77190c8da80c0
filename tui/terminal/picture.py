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
        self._styles: Styles = np.zeros((height, width), np.intp)
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
        new = [placement for placement in strips if self._is_placed(*placement)]
        all_codes, all_styles = self._numbering.cells(strip for _, _, strip in new)
        start = 0
        for x, y, strip in new:
            count = strip.cell_length
            end = min(x + count, width)
            row, part = self._codes[y], slice(start, start + end - x)
            start += count
            # of a wide character that is cut, the other half is blank
            if x and row[x] >= RIGHT_HALF:
                row[x - 1] = BLANK
            if end < width and row[end] >= RIGHT_HALF:
                row[end] = BLANK
            row[x:end], self._styles[y, x:end] = all_codes[part], all_styles[part]

    def _is_placed(self, x: int, y: int, strip: Strip) -> bool:
        """Whether it was not there before; what it covers, be it in part, is not there any more."""
        placed, length = self._placed[y], strip.cell_length
        before = placed.get(x)
        if before is strip or not length:
            return False
        if before is None or before.cell_length != length:
            for other, covered in list(placed.items()):
                if other < x + length and x < other + covered.cell_length:
                    del placed[other]
        placed[x] = strip
        self._touched.add(y)
        return True

    def changes(self, cursor: tuple[int, int]) -> str:
        """Turn what the terminal shows into what it is to show, and leave its cursor there."""
        rows = np.array(sorted(self._touched), np.intp)
        codes = self._codes[rows]
        styles = self._seen_styles(codes.ravel(), self._styles[rows].ravel()).reshape(codes.shape)
        changed = (codes != self._shown_codes[rows]) | (styles != self._shown_styles[rows])
        is_odd = changed & ((codes & ~np.uint32(RIGHT_HALF)) >= DOUBTFUL)
        if is_odd.any():
            # on some terminals it covers what stands there
            changed |= np.maximum.accumulate(is_odd, 1)
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
        on_blank, places = self._numbering.on_blank, np.arange(codes.size)
        is_text = codes != BLANK
        seen = np.where(is_text, styles, on_blank[styles])
        is_first, is_last = is_text.copy(), is_text
        is_first[::width] = is_last[width - 1 :: width] = True
        left = np.maximum.accumulate(np.where(is_first, places, 0))
        right = np.minimum.accumulate(np.where(is_last, places, codes.size)[::-1])[::-1]
        before, after = seen[left], seen[right]
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
        is_joined = (cells[1:] - cells[:-1] == 1) & (cells[1:] % width != 0)
        is_joined &= ~((is_doubtful[:-1] | is_doubtful[1:]) & is_left[1:])
        is_joined &= styles[1:] == styles[:-1]
        bounds = np.concatenate(([0], np.flatnonzero(~is_joined) + 1, [cells.size]))
        firsts, lasts = bounds[:-1], bounds[1:] - 1
        texts = self._numbering.texts(codes[is_left])
        in_text = np.concatenate(([0], np.cumsum(is_left)))[bounds]
        numbers = styles[firsts]
        is_odd = is_doubtful[firsts]
        order = np.argsort(np.where(is_odd, -1, self._numbering.colours[numbers]), kind="stable")
        places, columns = np.divmod(cells[firsts], width)
        of_runs = (rows[places], columns, lasts - firsts + 1, numbers, is_odd)
        runs = zip(
            *(array[order].tolist() for array in (*of_runs, in_text[:-1], in_text[1:])),
            strict=True,
        )
        pieces: list[str] = []
        at: tuple[int, int] | None = None
        pen = ""
        for row, column, count, number, odd, start, stop in runs:
            if at != (column, row):
                pieces.append(moved(at, (column, row)))
            wanted = self._numbering.parameters[number]
            pieces.append(self._restyled(pen, wanted))
            if odd:
                # it may leave the second of its cells as it was
                pieces += " " * count, moved(None, (column, row))
            pieces += texts[start:stop]
            pen = wanted
            # at the end of a row, too, terminals do not agree where the cursor is
            at = None if odd or column + count == width else (column + count, row)
        pieces.append(self._restyled(pen, ""))
        return "".join(pieces)

    def _with_gaps(self, codes: Codes, styles: Styles, changed: Indices) -> Indices:
        """The changed cells, and unchanged ones between them that are shorter than a move."""
        before, after = changed[:-1], changed[1:]
        gaps = after - before - 1
        width = self._codes.shape[1]
        is_short = (gaps > 0) & (gaps <= LONGEST_GAP) & (before // width == after // width)
        if not is_short.any():
            return changed
        before, after, gaps = (array[is_short, np.newaxis] for array in (before, after, gaps))
        # a row for each gap
        is_in = np.arange(LONGEST_GAP) < gaps
        between = np.where(is_in, before + 1 + np.arange(LONGEST_GAP), before)
        here, inside = codes[between], styles[between]
        sent = is_in * (1 + (here >= 0x80) + (here >= 0x800) + (here >= 0x10000))
        alike = [((inside == styles[end]) | ~is_in).all(1) for end in (before, after)]
        is_kept = np.logical_or(*alike) & (sent.sum(1) <= _MOVES[gaps[:, 0]])
        return np.sort(np.concatenate((changed, between[is_in & is_kept[:, np.newaxis]])))
