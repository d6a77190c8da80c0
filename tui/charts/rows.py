"""The rows of a column chart: each cell's character and colours, joined into runs."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from tui.charts.bars import Frame
from tui.charts.columns import gap_of
from tui.charts.overlays import stroke_of, whisker_of
from tui.style.glyphs import ASCII, Glyphs
from tui.style.looks import BAND, FAINT, GHOST, INK, MARK_ON_BAR, THEORY

T = TypeVar("T")


class Paint(NamedTuple):
    """The colours of a run of cells by name or as #rrggbb; `lit` where the bar is the cursor's."""

    ink: str | None = None
    ground: str | None = None
    lit: bool = False


BLANK, LINE = Paint(), Paint(FAINT)

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


def frame_rows(frame: Frame, glyphs: Glyphs) -> list[list[tuple[str, Paint]]]:
    """Every row, the top one first, as runs of text in one paint each."""
    levels = [Canvas(frame.cells) for _ in range(frame.rows)]
    for index, bar in enumerate(frame.bars):
        if not bar.name:
            _draw_bar(levels, frame, index, glyphs)
            _draw_whiskers(levels, frame, index, glyphs)
        _draw_strokes(levels, frame, index, glyphs)
    _draw_names(levels, frame, glyphs)
    for rule in frame.rules:
        _draw_rule(levels[rule.level], rule.texts, gap_of(frame.columns), glyphs)
    return [canvas.runs() for canvas in reversed(levels)]


def _draw_bar(levels: list[Canvas], frame: Frame, index: int, glyphs: Glyphs) -> None:
    column, bar = frame.columns[index], frame.bars[index]
    paint = Paint(bar.colour, None, index == frame.cursor)
    whole, rest = divmod(bar.height, 1)
    full = glyphs.levels[-1] * column.width
    for canvas in levels[: int(whole)]:
        canvas.put(column.start, full, paint)
    if rest:
        top = glyphs.levels[round(rest * (len(glyphs.levels) - 1))] * column.width
        levels[int(whole)].put(column.start, top, paint)


def _draw_whiskers(levels: list[Canvas], frame: Frame, index: int, glyphs: Glyphs) -> None:
    """What layers that share the column span, over it, and the band of seeds beside it."""
    column, bar = frame.columns[index], frame.bars[index]
    if max(bar.most - bar.height, bar.height - bar.least) >= APART:
        whisker = whisker_of((bar.least, bar.height, bar.most), frame.rows)
        for level, glyph in whisker.glyphs(glyphs.whisker) if whisker else ():
            # a bar's top goes before
            if not level < bar.height < level + 1:
                paint = _over(frame, index, level < bar.height, bar.colour, glyphs)
                levels[level].put(column.centre, glyph, paint)
    band = _at(frame.overlays.whiskers, index)
    if band is not None and bar.colour is not None and column.stop < frame.cells:
        for level, glyph in band.glyphs(glyphs.whisker):
            levels[level].put(column.stop, glyph, Paint(BAND))


def _draw_strokes(levels: list[Canvas], frame: Frame, index: int, glyphs: Glyphs) -> None:
    """The band's edges, the pinned run's bar and theory's line, where they differ from the bar."""
    column, bar, overlays = frame.columns[index], frame.bars[index], frame.overlays
    for heights, strokes, colour in (
        *((edge, glyphs.strokes, BAND) for edge in overlays.edges),
        (overlays.ghost, glyphs.ghosts, GHOST),
        (overlays.line, glyphs.strokes, THEORY),
    ):
        height = _at(heights, index)
        if height is None or (bar.colour is None and colour != GHOST):
            continue
        stroke = stroke_of(height, bar.height, frame.rows)
        if stroke is not None:
            paint = _over(frame, index, stroke.level < bar.height, colour, glyphs)
            levels[stroke.level].put(column.start, strokes[stroke.third] * column.width, paint)


def _over(frame: Frame, index: int, on_bar: bool, colour: str | None, glyphs: Glyphs) -> Paint:
    """The paint of a mark over a bar that fills its cells, or in a colour of its own elsewhere."""
    if not on_bar or glyphs is ASCII:
        return Paint(colour)
    return Paint(MARK_ON_BAR, frame.bars[index].colour, index == frame.cursor)


def _at(values: Sequence[T], index: int) -> T | None:
    return values[index] if index < len(values) else None


def _draw_names(levels: list[Canvas], frame: Frame, glyphs: Glyphs) -> None:
    """Zeros on the ground, inf at the top, nan in the middle: once for columns side by side."""
    apart = gap_of(frame.columns) > 0

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
            first = max(home, len(name) - 1)
            for canvas, letter in zip(levels[first::-1], name, strict=False):
                canvas.put(start, letter, Paint(INK))
            continue
        is_wide = stop - start > len(name) + 2
        text = f" {name} " if is_wide else name
        levels[home].put(start, (glyphs.horizontal if is_wide else " ") * (stop - start), LINE)
        levels[home].put(start + (stop - start - len(text) + 1) // 2, text, Paint(INK))


def _draw_rule(canvas: Canvas, texts: tuple[str, ...], gap: int, glyphs: Glyphs) -> None:
    """Dots where nothing else is, except for mere gaps, and a text where it fits first."""
    row = "".join(canvas.texts)
    blanks = [run.span() for run in re.finditer(" +", row) if run.end() - run.start() > gap]
    for text in map(glyphs.spell, texts):
        homes = [start for start, stop in blanks if stop - start >= len(text) + 4]
        if homes or not text:
            for start, stop in blanks:
                canvas.put(start, glyphs.guide * (stop - start), LINE)
            if text:
                canvas.put(homes[0] + 1, f" {text} ", LINE)
            return
