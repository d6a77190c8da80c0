"""Canvases, their strips, and values that are made once."""

from itertools import pairwise, product

from tui.charts.canvas import Canvas, Strips
from tui.charts.made import Made
from tui.charts.paint import Paint
from tui.charts.painter import Painter
from tui.style.glyphs import BLOCKS
from tui.style.looks import INK, KEY
from tui.style.palette import Palette

RED, GREEN, ON_RED = Paint("#ff0000"), Paint("#00ff00"), Paint(INK, "#ff0000")


def canvas(painter: Painter, *rows: str) -> Canvas[Paint]:
    """Letters r, g, R in their paints, the last one on a ground of its own."""
    made = Canvas(len(rows), len(rows[0]), painter.paints)
    for row, text in enumerate(rows):
        for cell, letter in enumerate(text):
            if letter != " ":
                made.put(row, cell, letter, {"r": RED, "g": GREEN, "R": ON_RED}[letter])
    return made


def test_blanks_join_a_neighbour_on_the_ground_and_no_other() -> None:
    """Any row of four cells: characters stay, and each has its paint or shows no other ground."""
    painter = Painter(Palette(), BLOCKS)
    for letters in product(" rgR", repeat=4):
        text = "".join(letters)
        runs = canvas(painter, text).runs(0)
        assert "".join(run for run, _ in runs) == text
        assert all(before[1] != after[1] for before, after in pairwise(runs))
        for run, paint in runs:
            for letter in run:
                assert paint.ground is None if letter == " " else letter in "rgR"
                if letter != " ":
                    assert paint == {"r": RED, "g": GREEN, "R": ON_RED}[letter]
    assert canvas(painter, " r  g").runs(0) == [(" r  ", RED), ("g", GREEN)]
    assert canvas(painter, "R  ").runs(0) == [("R", ON_RED), ("  ", Paint())]


def test_a_row_that_stays_is_the_same_strip() -> None:
    """And a canvas that stays the same list; another size is all new."""
    painter, strips = Painter(Palette(), BLOCKS), Strips[Paint]()
    first = strips.of(canvas(painter, "rr", "g "))
    assert strips.of(canvas(painter, "rr", "g ")) is first
    second = strips.of(canvas(painter, "rr", "gR"))
    assert second[0] is first[0]
    assert [strip.text for strip in second] == ["rr", "gR"]
    recoloured = canvas(painter, "rr", "gR")
    recoloured.put(0, 0, "r", GREEN)
    third = strips.of(recoloured)
    assert third[0] != second[0]
    assert third[1] is second[1]
    assert [strip.cell_length for strip in strips.of(canvas(painter, "rrr"))] == [3]


def test_a_part_and_what_is_laid_over_it_are_the_canvas_own() -> None:
    """Cells, and several rows at once."""
    painter = Painter(Palette(), BLOCKS)
    whole = canvas(painter, "rrrr", "rrrr")
    whole.part(slice(None), slice(2, None)).put(slice(None), 0, "gg", GREEN)
    whole.lay(1, 0, canvas(painter, "RR"))
    assert [whole.text(row) for row in (0, 1)] == ["rrgg", "RRgg"]
    assert whole.runs(1) == [("RR", ON_RED), ("gg", GREEN)]


def test_a_paint_is_lit_bold_and_turned_round() -> None:
    """As its style says."""
    paints = Painter(Palette(), BLOCKS).paints
    plain, lit, bold, turned = (
        paints.styles[paints.number(paint)]
        for paint in (
            RED,
            Paint(RED.ink, lit=True),
            Paint(KEY, bold=True),
            Paint(KEY, reverse=True),
        )
    )
    assert plain.color != lit.color
    assert bold.bold
    assert turned.reverse


def test_what_is_made_is_made_again_from_other_sources_only() -> None:
    """The same one, not an equal one; settings by their value."""
    made, count = Made(), iter(range(9))
    source, other = [1], [1]
    first = made("a", (source,), (1, 2), lambda: next(count))
    assert made("a", (source,), (1, 2), lambda: next(count)) == first
    assert made("a", (other,), (1, 2), lambda: next(count)) == 1
    assert made("a", (other,), (1, 3), lambda: next(count)) == 2
    assert made("b", (other,), (1, 3), lambda: next(count)) == 3
