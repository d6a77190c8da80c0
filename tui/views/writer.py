"""Lines of styled text in one palette and one set of glyphs."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

from tui.style.glyphs import Glyphs
from tui.style.palette import Palette

Part = tuple[str, str] | tuple[str, str, bool]
"""A text, its colour, and whether it is bold."""


@dataclass(frozen=True)
class Writer:
    """Makes the lines of text around the view."""

    palette: Palette
    glyphs: Glyphs

    def line(self, *parts: Part) -> Text:
        """A line of coloured parts."""
        text = empty_line()
        for part in parts:
            words, colour, bold = (*part, False)[:3]
            text.append(self.glyphs.spell(words), self.palette.style(colour, bold=bool(bold)))
        return text

    def length(self, text: str) -> int:
        """How many cells a text takes."""
        return len(self.glyphs.spell(text))


def empty_line() -> Text:
    """A line to append to, cut off where there is no room."""
    return Text(no_wrap=True, overflow="ellipsis", end="")


def chip(text: str, style: Style) -> Text:
    """A line that begins with a word on its own ground."""
    return empty_line().append(f" {text} ", style)
