"""The rows of a column chart: each cell's character and colours, joined into runs."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from tui.charts.bars import Frame
from tui.charts.columns import Column
from tui.charts.overlays import Whisker, stroke_of, whisker_of
from tui.style.glyphs import Glyphs
from tui.style.looks import BAND, FAINT, GHOST, INK, MARK_ON_BAR, THEORY

T = TypeVar("T")


class Paint(NamedTuple):
    """The colours of a run of cells by name or as #rrggbb; `lit` where the bar is the cursor's."""

    ink: str | None = None
    ground: str | None = None
    lit: bool = False


BLANK = Paint()

APART = 0.5
"""Layers that share a column and are nearer to its median, in rows, are not told apart."""


class Canvas:
    """One row of cells while it is drawn on."""

    def __init__(self, cells: int) -> None:
        self.texts, self.paints = [" "] * cells, [BLANK] * cells

    def put(self, start: int, text: str, paint: Paint) -> None:
        """Text over whatever is there."""
        self.texts[start : start + len(text)] = text
        self.paints[start : start + len(text)] = [paint] * len(text)

    def runs(self) -> list[tuple[str, Paint]]:
        """The cells joined; blanks on the chart's ground join any run that has no other."""
        found: list[tuple[str, Paint]] = []
        for paint, cells in groupby(range(len(self.texts)), key=self.paints.__getitem__):
            text = "".join(self.texts[cell] for cell in cells)
            before = found[-1][1] if found else None
            if before is not None and before.ground is None and paint == BLANK:
                found[-1] = found[-1][0] + text, before
            elif before in (paint, BLANK) and paint.ground is None:
                found[-1] = found[-1][0] + text, paint
            else:
                found.append((text, paint))
        return found


def row_runs(frame: Frame, row: int, glyphs: Glyphs) -> list[tuple[str, Paint]]:
    """Row `row` (0 at the top) as runs of text in one paint each."""
    level = frame.rows - 1 - row
    canvas = Canvas(frame.cells)
    for index, bar in enumerate(frame.bars):
        if not bar.name:
            _draw_bar(canvas, frame, index, level, glyphs)
        _draw_strokes(canvas, frame, index, level, glyphs)
    if any(bar.name for bar in frame.bars):
        _draw_names(canvas, frame, level, glyphs)
    for rule in frame.rules:
        if rule.level == level:
            _draw_rule(canvas, rule.texts, _gap(frame.columns), glyphs)
    return canvas.runs()


def _draw_bar(canvas: Canvas, frame: Frame, index: int, level: int, glyphs: Glyphs) -> None:
    """What a bar shows of itself, and the whiskers over it."""
    column, bar = frame.columns[index], frame.bars[index]
    filled = min(max(bar.height - level, 0.0), 1.0)
    if filled:
        fill = glyphs.levels[round(filled * (len(glyphs.levels) - 1))]
        paint = Paint(bar.colour, None, index == frame.cursor)
        canvas.put(column.start, fill * column.width, paint)
    if 0 < filled < 1 and column.width == 1:
        return
    whiskers: list[tuple[Whisker | None, str | None]] = []
    if max(bar.most - bar.height, bar.height - bar.least) >= APART:
        shared = whisker_of(bar.least, bar.most, frame.rows)
        whiskers.append((shared, bar.colour))
    if bar.colour is not None:
        whiskers.append((_at(frame.overlays.band, index), BAND))
    for whisker, colour in whiskers:
        lower, upper = whisker.halves(level) if whisker else (False, False)
        if whisker and (lower or upper):
            glyph = glyphs.whisker[lower + 2 * upper]
            canvas.put(column.centre, glyph, _over(frame, index, filled >= 0.5, colour))


def _draw_strokes(canvas: Canvas, frame: Frame, index: int, level: int, glyphs: Glyphs) -> None:
    """The pinned run's bar and theory's line, where they differ from the bar."""
    column, bar, overlays = frame.columns[index], frame.bars[index], frame.overlays
    for heights, strokes, colour in (
        (overlays.ghost, glyphs.ghosts, GHOST),
        (overlays.line, glyphs.strokes, THEORY),
    ):
        height = _at(heights, index)
        if height is None or (bar.colour is None and colour == THEORY):
            continue
        stroke = stroke_of(height, bar.height, frame.rows)
        if stroke is not None and stroke.level == level:
            paint = _over(frame, index, level < bar.height, colour)
            canvas.put(column.start, strokes[stroke.third] * column.width, paint)


def _over(frame: Frame, index: int, on_bar: bool, colour: str | None) -> Paint:
    """The paint of a mark over a bar, or in a colour of its own beside it."""
    if not on_bar:
        return Paint(colour)
    return Paint(MARK_ON_BAR, frame.bars[index].colour, index == frame.cursor)


def _at(values: Sequence[T], index: int) -> T | None:
    return values[index] if index < len(values) else None


def _gap(columns: tuple[Column, ...]) -> int:
    """How many cells are between columns; always as many, see `tui.charts.columns`."""
    return columns[1].start - columns[0].stop if len(columns) > 1 else 0


def _draw_names(canvas: Canvas, frame: Frame, level: int, glyphs: Glyphs) -> None:
    """Zeros on the ground, inf at the top, nan in the middle: once for columns side by side."""
    apart = _gap(frame.columns) > 0

    def key(index: int) -> tuple[str, int]:
        name = frame.bars[index].name
        return name, index if name == "0" and apart else -1

    for (name, _), group in groupby(range(len(frame.bars)), key):
        indices = list(group)
        if not name:
            continue
        start, stop = frame.columns[indices[0]].start, frame.columns[indices[-1]].stop
        home = {"0": 0, "inf": frame.rows - 1, "nan": frame.rows // 2}[name]
        if stop - start < len(name):
            # upright, read downwards
            letter = max(home, len(name) - 1) - level
            if 0 <= letter < len(name):
                canvas.put(start, name[letter], Paint(INK))
        elif level == home:
            around = glyphs.horizontal if stop - start > len(name) + 2 else " "
            canvas.put(start, around * (stop - start), Paint(FAINT))
            text = f" {name} " if stop - start > len(name) + 2 else name
            canvas.put(start + (stop - start - len(text)) // 2, text, Paint(INK))


def _draw_rule(canvas: Canvas, texts: tuple[str, ...], gap: int, glyphs: Glyphs) -> None:
    """Dots where nothing else is, except for mere gaps, and a text where it fits first."""
    row = "".join(canvas.texts)
    blanks = [run.span() for run in re.finditer(" +", row) if run.end() - run.start() > gap]
    for text in map(glyphs.spell, texts):
        homes = [start for start, stop in blanks if stop - start >= len(text) + 4]
        if homes or not text:
            for start, stop in blanks:
                canvas.put(start, glyphs.guide * (stop - start), Paint(FAINT))
            if text:
                canvas.put(homes[0] + 1, f" {text} ", Paint(FAINT))
            return
