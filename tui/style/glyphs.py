"""The characters that charts are drawn with, for terminals that can and cannot show blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tui.style.ascii import spelled


class Dots(NamedTuple):
    """What curves are drawn with: dots in a cell, and a character for every set of them.

    Bit i of a character's place is dot i, row by row from the upper left. A column in which
    a curve keeps within half a `stroke` of dots shows one of them; curves of samples that are not
    `joined` show nothing between these.
    """

    across: int
    down: int
    characters: str
    stroke: int = 0
    joined: bool = True


_BRAILLE_BITS = (0, 3, 1, 4, 2, 5, 6, 7)
"""Of the code point, for the dots row by row."""

BRAILLE_DOTS = Dots(
    2,
    4,
    " "
    + "".join(
        chr(0x2800 + sum(1 << bit for i, bit in enumerate(_BRAILLE_BITS) if dots >> i & 1))
        for dots in range(1, 256)
    ),
)
STROKES = Dots(1, 3, " ‾─╵_│╷│", stroke=3)
"""A line in three heights, upright where it goes through more than a row."""

POINTS = Dots(1, 3, " ˙·˙.···", joined=False)
WHOLE_CELLS = Dots(1, 1, " *")


@dataclass(frozen=True)
class Glyphs:
    """One set of characters.

    `levels` fill a cell from the bottom, from empty to full, in equal steps. Over the bars:
    `strokes` draw a line on a row's lower edge, in its middle and on its upper edge, `ghosts`
    another run's bar tops; `whisker` is a range (in no, the lower, the upper and both halves of a
    row); `guide` is a level of interest. `tick` is where a label meets the axis,
    `base` the line under it, `dashes` a bound and `nets` what a stack of factors comes to, at the
    three heights of strokes; `cut` is where a stack goes on beyond the chart, `dots` draw curves,
    and `samples` those known at some places only.
    """

    name: str
    levels: str
    vertical: str
    tick: str
    corner: str
    horizontal: str
    base: str
    cursor: str
    down: str
    up: str
    flat: str
    dead: str
    closed: str
    overflow: str
    play: str
    pause: str
    dashes: str
    strokes: str
    ghost: str
    ghosts: str
    whisker: str
    guide: str
    nets: str
    cut: str
    dots: Dots
    samples: Dots

    def spell(self, text: str) -> str:
        """A sentence as it can be shown beside these characters."""
        return spelled(text) if self is ASCII else text


BLOCKS = Glyphs(
    name="block",
    levels=" ▁▂▃▄▅▆▇█",
    vertical="│",
    tick="┤",
    corner="└",
    horizontal="─",
    base="─",
    cursor="▲",
    down="▼",
    up="▲",
    flat="●",
    dead="○",
    closed="◇",
    overflow="!",
    play="▶",
    pause="‖",
    dashes="_╌‾",
    strokes="_─‾",
    ghost="━",
    ghosts="▁━▔",
    whisker=" ╷╵│",
    guide="·",
    nets="▁━▔",
    cut="⋮",
    dots=STROKES,
    samples=POINTS,
)
BRAILLE = replace(BLOCKS, name="braille", dots=BRAILLE_DOTS, samples=BRAILLE_DOTS)
ASCII = Glyphs(
    name="ascii",
    levels=" .:#",
    vertical="|",
    tick="+",
    corner="+",
    horizontal="-",
    base="_",
    cursor="^",
    down="v",
    up="^",
    flat="*",
    dead="o",
    closed="c",
    overflow="!",
    play=">",
    pause="=",
    dashes="~~~",
    strokes=",-'",
    ghost="=",
    ghosts='_="',
    whisker=" ,'|",
    guide="_",
    nets="***",
    cut=":",
    dots=WHOLE_CELLS,
    samples=Dots(1, 1, " o", joined=False),
)


SETS: dict[str, Glyphs] = {glyphs.name: glyphs for glyphs in (BRAILLE, BLOCKS, ASCII)}

BRAILLE_TERMINALS: dict[str, frozenset[str]] = {
    "TERM": frozenset(("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty")),
    "TERM_PROGRAM": frozenset(("iTerm.app", "Apple_Terminal", "WezTerm", "ghostty", "vscode")),
    "WT_SESSION": frozenset(),
    "VTE_VERSION": frozenset(),
    "KONSOLE_VERSION": frozenset(),
}
"""What terminals say of themselves that draw braille or find a font with it; empty for any value.

Many fonts have none, and others then show boxes.
"""


def has_braille(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that is known to show braille."""
    return any(
        name in environment and (not values or environment[name] in values)
        for name, values in BRAILLE_TERMINALS.items()
    )


def has_blocks(encoding: str | None) -> bool:
    """Whether a stream of that encoding can show more than ASCII."""
    try:
        "".join((BLOCKS.levels, BLOCKS.strokes, "φδ×·→⁻⁹")).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def kind_sign(glyphs: Glyphs, kind: str) -> str:
    """The sign before a verdict's word."""
    return {
        "vanishing": glyphs.down,
        "exploding": glyphs.up,
        "healthy": glyphs.flat,
        "dead": glyphs.dead,
        "overflow": glyphs.overflow,
        "unknown": "?",
    }[kind]
