"""Colours: of the gradient's distance from the last layer, in decades, and of words.

Stops are taken from the 256-colour cube, because terminals over SSH rarely have more.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color
from rich.style import Style

# decades relative to the last hidden layer, and the colour there; dims as it vanishes
_STOPS: tuple[tuple[float, tuple[int, int, int]], ...] = (
    (-15.0, (95, 0, 135)),
    (-11.5, (95, 0, 175)),
    (-8.5, (95, 0, 215)),
    (-6.0, (95, 95, 215)),
    (-4.0, (0, 135, 215)),
    (-2.0, (0, 175, 175)),
    (0.0, (0, 215, 135)),
    (1.0, (135, 215, 0)),
    (2.0, (215, 175, 0)),
    (4.0, (255, 135, 0)),
    (7.0, (255, 95, 0)),
    (10.0, (215, 0, 0)),
)

INK = "#e4e4e4"
QUIET = "#949494"
FAINT = "#585858"
KEY = "#5fd7d7"
TAB = "#303030"
GROUND = "#121212"
FORWARD_BAR = "#585858"
FORWARD_CURSOR = "#bcbcbc"
THEORY = "#d7af5f"
GHOST = "#d0d0d0"
BAND = "#767676"
MARK_ON_BAR = "#000000"
"""Marks drawn over a bar: dark on every colour that a bar can have."""
FAMILY_COLOURS: dict[str, str] = {
    "scale": "#875f00",
    "activation": "#0087d7",
    "norm": "#d787af",
    "skip": "#5fd7af",
    "weight": "#ffd75f",
}
"""Each family of factors, from dark to light, so that they differ without hues too."""
CURVE = "#e4e4e4"
SLOPE = FAMILY_COLOURS["activation"]
HISTOGRAM = "#5fafaf"
SATURATED = "#d75f5f"
"""Where phi is flat: little of the gradient gets through."""
DIM = 0.55
"""How far what is not meant now is mixed with the ground."""
CURSOR_LIGHT = 0.6
"""How far the cursor's bar is mixed with white."""

KIND_COLOURS: dict[str, tuple[str, str]] = {
    "healthy": ("#000000", "#00d787"),
    "vanishing": ("#ffffff", "#5f5faf"),
    "exploding": ("#000000", "#ff8700"),
    "dead": ("#ffffff", "#585858"),
    "overflow": ("#ffffff", "#d70000"),
}
"""Ink and ground of each verdict's word."""


@lru_cache(maxsize=1024)
def decade_colour(decades: float) -> str:
    """The colour of a gradient that is so many decades above the last layer's."""
    at = [stop for stop, _ in _STOPS]
    index = bisect_right(at, decades)
    if index == 0 or index == len(_STOPS):
        return _hexadecimal(_STOPS[max(index - 1, 0)][1])
    (low, start), (high, end) = _STOPS[index - 1], _STOPS[index]
    part = (decades - low) / (high - low)
    return _hexadecimal(a + (b - a) * part for a, b in zip(start, end, strict=True))


def lightened(colour: str) -> str:
    """A colour mixed with white, for the cursor's column."""
    return mixed(colour, "#ffffff", CURSOR_LIGHT)


def dimmed(colour: str) -> str:
    """A colour mixed with the ground."""
    return mixed(colour, GROUND, DIM)


def mixed(colour: str, other: str, part: float) -> str:
    """A colour with a part of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return _hexadecimal(a + (b - a) * part for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _hexadecimal(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)


@dataclass(frozen=True)
class Palette:
    """The styles of one look; without colour, words and glyphs alone tell."""

    coloured: bool

    def style(
        self, colour: str | None = None, ground: str | None = None, bold: bool = False
    ) -> Style:
        """A style in those colours, or without any."""
        if not self.coloured:
            return Style(bold=bold or None, reverse=ground is not None or None)
        return Style(
            color=Color.parse(colour) if colour else None,
            bgcolor=Color.parse(ground) if ground else None,
            bold=bold or None,
        )

    def kind(self, kind: str) -> Style:
        """The chip of a verdict."""
        ink, ground = KIND_COLOURS[kind]
        return self.style(ink, ground, bold=True)

    def row(self, decades: float) -> tuple[Style, Style]:
        """A row of the chart and the cursor's cell in it, by the distance from the last layer."""
        colour, lit = _row_colours(decades)
        return self.style(colour), self.style(lit, bold=not self.coloured)

    def over_row(self, mark: str, decades: float) -> tuple[Style, Style]:
        """A mark over a bar in that row, and over the cursor's bar."""
        colour, lit = _row_colours(decades)
        return self.style(mark, colour), self.style(mark, lit)


def _row_colours(decades: float) -> tuple[str, str]:
    # half decades are finer than the eye, and keep the styles few
    colour = decade_colour(round(decades * 2) / 2)
    return colour, lightened(colour)
