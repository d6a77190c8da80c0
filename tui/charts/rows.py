"""A column chart on a canvas: bars, what lies over them and what stands behind."""

import re
from itertools import groupby

import numpy as np
from rich.cells import cell_len

from tui.charts.bars import Frame
from tui.charts.canvas import BLANK, Canvas, letters
from tui.charts.columns import cells_of, gap_of
from tui.charts.overlays import stroke_of, whisker_of
from tui.charts.paint import Paint
from tui.style.glyphs import ASCII, Glyphs
from tui.style.looks import BAND, FAINT, GHOST, INK, MARK_ON_BAR, THEORY

Chart = Canvas[Paint]

LINE = Paint(FAINT)

APART = 0.5
"""Layers that share a column and are nearer to its median, in rows, are not told apart."""


def draw_frame(canvas: Chart, frame: Frame, glyphs: Glyphs) -> None:
    """A frame on a canvas of its size."""
    _draw_bars(canvas, frame, glyphs)
    _draw_whiskers(canvas, frame, glyphs)
    _draw_strokes(canvas, frame, glyphs)
    _draw_names(canvas, frame, glyphs)
    for rule in frame.rules:
        _draw_rule(canvas, frame.rows - 1 - rule.level, rule.texts, gap_of(frame.columns), glyphs)


def _draw_bars(canvas: Chart, frame: Frame, glyphs: Glyphs) -> None:
    steps = len(glyphs.levels) - 1
    heights = np.rint(np.array([bar.height for bar in frame.bars]) * steps).astype(int)
    colours = [bar.colour for bar in frame.bars]
    number = {colour: canvas.paints.number(Paint(colour)) for colour in {*colours}}
    numbers = [number[colour] for colour in colours]
    if frame.cursor is not None:
        numbers[frame.cursor] = canvas.paints.number(Paint(colours[frame.cursor], lit=True))
    # a row a level, and of each cell in it the column that it belongs to
    below = steps * np.arange(frame.rows - 1, -1, -1)[:, np.newaxis]
    filled = np.clip(heights - below, 0, steps)
    cells, owners = cells_of(frame.columns)
    canvas.characters[:, cells] = letters(glyphs.levels)[filled][:, owners]
    canvas.numbers[:, cells] = np.where(filled, numbers, BLANK)[:, owners]


def _draw_whiskers(canvas: Chart, frame: Frame, glyphs: Glyphs) -> None:
    """What layers that share a column span, over it, and the band of seeds beside each."""
    top = frame.rows - 1
    for index, (height, least, most, colour, _) in enumerate(frame.bars):
        if max(most - height, height - least) < APART:
            continue
        whisker = whisker_of((least, height, most), frame.rows)
        for level, glyph in whisker.glyphs(glyphs.whisker) if whisker else ():
            # a bar's top goes before
            if not level < height < level + 1:
                paint = _over(frame, index, level < height, colour, glyphs)
                canvas.put(top - level, frame.columns[index].centre, glyph, paint)
    for column, bar, band in zip(frame.columns, frame.bars, frame.overlays.whiskers, strict=False):
        if band is None or bar.name or bar.colour is None or column.stop >= frame.cells:
            continue
        for level, glyph in band.glyphs(glyphs.whisker):
            canvas.put(top - level, column.stop, glyph, Paint(BAND))


def _draw_strokes(canvas: Chart, frame: Frame, glyphs: Glyphs) -> None:
    """The band's edges, the pinned run's bar and theory's line, where they differ from the bar."""
    overlays = frame.overlays
    for heights, strokes, colour in (
        *((edge, glyphs.strokes, BAND) for edge in overlays.edges),
        (overlays.ghost, glyphs.ghosts, GHOST),
        (overlays.line, glyphs.strokes, THEORY),
    ):
        for index, height in enumerate(heights):
            bar = frame.bars[index]
            if height is None or (bar.colour is None and colour != GHOST):
                continue
            stroke = stroke_of(height, bar.height, frame.rows)
            if stroke is not None:
                column = frame.columns[index]
                paint = _over(frame, index, stroke.level < bar.height, colour, glyphs)
                row, text = frame.rows - 1 - stroke.level, strokes[stroke.third] * column.width
                canvas.put(row, column.start, text, paint)


def _over(frame: Frame, index: int, on_bar: bool, colour: str | None, glyphs: Glyphs) -> Paint:
    """The paint of a mark over a bar that fills its cells, or in a colour of its own elsewhere."""
    if not on_bar or glyphs is ASCII:
        return Paint(colour)
    return Paint(MARK_ON_BAR, frame.bars[index].colour, index == frame.cursor)


def _draw_names(canvas: Chart, frame: Frame, glyphs: Glyphs) -> None:
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
        bottom = frame.rows - 1
        home = {"0": bottom, "inf": 0, "nan": bottom - frame.rows // 2}[name]
        if stop - start < len(name):
            # upright, read downwards
            first = min(home, frame.rows - len(name))
            for row, letter in zip(range(max(first, 0), frame.rows), name, strict=False):
                canvas.put(row, start, letter, Paint(INK))
            continue
        is_wide = stop - start > len(name) + 2
        text = f" {name} " if is_wide else name
        canvas.put(home, start, (glyphs.horizontal if is_wide else " ") * (stop - start), LINE)
        canvas.put(home, start + (stop - start - len(text) + 1) // 2, text, Paint(INK))


def _draw_rule(canvas: Chart, row: int, texts: tuple[str, ...], gap: int, glyphs: Glyphs) -> None:
    """Dots where nothing else is, except for mere gaps, and a text where it fits first."""
    runs = re.finditer(" +", canvas.text(row))
    blanks = [run.span() for run in runs if run.end() - run.start() > gap]
    for text in map(glyphs.spell, texts):
        homes = [start for start, stop in blanks if stop - start >= cell_len(text) + 4]
        if homes or not text:
            for start, stop in blanks:
                canvas.put(row, start, glyphs.guide * (stop - start), LINE)
            if text:
                canvas.write(row, homes[0] + 1, f" {text} ", LINE)
            return
