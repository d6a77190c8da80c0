"""Looks: readable, told apart without hue and by the colour-blind, in Textual's themes too."""

from itertools import groupby, pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from rich._palettes import STANDARD_PALETTE
from rich.color import Color, ColorSystem
from textual.theme import BUILTIN_THEMES

from tui.screens.themes import look_of, own_themes, worn
from tui.style.looks import (
    CURSOR_ROW,
    FAMILY_COLOURS,
    FAMILY_DIMS,
    GROUND,
    INK,
    LINES,
    LOOKS,
    QUIET,
    SIXTEEN_LOOKS,
    SURFACE,
    WORDS,
    Look,
    channels,
    contrast,
)
from tui.style.palette import Palette, decade_colour
from tui.style.themes import THEMES

# Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB
VISIONS: dict[str, NDArray[np.float64]] = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}

EVERY = {**LOOKS, **{f"{name}-16": look for name, look in SIXTEEN_LOOKS.items()}}
"""The looks, and those of sixteen colours."""

ZONES = {
    "vanishing": (-15, -12, -10, -8, -6, -5),
    "healthy": (-1, -0.5, 0, 0.5, 1),
    "exploding": (4, 5, 6, 8, 10, 15),
}
"""Decades relative to the last layer."""

APART = 5.0
"""Least difference in lightness L* between zones; about 1 is just noticeable side by side."""

LEAST_CONTRAST = {**dict.fromkeys(EVERY, 3.0), "chainrule-light-16": 2.5}
"""Of a bar and its ground (WCAG 2.1); of the sixteen none has more on white and is light enough."""

FAMILIES_APART = 5.0
"""The same between factor families, which have glyphs besides."""


def shown(look: Look, decades: float) -> str:
    """A colour of the scale; few colours have none between two others."""
    if look in SIXTEEN_LOOKS.values():
        return Palette(look).bar(decades)
    return decade_colour(look.stops, decades)


def lightness(colour: str, vision: str) -> float:
    """CIE L* (0 to 100) of a colour as somebody sees it."""
    srgb = np.array(channels(colour)) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(VISIONS[vision] @ linear, 0, 1)
    y = float(seen @ [0.2126, 0.7152, 0.0722])
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", EVERY)
def test_zones_differ_in_brightness_for_everybody(name: str, vision: str) -> None:
    """From vanishing to exploding one way, brighter on dark grounds and darker on light ones."""
    look = EVERY[name]
    seen = {
        zone: [lightness(shown(look, d), vision) for d in decades]
        for zone, decades in ZONES.items()
    }
    order = ["vanishing", "healthy", "exploding"]
    if not look.dark:
        order.reverse()
    if name == "chainrule-light-16":
        # none of the sixteen is lighter than green and visible: blue tells it to everybody
        order.remove("vanishing")
    for darker, brighter in pairwise(order):
        assert max(seen[darker]) + APART <= min(seen[brighter]), (darker, brighter, seen)


@pytest.mark.parametrize("name", EVERY)
def test_text_is_readable(name: str) -> None:
    """WCAG AA on both grounds, AAA in high contrast; a verdict's word on its own ground too."""
    look = EVERY[name]
    least = 7.0 if name == "chainrule-contrast" else 4.5
    for word in WORDS:
        for ground in (GROUND, SURFACE):
            assert contrast(look.colours[word], look.colours[ground]) >= least, (word, ground)
    assert contrast(look.colours[INK], look.colours[CURSOR_ROW]) >= least
    for line in LINES:
        assert contrast(look.colours[line], look.colours[GROUND]) >= least, line
    for kind, (ink, ground) in look.kinds.items():
        assert contrast(ink, ground) >= least, kind


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", EVERY)
def test_factor_families_differ_in_brightness_for_everybody(name: str, vision: str) -> None:
    """One after the other, in the order of their table."""
    colours = [EVERY[name].colours[colour] for colour in FAMILY_COLOURS.values()]
    seen = [lightness(colour, vision) for colour in colours]
    assert all(darker + FAMILIES_APART <= brighter for darker, brighter in pairwise(seen)), seen


@pytest.mark.parametrize("name", LOOKS)
def test_every_piece_is_visible(name: str) -> None:
    """Of the factors that are meant, as every bar is."""
    colours = LOOKS[name].colours
    for colour in FAMILY_COLOURS.values():
        assert contrast(colours[colour], colours[GROUND]) >= LEAST_CONTRAST[name], colour


@pytest.mark.parametrize("name", EVERY)
def test_every_bar_is_visible(name: str) -> None:
    """However small the gradient is."""
    look = EVERY[name]
    for decades in np.arange(-20, 20, 0.5):
        colour = shown(look, float(decades))
        assert contrast(colour, look.colours[GROUND]) >= LEAST_CONTRAST[name]


@pytest.mark.parametrize("name", LOOKS)
def test_a_dying_network_shows_many_steps(name: str) -> None:
    """Twelve decades over twenty layers: seven colours at least, none of many bars."""
    palette = Palette(LOOKS[name])
    bars = [palette.bar(-12.0 * i / 19) for i in range(20)]
    runs = [len(list(run)) for _, run in groupby(bars)]
    assert len(runs) >= 7
    assert max(runs) <= 6


@pytest.mark.parametrize("name", LOOKS)
def test_the_lit_row_of_a_table_keeps_its_colour(name: str) -> None:
    """It is one of the 256, not a blend of which they make a grey."""
    variables = own_themes()[name].to_color_system().generate()
    assert variables["block-cursor-blurred-background"] == LOOKS[name].colours[CURSOR_ROW]


def every_colour(look: Look) -> list[str]:
    """Of words, bars and verdicts."""
    colours = [*look.colours.values(), *(colour for _, colour in look.stops)]
    return colours + [colour for pair in look.kinds.values() for colour in pair]


@pytest.mark.parametrize("name", LOOKS)
def test_colours_are_of_the_256_cube(name: str) -> None:
    """A terminal over SSH shows them as they are."""
    steps = (0, 95, 135, 175, 215, 255)
    for colour in every_colour(LOOKS[name]):
        red, green, blue = channels(colour)
        grey = red == green == blue and (red - 8) % 10 == 0
        assert grey or all(channel in steps for channel in (red, green, blue)), colour


@pytest.mark.parametrize("name", SIXTEEN_LOOKS)
def test_sixteen_colours_are_those_that_rich_takes_for_them(name: str) -> None:
    """Each is sent as itself."""
    for colour in every_colour(SIXTEEN_LOOKS[name]):
        number = Color.parse(colour).downgrade(ColorSystem.STANDARD).number
        assert number is not None
        assert channels(colour) == tuple(STANDARD_PALETTE[number]), colour


@pytest.mark.parametrize("name", THEMES)
def test_sixteen_colours_have_looks_of_their_own_in_every_theme(name: str) -> None:
    """Ours as they are called, of others the dark or the light one; and none without colour."""
    theme = worn(name, SIXTEEN_LOOKS, coloured=True)
    assert theme == (name if name in LOOKS else f"chainrule-{'dark' if THEMES[name] else 'light'}")
    assert look_of(theme, SIXTEEN_LOOKS) is SIXTEEN_LOOKS[theme]
    assert worn(name, LOOKS, coloured=True) == name
    assert worn(name, SIXTEEN_LOOKS, coloured=False) == "ansi-dark"


def test_the_table_of_themes_is_textuals() -> None:
    """In its order, after our own."""
    built = {**own_themes(), **BUILTIN_THEMES}
    assert list(THEMES.items()) == [(name, theme.dark) for name, theme in built.items()]


@pytest.mark.parametrize("name", THEMES)
def test_words_are_readable_in_every_theme(name: str) -> None:
    """Textual's themes get the look of their darkness, moved off their own ground."""
    look = look_of(name)
    assert look.dark == THEMES[name]
    if look.colours[GROUND] == "default":
        assert name.startswith("ansi")
        return
    for word in (*WORDS, *LINES):
        assert contrast(look.colours[word], look.colours[GROUND]) >= 4.5, word


def test_a_style_takes_names_and_colours() -> None:
    """A name follows the look, a literal stays; without colour only weight and reverse."""
    light = Palette(LOOKS["chainrule-light"])
    assert light.style(INK).color == Color.parse("#121212")
    assert light.style("#5f00ff").color == Color.parse("#5f00ff")
    assert light.style(QUIET).bgcolor == Color.parse("#ffffff")
    plain = Palette(coloured=False)
    assert plain.style(INK).color is None
    assert plain.style(INK, "#ffffff").reverse


@pytest.mark.parametrize("name", EVERY)
def test_dim_pieces_keep_their_hue_in_256_colours(name: str) -> None:
    """Each is nearer to the ground than the bright one, and they are told apart."""
    look = EVERY[name]
    ground = look.colours[GROUND]
    dims = {family: look.colours[colour] for family, colour in FAMILY_DIMS.items()}
    for family, colour in dims.items():
        assert contrast(colour, ground) < contrast(look.colours[FAMILY_COLOURS[family]], ground)
    levels = sorted(
        lightness(dims[family], "normal") for family in ("activation", "norm", "weight")
    )
    assert min(b - a for a, b in pairwise(levels)) >= FAMILIES_APART


@pytest.mark.parametrize("name", EVERY)
def test_the_word_for_a_factor_is_readable(name: str) -> None:
    """Also where its piece is nearly as bright as the ink."""
    palette = Palette(EVERY[name])
    for colour in FAMILY_COLOURS.values():
        assert contrast(palette.word(colour), palette.ground) >= 4.5
