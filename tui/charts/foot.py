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

    # the one layer that there is stands at both ends
    numbered = {cursor}

    def number(layer: int) -> bool:
        """Write a layer's number; whether it is there, as the cursor's perhaps."""
        text, centre = str(layer), columns[column_of(layer, columns)].centre
        start = min(max(centre - (len(text) - 1) // 2, 0), cells - len(text))
        if put(text, start, QUIET):
            numbered.add(layer)
        return layer in numbered

    if cursor is not None:
        at, own = columns[column_of(cursor, columns)].centre, str(cursor)
        if at + len(own) < cells:
            put(glyphs.cursor + own, at, INK)
        else:
            put(own + glyphs.cursor, at - len(own), INK)
    depth = columns[-1].last
    # both ends are named before the layers between them, next to their own number or not at all:
    # farther away they would seem to name another layer
    first_name, last_name = f" {_(INPUT)} ", f" {_(OUTPUT)} "
    last, least = cells - 2, columns[-1].centre - len(str(depth)) - 2
    width = cell_len(last_name)
    ends = (
        (number(1), first_name, range(2, columns[0].centre + 4)),
        (number(depth), last_name, range(last - width, least - width, -1)),
    )
    for has_number, name, starts in ends:
        if has_number:
            any(put(name, start, FAINT) for start in starts)
    for layer in range(_step(depth), depth, _step(depth)):
        number(layer)
    for colour, run in groupby(range(cells), key=colours.__getitem__):
        yield "".join(line[cell] for cell in run), colour


def _step(depth: int) -> int:
    """Every which layer is numbered."""
    return next((s for s in (1, 5, 10, 20, 25, 50, 100, 200) if depth / s <= 10), 250)
