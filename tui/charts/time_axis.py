"""Where in a log one is, as a line of cells: verdicts by colour, and what is broken."""

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from tui.charts.painter import Painter, empty_line
from tui.style.glyphs import kind_sign
from tui.style.looks import FAINT, INK, KEY, QUIET


def time_axis(
    painter: Painter,
    cells: int,
    place: tuple[int, int],
    kinds: Sequence[tuple[int, str]],
    broken: Sequence[float],
) -> Text:
    """A line of so many cells for a position of a length; `kinds` by position, each to the next.

    What has gone by is drawn heavier. Where a verdict begins its sign stands, and a broken place
    has one of its own.
    """
    glyphs, look = painter.glyphs, painter.palette.look
    position, length = place
    line, colours = [glyphs.ghost] * cells, [QUIET] * cells
    at = min(position * cells // max(length, 1), cells - 1)
    if length > 1:
        at = round(position * (cells - 1) / (length - 1))
    starts = [(min(start * cells // max(length, 1), cells - 1), kind) for start, kind in kinds]
    for start, kind in starts:
        # the next one goes over it
        colours[start:] = [look.kinds[kind][1]] * (cells - start)
    line[at + 1 :] = [glyphs.horizontal] * (cells - at - 1)
    if not kinds:
        colours[at + 1 :] = [FAINT] * (cells - at - 1)
    for start, kind in starts:
        line[start] = kind_sign(glyphs, kind)
    for share in broken:
        cell = min(int(share * cells), cells - 1)
        line[cell], colours[cell] = glyphs.overflow, KEY
    line[at], colours[at] = glyphs.levels[-1], INK
    text = empty_line()
    for colour, run in groupby(range(cells), key=colours.__getitem__):
        characters = "".join(line[cell] for cell in run)
        text.append(glyphs.spell(characters), painter.palette.style(colour))
    return text
