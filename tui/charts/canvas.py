"""Cells that are drawn on as arrays, and the strips that come of them."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.style.cells import CONTINUED, in_cells, out_of_cells

PaintT = TypeVar("PaintT", bound=Hashable)

BLANK = 0
"""The number of what nobody has painted."""


class Paints(Generic[PaintT]):
    """The paints of canvases, few enough to keep, by number; `blank` is on the ground alone.

    Blanks take the paint of a neighbour that is `on_ground`, too.
    """

    def __init__(
        self,
        blank: PaintT,
        style_of: Callable[[PaintT], Style],
        on_ground: Callable[[PaintT], bool] = lambda paint: False,
    ) -> None:
        self._style_of, self._on_ground = style_of, on_ground
        self._numbers: dict[PaintT, int] = {}
        self.known: list[PaintT] = []
        self.styles: list[Style] = []
        self.joins: list[bool] = []
        self.number(blank)
        self.joins[BLANK] = False

    def number(self, paint: PaintT) -> int:
        """The number of a paint."""
        found = self._numbers.get(paint)
        if found is None:
            found = self._numbers[paint] = len(self.known)
            self.known.append(paint)
            self.styles.append(self._style_of(paint))
            self.joins.append(self._on_ground(paint))
        return found


class Canvas(Generic[PaintT]):
    """Rows of cells, the top one first: a character and the number of a paint for each."""

    def __init__(self, rows: int, cells: int, paints: Paints[PaintT]) -> None:
        self.paints = paints
        self.characters = np.full((rows, cells), ord(" "), np.uint32)
        self.numbers = np.full((rows, cells), BLANK, np.int32)

    @property
    def cells(self) -> int:
        """How wide it is."""
        return self.characters.shape[1]

    def part(self, rows: slice, cells: slice) -> "Canvas[PaintT]":
        """A part of it: what is put there is put here."""
        part: Canvas[PaintT] = Canvas(0, 0, self.paints)
        part.characters, part.numbers = self.characters[rows, cells], self.numbers[rows, cells]
        return part

    def lay(self, row: int, start: int, other: "Canvas[PaintT]") -> None:
        """Another canvas of the same paints over whatever is there."""
        rows, cells = other.numbers.shape
        place = slice(row, row + rows), slice(start, start + cells)
        self.characters[place], self.numbers[place] = other.characters, other.numbers

    def put(self, row: int | slice, start: int, text: str, paint: PaintT) -> None:
        """Text over whatever is there, in one row or in several."""
        stop = start + len(text)
        self.characters[row, start:stop] = letters(text)
        self.numbers[row, start:stop] = self.paints.number(paint)

    def write(self, row: int, start: int, words: str, paint: PaintT) -> None:
        """Words, of which a character may take two cells, over whatever is there."""
        self.put(row, start, in_cells(words), paint)

    def text(self, row: int) -> str:
        """A row's characters, one for each cell."""
        return str(self.characters[row].tobytes(), "utf-32-le")

    def runs(self, row: int) -> list[tuple[str, PaintT]]:
        """A row as runs of text in one paint each."""
        ((texts, numbers),) = self._runs(np.array([row]))
        return [(text, self.paints.known[n]) for text, n in zip(texts, numbers, strict=True)]

    def strips(self, rows: NDArray[np.intp]) -> list[Strip]:
        """Those rows."""
        styles = self.paints.styles
        return [
            Strip([Segment(text, styles[n]) for text, n in zip(*runs, strict=True)], self.cells)
            for runs in self._runs(rows)
        ]

    def _runs(self, rows: NDArray[np.intp]) -> list[tuple[list[str], list[int]]]:
        numbers = self._joined(self.numbers[rows])
        found = []
        for row, here, changes in zip(
            rows.tolist(), numbers, numbers[:, 1:] != numbers[:, :-1], strict=True
        ):
            starts = [0, *(np.flatnonzero(changes) + 1).tolist()]
            text = self.text(row)
            ends = [*starts[1:], len(text)]
            texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
            if CONTINUED in text:
                texts = [out_of_cells(piece) for piece in texts]
            found.append((texts, here[starts].tolist()))
        return found

    def _joined(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        """Blanks in the paint on their left or else right, if that is on the ground, too."""
        if not (numbers == BLANK).any():
            return numbers
        cells = np.arange(numbers.shape[1])
        # the first and the last cell stand for none
        last = np.maximum.accumulate(np.where(numbers, cells, 0), axis=1)
        after = np.where(numbers, cells, len(cells) - 1)[:, ::-1]
        following = np.minimum.accumulate(after, axis=1)[:, ::-1]
        joins = np.array(self.paints.joins)
        left = np.take_along_axis(numbers, last, 1)
        right = np.take_along_axis(numbers, following, 1)
        joined = np.where(joins[left], left, np.where(joins[right], right, BLANK))
        return np.where(numbers, numbers, joined)


class Strips(Generic[PaintT]):
    """The strips of one canvas after another: a row that stays the same is the same strip."""

    def __init__(self) -> None:
        self._canvas: Canvas[PaintT] | None = None
        self._strips: list[Strip] = []

    def of(self, canvas: Canvas[PaintT]) -> list[Strip]:
        """That canvas' strips; the same list if nothing has changed."""
        before, self._canvas = self._canvas, canvas
        rows = np.arange(len(canvas.numbers))
        if before is None or before.numbers.shape != canvas.numbers.shape:
            self._strips = canvas.strips(rows)
            return self._strips
        is_other = (before.numbers != canvas.numbers) | (before.characters != canvas.characters)
        changed = np.flatnonzero(is_other.any(axis=1))
        if len(changed):
            self._strips = self._strips.copy()
            for row, strip in zip(changed.tolist(), canvas.strips(changed), strict=True):
                self._strips[row] = strip
        return self._strips


def letters(text: str) -> NDArray[np.uint32]:
    """The characters of a text."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)
