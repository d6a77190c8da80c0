"""The looks as Textual themes, and the look that goes with each of Textual's own."""

import re
from collections.abc import Mapping
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from tui.style.looks import (
    BOOST,
    CURSOR_ROW,
    GROUND,
    INK,
    KEY,
    LOOKS,
    PANEL,
    QUIET,
    SCROLLBAR,
    SCROLLBAR_ACTIVE,
    SIXTEEN_LOOKS,
    SURFACE,
    Look,
    on_ground,
)
from tui.style.palette import Palette
from tui.style.themes import THEMES

NO_COLOUR_THEME = "ansi-dark"
"""The theme that leaves the terminal its own two colours."""


def _theme(look: Look) -> Theme:
    colours = look.colours
    return Theme(
        name=look.name,
        primary=colours[KEY],
        foreground=colours[INK],
        background=colours[GROUND],
        surface=colours[SURFACE],
        panel=colours[PANEL],
        boost=colours[BOOST],
        dark=look.dark,
        # by default these are blends, too pale for the least contrast on some grounds
        variables={
            "text": colours[INK],
            "text-muted": colours[QUIET],
            "block-cursor-foreground": colours[GROUND],
            "block-cursor-background": colours[KEY],
            "block-cursor-blurred-background": colours[CURSOR_ROW],
            "scrollbar": colours[SCROLLBAR],
            "scrollbar-hover": colours[SCROLLBAR],
            "scrollbar-active": colours[SCROLLBAR_ACTIVE],
            "scrollbar-background": colours[PANEL],
            "scrollbar-background-hover": colours[PANEL],
            "scrollbar-background-active": colours[PANEL],
        },
    )


def own_themes(looks: Mapping[str, Look] = LOOKS) -> dict[str, Theme]:
    """The themes of our own."""
    return {look.name: _theme(look) for look in looks.values()}


def worn(name: str, looks: Mapping[str, Look], coloured: bool) -> str:
    """The theme that stands for another where there is no colour, or sixteen in looks of ours."""
    if not coloured:
        return NO_COLOUR_THEME
    if name in looks or looks is not SIXTEEN_LOOKS:
        return name
    alike: str = next(look.name for look in looks.values() if look.dark == THEMES[name])
    return alike


def look_of(name: str, looks: Mapping[str, Look] = LOOKS) -> Look:
    """Our look for a theme: its own, or the dark or light one fitted to its ground."""
    if name in looks:
        return looks[name]
    theme = BUILTIN_THEMES[name]
    look = next(look for look in looks.values() if look.dark == theme.dark)
    colours = theme.to_color_system().generate()
    ground, surface = colours["background"], colours["surface"]
    # the ansi themes name the terminal's colours, which nobody knows here
    if not all(re.match("#[0-9a-fA-F]{6}", colour) for colour in (ground, surface)):
        return replace(look, colours={**look.colours, GROUND: "default"})
    return on_ground(look, ground[:7], surface[:7])


def palette_of(name: str, looks: Mapping[str, Look], coloured: bool) -> Palette:
    """The palette for a theme, or for the one that stands for it."""
    return Palette(look_of(worn(name, looks, coloured), looks), coloured)
