"""A frame of bars drawn on a canvas, and read back."""

from tui.charts.bars import Frame
from tui.charts.canvas import Canvas
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.charts.rows import draw_frame
from tui.style.glyphs import BLOCKS, Glyphs
from tui.style.palette import Palette


def runs_of(frame: Frame, glyphs: Glyphs = BLOCKS) -> list[list[tuple[str, Paint]]]:
    """Its rows as runs of text in one paint each, the top one first."""
    painter = Painter(Palette(), glyphs)
    canvas = Canvas(frame.rows, frame.cells, painter.paints)
    draw_frame(canvas, frame, glyphs)
    return [canvas.runs(row) for row in range(frame.rows)]
