"""The heat map of layers over steps."""

import numpy as np

from tui.charts.heat_map import RAMP, heat_strips, shared
from tui.charts.painter import Painter
from tui.state.scene import Heat
from tui.style.glyphs import ASCII, BLOCKS
from tui.style.looks import SIXTEEN_LOOKS
from tui.style.palette import Palette, decade_colour
from tui.words.training import CHARACTER_TITLES


def test_layers_share_the_rows_of_the_heat_from_the_output_down() -> None:
    """The last layer on top, the first at the bottom, medians where several share one."""
    decades = np.arange(6, dtype=np.float32)[None, :]
    assert shared(decades, 6)[0].tolist() == [5, 4, 3, 2, 1, 0]
    assert shared(decades, 3)[0].tolist() == [4.5, 2.5, 0.5]
    assert shared(decades, 12)[0, [0, 1, 10, 11]].tolist() == [5, 5, 0, 0]


def test_few_colours_have_characters_besides() -> None:
    """In the bars' colours where there are some; the title lists them from low to high."""
    decades = np.array([[1.0, -9.0, np.nan], [0.0, -9.0, -np.inf]], np.float32)
    heat = Heat(1, decades)
    few, none = Palette(SIXTEEN_LOOKS["chainrule-dark"]), Palette(coloured=False)
    for palette, glyphs in ((few, BLOCKS), (Palette(), ASCII), (none, BLOCKS)):
        rows = heat_strips(Painter(palette, glyphs), heat, 2, 3)
        assert [row.text[-2:] for row in rows] == ["! ", "..", "@#"]
        styles = [[segment.style for segment in row][1:] for row in rows]
        bars = [palette.style(palette.bar(value)) for value in (1.0, 0.0)]
        assert [s for s in styles[2] if s in bars]
    title = CHARACTER_TITLES[0].split(", ")[1]
    assert title.startswith(" ".join(character for _, character in reversed(RAMP)))


def test_pixels_without_a_number_or_a_gradient_have_colours_of_their_own() -> None:
    """Each has the one that it has alone, whatever stands beside it."""
    painter, numbers = Painter(Palette(), BLOCKS), (np.nan, -np.inf, 0.0, -3.1)
    together = heat_strips(painter, Heat(1, np.array([numbers] * 2, np.float32)), 2, 2)
    shown = [(row._segments[2].style, row._segments[2].text) for row in together]
    look = painter.palette.look
    top, bottom = (decade_colour(look.stops, decades) for decades in (-3.0, 0.0))
    last = painter.palette.style(painter.palette.ground, look.kinds["overflow"][1])
    assert shown == [(painter.palette.style(top, bottom), "▀▀"), (last, "▀▀")]
