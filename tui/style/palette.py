"""Styles made from a look: of words, and of bars by their distance from the last layer's."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from rich.color import Color
from rich.style import Style

from tui.style.looks import (
    DEFAULT_LOOK,
    GROUND,
    INK,
    MARK_ON_BAR,
    SATURATED,
    Look,
    Stops,
    contrast,
    mixed,
)

HOTTEST = 6.0
"""Decades at which a digit's ground is as hot as it gets."""

HEAT_SHARE = 0.85
"""How far the hottest ground is mixed with its colour."""

INK_SHARE = 0.5
"""How far a bar under the cursor and a word are mixed with the ink."""

CURSOR_CONTRAST = 1.6
"""Of a colour and the ink, below which no mixture of them differs from it."""


@lru_cache(maxsize=1024)
def decade_colour(stops: Stops, decades: float) -> str:
    """The colour of a gradient that is so many decades above the last layer's."""
    index = bisect_right([stop for stop, _ in stops], decades)
    if index == 0 or index == len(stops):
        return stops[max(index - 1, 0)][1]
    (low, start), (high, end) = stops[index - 1], stops[index]
    return mixed(start, end, (decades - low) / (high - low))


@lru_cache(maxsize=4096)
def _style(colour: str | None, ground: str, bold: bool) -> Style:
    """One object for each style: what a style looks like on the terminal is worked out once."""
    return Style(
        color=Color.parse(colour) if colour else None,
        bgcolor=Color.parse(ground),
        bold=bold or None,
    )


@dataclass(frozen=True)
class Palette:
    """The styles of one look; without colour, words and glyphs alone tell."""

    look: Look = DEFAULT_LOOK
    coloured: bool = True

    def colour(self, name: str) -> str:
        """The look's colour of that name; a colour #rrggbb is itself."""
        return self.look.colours.get(name, name)

    def style(
        self, colour: str | None = None, ground: str | None = None, bold: bool = False
    ) -> Style:
        """A style in those colours, by name or as #rrggbb, on the look's ground if on no other."""
        if not self.coloured:
            return Style(bold=bold or None, reverse=ground is not None or None)
        if colour == MARK_ON_BAR:
            colour = self.mark_on(ground or GROUND)
        return _style(self.colour(colour) if colour else None, self.colour(ground or GROUND), bold)

    def mark_on(self, ground: str) -> str:
        """Black or white, whichever stands out from that colour."""
        under = self.ground if ground == GROUND else self.colour(ground)
        return max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, under))

    def kind(self, kind: str) -> Style:
        """The chip of a verdict."""
        ink, ground = self.look.kinds[kind]
        return self.style(ink, ground, bold=True)

    def bar(self, decades: float) -> str:
        """The colour of a bar that is so many decades above the last layer's: the nearest stop's.

        Few colours make few changes of style in a row.
        """
        return min(self.look.stops, key=lambda stop: abs(stop[0] - decades))[1]

    def heat(self, decades: float) -> Style:
        """Digits on a ground that grows from the look's own into the bars' colours."""
        return self._heated(self.bar(decades), abs(decades) / HOTTEST)

    def share(self, share: float) -> Style:
        """Digits on a ground that grows with a share that should be small."""
        return self._heated(self.colour(SATURATED), share)

    def _heated(self, colour: str, share: float) -> Style:
        if not self.coloured or not share > 0:
            return self.style(INK)
        share = min(share, 1) * HEAT_SHARE
        return self.style(MARK_ON_BAR, self.look.mixed(self.ground, colour, share))

    def lit(self, colour: str) -> str:
        """A colour mixed with the ink, for what is under the cursor; with the ground if near it."""
        colour, ink = self.colour(colour), self.colour(INK)
        is_near = not self.look.few and contrast(colour, ink) < CURSOR_CONTRAST
        return self.look.mixed(colour, self.ground if is_near else ink, INK_SHARE)

    def word(self, colour: str) -> str:
        """A colour mixed with the ink, for a word or sign that a piece of that colour goes by."""
        return self.look.mixed(self.colour(colour), self.colour(INK), INK_SHARE)

    @property
    def ground(self) -> str:
        """The look's ground as #rrggbb, by guess where it is the terminal's own."""
        colour = self.colour(GROUND)
        if colour.startswith("#"):
            return colour
        return "#000000" if self.look.dark else "#ffffff"
