"""The line under the columns: the numbers of layers, which end is which, and the cursor."""

from collections.abc import Iterator
from itertools import groupby

from rich.cells import cell_len

from tui.charts.canvas import Canvas
from tui.charts.columns import Column, column_of
from tui.charts.paint import Paint
from tui.charts.painter import BAR_MARGIN, Painter
from tui.style.cells import in_cells
from tui.style.glyphs import Glyphs
from tui.style.looks import FAINT, INK, QUIET
from tui.words.language import _
from tui.words.layers import INPUT, OUTPUT

NEAR = 4
"""The name of an end begins within this part of the line from there: a quarter."""


def draw_foot(
    canvas: Canvas[Paint],
    row: int,
    columns: tuple[Column, ...],
    cursor: int | None,
    painter: Painter,
) -> None:
    """The line in that row, with the cursor's layer lit and the corner of the axis."""
    settings = canvas.cells, cursor
    made = painter.made("foot", (columns,), settings, lambda: _foot(columns, *settings, painter))
    canvas.lay(row, 0, made)


def _foot(
    columns: tuple[Column, ...], cells: int, cursor: int | None, painter: Painter
) -> Canvas[Paint]:
    foot, glyphs, at = Canvas(1, cells, painter.paints), painter.glyphs, BAR_MARGIN
    foot.put(0, 0, " " * (BAR_MARGIN - 1) + glyphs.corner, Paint(FAINT))
    for text, colour in foot_runs(columns, cells - at, cursor, glyphs):
        foot.put(0, at, glyphs.spell(text), Paint(colour, bold=colour == INK))
        at += len(text)
    return foot


def foot_runs(
    columns: tuple[Column, ...], cells: int, cursor: int | None, glyphs: Glyphs
) -> Iterator[tuple[str, str]]:
    """Runs of text with the names of their colours; without a cursor no layer is marked."""
    line, colours = [glyphs.base] * cells, [FAINT] * cells

    def put(text: str, start: int, colour: str) -> bool:
        """Write a text where it fits and touches no other."""
        filling = in_cells(text)
        stop = start + len(filling)
        around = line[max(start - 1, 0) : stop + 1]
        free = start >= 0 and stop <= cells and set(around) == {glyphs.base}
        if free:
            line[start:stop] = filling
            colours[start:stop] = [colour] * len(filling)
        return free

    def number(layer: int) -> None:
        text, centre = str(layer), columns[column_of(layer, columns)].centre
        put(text, min(max(centre - (len(text) - 1) // 2, 0), cells - len(text)), QUIET)

    if cursor is not None:
        at, name = columns[column_of(cursor, columns)].centre, str(cursor)
        if at + len(name) < cells:
            put(glyphs.cursor + name, at, INK)
        else:
            put(name + glyphs.cursor, at - len(name), INK)
    depth = columns[-1].last
    number(1)
    number(depth)
    # both ends are named before the layers between them, each as near as the numbers let it, and
    # not where it would seem to name another layer
    first_name, last_name = f" {_(INPUT)} ", f" {_(OUTPUT)} "
    near, last = cells // NEAR, cells - 2 - cell_len(last_name)
    any(put(first_name, start, FAINT) for start in range(2, near))
    any(put(last_name, start, FAINT) for start in range(last, last - near, -1))
    for layer in range(_step(depth), depth, _step(depth)):
        number(layer)
    for colour, run in groupby(range(cells), key=colours.__getitem__):
        yield "".join(line[cell] for cell in run), colour


def _step(depth: int) -> int:
    """Every which layer is numbered."""
    return next((s for s in (1, 5, 10, 20, 25, 50, 100, 200) if depth / s <= 10), 250)
