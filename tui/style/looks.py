"""The looks: colours of words and of bars, for dark and light grounds and for projectors.

Every colour is one of the 256-colour cube, because terminals over SSH rarely have more; where
there are sixteen, it is one of these. From vanishing through healthy to exploding the bars go one
way in brightness (brighter on a dark ground, darker on a light one), so that the zones can be told
apart without their hue.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

INK = "ink"
QUIET = "quiet"
FAINT = "faint"
KEY = "key"
GROUND = "ground"
SURFACE = "surface"
PANEL = "panel"
BOOST = "boost"
SCROLLBAR = "scrollbar"
SCROLLBAR_ACTIVE = "scrollbar_active"
SIGNAL = "signal"
TAB = "tab"
CURSOR_ROW = "cursor_row"
THEORY = "theory"
GHOST = "ghost"
BAND = "band"
MARK_ON_BAR = "mark_on_bar"
"""Black or white, whichever stands out from the colour that it is drawn on."""
CURVE = "curve"
SLOPE = "slope"
RACERS = (SLOPE, THEORY)
"""The colours of two runs side by side."""
HISTOGRAM = "histogram"
SATURATED = "saturated"
FAMILY_COLOURS: dict[str, str] = {
    family: f"family_{family}" for family in ("scale", "activation", "norm", "skip", "weight")
}
"""The names of the colours of factor families, from dark to light."""

FAMILY_DIMS: dict[str, str] = {
    family: f"{FAMILY_COLOURS[family]}_dim" for family in ("activation", "norm", "skip", "weight")
}
"""The same for layers that are not meant now, of those that are drawn."""

WORDS = (INK, QUIET, FAINT, KEY)
"""Colours of text: they must stand out from ground and surface."""

LINES = (THEORY, GHOST, BAND, CURVE, SLOPE, SATURATED)
"""Colours of lines and of the words about them: they must stand out from the ground."""

READABLE = 4.5
"""Least contrast of text, WCAG 2.1 level AA; the high contrast look keeps 7, level AAA."""

Stops = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Look:
    """One set of colours by name.

    `kinds` are ink and ground of each verdict's word; `stops` are colours of bars by decades
    relative to the last hidden layer. With `few` colours there is none between two others.
    """

    name: str
    dark: bool
    colours: Mapping[str, str]
    kinds: Mapping[str, tuple[str, str]]
    stops: Stops
    few: bool = False

    def mixed(self, colour: str, other: str, share: float) -> str:
        """A colour with that share of another, or the nearer of the two."""
        if self.few:
            return other if share >= 0.5 else colour
        return mixed(colour, other, share)


_NAMES = ("chainrule-dark", "chainrule-light", "chainrule-contrast")

_COLOURS: dict[str, tuple[str, ...]] = {
    INK: ("#e4e4e4", "#121212", "#ffffff", "#ffffff", "#000000"),
    QUIET: ("#a8a8a8", "#4e4e4e", "#d0d0d0", "#aaaaaa", "#555555"),
    FAINT: ("#8a8a8a", "#6c6c6c", "#a8a8a8", "#aaaaaa", "#555555"),
    KEY: ("#5fd7d7", "#005f87", "#00ffff", "#55ffff", "#0000aa"),
    GROUND: ("#121212", "#ffffff", "#000000", "#000000", "#ffffff"),
    SURFACE: ("#1c1c1c", "#eeeeee", "#121212", "#000000", "#ffffff"),
    PANEL: ("#262626", "#e4e4e4", "#1c1c1c", "#000000", "#ffffff"),
    BOOST: ("#303030", "#dadada", "#262626", "#555555", "#aaaaaa"),
    SCROLLBAR: ("#585858", "#bcbcbc", "#767676", "#555555", "#aaaaaa"),
    SCROLLBAR_ACTIVE: ("#bcbcbc", "#767676", "#eeeeee", "#aaaaaa", "#555555"),
    SIGNAL: ("#87afd7", "#5f87af", "#afd7ff", "#aaaaaa", "#5555ff"),
    TAB: ("#303030", "#dadada", "#303030", "#555555", "#aaaaaa"),
    CURSOR_ROW: ("#005f5f", "#afd7d7", "#005f5f", "#555555", "#aaaaaa"),
    THEORY: ("#d7af5f", "#875f00", "#ffd75f", "#ffff55", "#aa5500"),
    GHOST: ("#d0d0d0", "#303030", "#eeeeee", "#ffffff", "#000000"),
    BAND: ("#bcbcbc", "#4e4e4e", "#dadada", "#aaaaaa", "#555555"),
    CURVE: ("#e4e4e4", "#121212", "#ffffff", "#ffffff", "#000000"),
    SLOPE: ("#0087d7", "#005faf", "#5fafff", "#55ffff", "#0000aa"),
    HISTOGRAM: ("#5fafaf", "#008787", "#5fd7d7", "#00aaaa", "#5555ff"),
    SATURATED: ("#d75f5f", "#af0000", "#ff8787", "#ff5555", "#aa0000"),
    FAMILY_COLOURS["scale"]: ("#875f00", "#121212", "#af5f00", "#aa0000", "#000000"),
    FAMILY_COLOURS["activation"]: ("#0087af", "#000087", "#5f87ff", "#5555ff", "#0000aa"),
    FAMILY_COLOURS["norm"]: ("#d787af", "#870087", "#d787ff", "#ff55ff", "#aa00aa"),
    FAMILY_COLOURS["skip"]: ("#5fd75f", "#008700", "#5fd7af", "#55ff55", "#00aa00"),
    FAMILY_COLOURS["weight"]: ("#ffd75f", "#af8700", "#ffffaf", "#ffffff", "#aaaaaa"),
    FAMILY_DIMS["activation"]: ("#005f87", "#87afd7", "#005faf", "#0000aa", "#5555ff"),
    FAMILY_DIMS["norm"]: ("#875f87", "#d7afd7", "#875faf", "#aa00aa", "#ff55ff"),
    FAMILY_DIMS["skip"]: ("#5f875f", "#afd7af", "#5f8787", "#00aa00", "#55ff55"),
    FAMILY_DIMS["weight"]: ("#87875f", "#ffd7af", "#afaf87", "#aaaaaa", "#ffff55"),
}
"""A row a name, a column a look; then dark and light in sixteen colours."""

_KINDS: dict[str, tuple[tuple[str, str], ...]] = {
    "healthy": (
        *(("#000000", "#00af87"), ("#ffffff", "#005f5f"), ("#000000", "#00d75f")),
        *(("#000000", "#00aa00"), ("#000000", "#00aa00")),
    ),
    "vanishing": (
        *(("#ffffff", "#5f5faf"), ("#000000", "#af87ff"), ("#ffffff", "#5f00d7")),
        *(("#ffffff", "#aa00aa"), ("#ffffff", "#5555ff")),
    ),
    "exploding": (
        *(("#000000", "#ffaf00"), ("#ffffff", "#af0000"), ("#000000", "#ffff00")),
        *(("#000000", "#ffff55"), ("#ffffff", "#aa0000")),
    ),
    "dead": (
        *(("#ffffff", "#585858"), ("#ffffff", "#585858"), ("#000000", "#bcbcbc")),
        *(("#ffffff", "#555555"), ("#ffffff", "#555555")),
    ),
    "unknown": (
        *(("#ffffff", "#4e4e4e"), ("#000000", "#c6c6c6"), ("#000000", "#c6c6c6")),
        *(("#000000", "#aaaaaa"), ("#000000", "#aaaaaa")),
    ),
    "overflow": (
        *(("#ffffff", "#d70000"), ("#ffffff", "#5f0000"), ("#ffffff", "#870000")),
        *(("#ffffff", "#aa0000"), ("#ffffff", "#000000")),
    ),
}

_STOPS = (
    "-15 #af00d7 -12 #8700ff -9 #875fff -6.5 #5f5fff -4 #0087d7 -2.5 #00afaf -1 #00af87 0 #00d787 "
    "0.6 #87af00 1.2 #d7af00 2 #ffaf00 3 #ffd700 4 #ffd787 6.5 #ffd7d7 9 #ffd7ff",
    "-12 #d75fff -8.5 #8787ff -5 #5f87ff -3.6 #0087ff -2.3 #0087d7 -1 #00875f 0 #008700 "
    "0.6 #5f8700 1.5 #875f00 2.5 #af5f00 4 #af0000 7 #870000 10 #5f0000",
    "-13 #8700ff -10 #5f5fff -6.5 #5f87ff -4 #00afff -2.5 #00afd7 -1 #00d7af 0 #00d75f 0.6 #87d700 "
    "1.5 #d7d700 4 #ffff00 7 #ffff87 10 #ffffd7",
    "-9 #aa00aa -5 #5555ff -2.5 #00aaaa 0 #00aa00 2.2 #ffff55",
    "-5 #ff55ff -2.5 #00aaaa 0 #00aa00 2.2 #aa5500 4 #aa0000",
)
"""Decades and colour in turn, a line a look."""


def _look(i: int, name: str) -> Look:
    words = _STOPS[i].split()
    return Look(
        name,
        name != "chainrule-light",
        {colour: row[i] for colour, row in _COLOURS.items()},
        {kind: row[i] for kind, row in _KINDS.items()},
        tuple(zip(map(float, words[::2]), words[1::2], strict=True)),
        few=i >= len(_NAMES),
    )


LOOKS: dict[str, Look] = {name: _look(i, name) for i, name in enumerate(_NAMES)}
SIXTEEN_LOOKS: dict[str, Look] = {name: _look(3 + (i == 1), name) for i, name in enumerate(_NAMES)}
"""The same for terminals with sixteen colours, of which two are ground and ink anyway."""

DEFAULT_LOOK = LOOKS[_NAMES[0]]

Channels = tuple[int, int, int]


def channels(colour: str) -> Channels:
    """Red, green and blue, from 0 to 255, of a colour #rrggbb."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with that share of another."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


# of the colours of a look
@lru_cache(maxsize=512)
def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, from 0 to 1 (WCAG 2.1)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.1)."""
    low, high = sorted((luminance(colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def on_ground(look: Look, ground: str, surface: str) -> Look:
    """The look on another ground, its words moved away from it until they are readable."""
    far = "#ffffff" if look.dark else "#000000"

    def readable(colour: str) -> str:
        steps = (mixed(colour, far, share / 10) for share in range(11))
        return next(
            (c for c in steps if min(contrast(c, ground), contrast(c, surface)) >= READABLE), far
        )

    words = {name: readable(look.colours[name]) for name in (*WORDS, *LINES)}
    return replace(look, colours={**look.colours, **words, GROUND: ground, SURFACE: surface})
