"""The legend: every sign and colour that is on the screen, with its words."""

import math
from collections.abc import Callable

from rich.style import Style
from textual.strip import Strip

from tui.charts.boundary import class_colours
from tui.charts.painter import Painter
from tui.charts.stack_cells import StackCells
from tui.state.animations import Phase
from tui.state.scene import Room, Scene
from tui.style.glyphs import kind_sign
from tui.style.looks import (
    BAND,
    CURVE,
    FAINT,
    FAMILY_COLOURS,
    FAMILY_DIMS,
    GHOST,
    HISTOGRAM,
    INK,
    KEY,
    QUIET,
    SATURATED,
    SIGNAL,
    SLOPE,
    THEORY,
)
from tui.views.view import View
from tui.words.layers import COLUMN_TITLES
from tui.words.legend import LEGEND

Styled = list[tuple[str, Style]]
Sample = Callable[[Painter], Styled]

SAMPLE_CELLS = 5
"""Of a sample, beside which the words begin; a wider one moves them."""

GAP = 2
"""Cells between two columns."""

SLOPES = "activation"
"""The family whose pieces stand for all."""

SWATCHES = (-12.0, -6.0, 0.0, 6.0)
"""Decades whose colours are shown."""


def _mark(glyph: Callable[[Painter], str], colour: str) -> Sample:
    return lambda painter: [(glyph(painter), painter.palette.style(colour, bold=True))]


def _word(text: str, colour: str) -> Sample:
    return _mark(lambda painter: text, colour)


def _factor(code: str) -> Sample:
    """A column's title, of a factor's in the colour that its sign has in sentences."""
    if code not in FAMILY_COLOURS:
        return _mark(lambda p: COLUMN_TITLES[code], INK)
    colour = FAMILY_COLOURS[code]
    return lambda p: [(COLUMN_TITLES[code], p.palette.style(p.palette.word(colour), bold=True))]


def _kind(kind: str) -> Sample:
    return lambda p: [(f" {kind_sign(p.glyphs, kind)} ", p.palette.kind(kind))]


def _swatches(painter: Painter) -> Styled:
    palette, block = painter.palette, painter.glyphs.levels[-1]
    return [(block, palette.style(palette.bar(decades))) for decades in SWATCHES]


def _regions(painter: Painter) -> Styled:
    """A class's sample beside its region, of two classes."""
    style, block = painter.palette.style, painter.glyphs.levels[-1]
    pairs = class_colours(painter.palette.look)[:2]
    return [(block, style(colour)) for pair in pairs for colour in pair]


def _block(painter: Painter) -> str:
    return painter.glyphs.levels[-1]


def _line(painter: Painter) -> str:
    return painter.glyphs.horizontal * 2


def _samples(painter: Painter) -> str:
    dots = painter.glyphs.samples
    return _line(painter) if dots.joined else dots.characters[-1] * 2


SAMPLES: dict[str, Sample] = {
    **{
        f"verdict_{kind}": _kind(kind)
        for kind in ("vanishing", "healthy", "exploding", "dead", "overflow", "unknown")
    },
    "broken": _mark(lambda p: p.glyphs.overflow, KEY),
    "paused": _mark(lambda p: p.glyphs.pause, KEY),
    "playing": _mark(lambda p: p.glyphs.play, KEY),
    "refit": _word("=", KEY),
    "cursor_bar": lambda p: [
        (_block(p), p.palette.style(p.palette.lit(p.palette.bar(decades))))
        for decades in (-9.0, 0.0)
    ],
    "one_layer": _kind("healthy"),
    **{f"colours_{of}": _swatches for of in ("last", "guide", "one")},
    "cursor": _mark(lambda p: p.glyphs.cursor, INK),
    "theory": _mark(lambda p: p.glyphs.strokes[1] * 2, THEORY),
    "band": _mark(lambda p: p.glyphs.whisker[-1], BAND),
    "spread": _mark(lambda p: p.glyphs.whisker[-1], INK),
    "pinned": _mark(lambda p: p.glyphs.ghost * 2, GHOST),
    "limit": _mark(lambda p: p.glyphs.guide * 3, FAINT),
    "guide": _mark(lambda p: p.glyphs.guide * 3, FAINT),
    "dead_layer": _mark(lambda p: p.glyphs.dead, SATURATED),
    "closed_layer": _mark(lambda p: p.glyphs.closed, QUIET),
    "zero": _word("0", INK),
    "not_finite": _word("inf", INK),
    "signal": _mark(_block, SIGNAL),
    "one": _word("×1", INK),
    "net": _mark(lambda p: p.glyphs.nets[1] * 2, INK),
    "unmultiplied": _mark(lambda p: StackCells(p).swatch(SLOPES), FAMILY_DIMS[SLOPES]),
    "bound": _mark(lambda p: p.glyphs.dashes[1] * 2, THEORY),
    "cut": _mark(lambda p: p.glyphs.cut, INK),
    "phi": _mark(_line, CURVE),
    "slope": _mark(_line, SLOPE),
    "fed": _mark(_block, HISTOGRAM),
    "flat": _mark(_block, SATURATED),
    "batch": _mark(_line, CURVE),
    "test": _mark(_samples, SLOPE),
    "moved": _mark(_block, HISTOGRAM),
    "still": _mark(_block, SATURATED),
    "region": _regions,
    "mistaken": _word("0", SATURATED),
    "read_out": _mark(_block, HISTOGRAM),
    "heat": lambda p: [(" 0 ", p.palette.heat(1.0))],
    **{code: _factor(code) for code in COLUMN_TITLES},
}
"""How each sign looks on the screen, by id."""


def line_marks(scene: Scene) -> tuple[str, ...]:
    """The signs of the line that judges the run."""
    if scene.wave.phase is not Phase.DONE:
        return ()
    is_one = scene.trace.depth == 1 and scene.verdict.kind == "healthy"
    judged = "one_layer" if is_one else f"verdict_{scene.verdict.kind}"
    if scene.log is not None:
        return ("broken", judged) if scene.log.broken else (judged,)
    if scene.training is None:
        return (judged,)
    return ("playing" if scene.training.playing else "paused"), judged


class Legend(View):
    """Lines of a sample and its words, in as many columns as the room needs."""

    told: tuple[str, ...] = ()
    """What is to be told; the screen says it before each drawing."""

    def draw(self, scene: Scene, room: Room) -> list[Strip]:
        """Column by column; an edge at the left where there is one column beside a view."""
        return self.made("strips", (), (self.told, room), lambda: self._drawn(room))

    def _drawn(self, room: Room) -> list[Strip]:
        lines = self.lines()
        rows = max(room.height, 1)
        # as many in each column
        high = math.ceil(len(lines) / max(math.ceil(len(lines) / rows), 1))
        columns = [lines[start : start + high] for start in range(0, len(lines), max(high, 1))]
        edge = Strip(self.painter.words((f" {self.painter.glyphs.vertical} ", FAINT)))
        widths = [max(line.cell_length for line in column) + GAP for column in columns]
        return [
            Strip.join(
                [
                    *([edge] if len(columns) == 1 else []),
                    *(
                        column[row].adjust_cell_length(width, self.painter.blank)
                        for column, width in zip(columns, widths, strict=True)
                        if row < len(column)
                    ),
                ]
            )
            for row in range(rows)
        ]

    def lines(self) -> list[Strip]:
        """A line for each sign."""
        painter, lines = self.painter, []
        for sign in self.told:
            sample = painter.text(*SAMPLES[sign](painter))
            fill = " " * max(SAMPLE_CELLS - sample.cell_length, 0)
            words = painter.text((f"{fill} {LEGEND[sign]}", painter.quiet))
            lines.append(Strip.join([sample, words]))
        return lines


VIEW = Legend
