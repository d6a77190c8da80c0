"""Colours as terminals have them."""

from itertools import pairwise

import pytest
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from tui.style.looks import LOOKS, SIXTEEN_LOOKS
from tui.style.palette import Palette
from tui.terminal.colours import nearest, parameters
from tui.terminal.pen import restyled, rewritten

SYSTEMS = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("name", LOOKS)
def test_a_colour_of_a_look_is_sent_by_its_number(name: str, system: ColorSystem) -> None:
    """As it is, in truecolor too: every one is among the 240 that nobody's theme changes."""
    look = LOOKS[name]
    for colour in (*look.colours.values(), *(colour for _, colour in look.stops)):
        written = parameters(Style(color=colour), system)
        assert written.startswith("38;5;"), colour
        shown = Color.from_ansi(int(written[5:])).get_truecolor()
        assert Color.parse(colour).triplet == shown


@pytest.mark.parametrize(
    ("system", "ground"), [(SYSTEMS[0], "48;2;1;2;3"), (SYSTEMS[1], "48;5;16")]
)
def test_another_colour_is_itself_or_the_nearest(system: ColorSystem, ground: str) -> None:
    """As far as the terminal has it; what else a style says stays."""
    style = Style(color="#ffffff", bgcolor="#010203", bold=True)
    assert parameters(style, system) == f"1;38;5;231;{ground}"
    assert parameters(Style(color="default", bgcolor="default", reverse=True), system) == "7"


def test_the_nearest_is_the_nearest() -> None:
    """Of all 240, by distance in RGB."""
    every = [Color.from_ansi(number).get_truecolor() for number in range(16, 256)]
    for red, green, blue in ((228, 228, 228), (215, 220, 210), (18, 18, 30), (255, 0, 120)):
        wanted = ColorTriplet(red, green, blue)
        found = nearest(wanted)[1]

        def away(colour: ColorTriplet, wanted: ColorTriplet = wanted) -> int:
            return sum((a - b) ** 2 for a, b in zip(colour, wanted, strict=True))

        assert away(found) == min(map(away, every))


@pytest.mark.parametrize("name", SIXTEEN_LOOKS)
def test_sixteen_colours_are_sent_as_those(name: str) -> None:
    """The cursor's bar and a heated number's ground are of them, too."""
    palette = Palette(SIXTEEN_LOOKS[name])
    styles = [palette.heat(decades) for decades in (-12.0, -3.0, 0.0, 2.0, 9.0)]
    styles += [palette.style(palette.lit(palette.bar(decades))) for decades in (-9.0, 0.0, 9.0)]
    for style in styles:
        for part in parameters(style, ColorSystem.STANDARD).split(";"):
            assert int(part) in {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}
    lit = palette.lit(palette.bar(-9.0))
    assert lit != palette.bar(-9.0)


@pytest.mark.parametrize("name", LOOKS)
def test_the_scale_has_steps_in_256_colours(name: str) -> None:
    """Neighbours differ, and so does the bar under the cursor."""
    palette = Palette(LOOKS[name])

    def sent(colour: str) -> str:
        return parameters(palette.style(colour), ColorSystem.EIGHT_BIT)

    stops = [colour for _, colour in palette.look.stops]
    assert all(sent(one) != sent(other) for one, other in pairwise(stops))
    assert all(sent(colour) != sent(palette.lit(colour)) for colour in stops)


def test_an_old_pen_is_reset_for_each_style() -> None:
    """It cannot end one thing only."""
    assert rewritten("1;7", "7") == "\x1b[0;7m"
    assert restyled("1;7", "7") == "\x1b[22m"
    assert rewritten("1", "") == "\x1b[m"
    assert rewritten("1", "1") == ""
