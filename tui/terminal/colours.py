"""A style as SGR parameters, in the colours that the terminal has.

Rich's own 256 colours are a step off the grey ramp, and take many a pale colour for a grey.
"""

from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.style import Style
from textual.strip import Strip

_STEPS = (0, 95, 135, 175, 215, 255)
_GREYS = tuple(range(8, 248, 10))
_FIRST_OF_CUBE, _FIRST_GREY = 16, 232


def parameters(style: Style, system: ColorSystem) -> str:
    """What follows a reset; a colour of the 256 is sent by its number, which is shortest."""
    colours = Style.from_color(_fitting(style.color, system), _fitting(style.bgcolor, system))
    return Strip.render_ansi(style.without_color + colours, system)


def _fitting(colour: Color | None, system: ColorSystem) -> Color | None:
    if colour is None or colour.is_default:
        # a reset's
        return None
    if colour.triplet is None or system < ColorSystem.EIGHT_BIT:
        return colour
    number, shown = nearest(colour.triplet)
    if system is ColorSystem.TRUECOLOR and shown != colour.triplet:
        return colour
    return Color(colour.name, ColorType.EIGHT_BIT, number=number)


def nearest(triplet: ColorTriplet) -> tuple[int, ColorTriplet]:
    """The number of the nearest of the cube and the greys, and what it looks like."""
    places = [min(range(6), key=lambda i: abs(_STEPS[i] - channel)) for channel in triplet]
    red, green, blue = places
    cube = ColorTriplet(*(_STEPS[place] for place in places))
    mean = sum(triplet) / 3
    place = min(range(len(_GREYS)), key=lambda i: abs(_GREYS[i] - mean))
    grey = ColorTriplet(*(_GREYS[place],) * 3)
    if _distance(grey, triplet) < _distance(cube, triplet):
        return _FIRST_GREY + place, grey
    return _FIRST_OF_CUBE + 36 * red + 6 * green + blue, cube


def _distance(one: ColorTriplet, other: ColorTriplet) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
