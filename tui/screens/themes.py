"""The looks as Textual themes, and the look that goes with each of Textual's own."""

import re
from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

from tui.style.looks import (
    BOOST,
    GROUND,
    INK,
    KEY,
    LOOKS,
    PANEL,
    QUIET,
    SCROLLBAR,
    SCROLLBAR_ACTIVE,
    SURFACE,
    Look,
    on_ground,
)

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
            "scrollbar": colours[SCROLLBAR],
            "scrollbar-hover": colours[SCROLLBAR],
            "scrollbar-active": colours[SCROLLBAR_ACTIVE],
            "scrollbar-background": colours[PANEL],
            "scrollbar-background-hover": colours[PANEL],
            "scrollbar-background-active": colours[PANEL],
        },
    )


OWN_THEMES: dict[str, Theme] = {look.name: _theme(look) for look in LOOKS.values()}


def look_of(name: str) -> Look:
    """Our look for a theme: its own, or the dark or light one fitted to its ground."""
    if name in LOOKS:
        return LOOKS[name]
    theme = BUILTIN_THEMES[name]
    look = next(look for look in LOOKS.values() if look.dark == theme.dark)
    colours = theme.to_color_system().generate()
    ground, surface = colours["background"], colours["surface"]
    # the ansi themes name the terminal's colours, which nobody knows here
    if not all(re.match("#[0-9a-fA-F]{6}", colour) for colour in (ground, surface)):
        return replace(look, colours={**look.colours, GROUND: "default"})
    return on_ground(look, ground[:7], surface[:7])
