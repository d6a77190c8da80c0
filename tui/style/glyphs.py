"""The characters that charts are drawn with, for terminals that can and cannot show blocks."""

from dataclasses import dataclass

from tui.style.ascii import spelled


@dataclass(frozen=True)
class Glyphs:
    """One set of characters.

    `levels` fill a cell from the bottom, from empty to full, in equal steps; `shade` fills the
    forward pass's bars; `whisker` runs up to the largest value of a shared column and `least`
    marks its smallest. Over the bars: `dash` draws a line, `ghost` another run's bar tops,
    `band` and `band_inside` a range above a bar and in it, `median` its middle, and `guide` a range
    to aim for. `net` marks what a stack of factors comes to.
    """

    name: str
    levels: str
    shade: str
    whisker: str
    least: str
    vertical: str
    corner: str
    horizontal: str
    cursor: str
    down: str
    up: str
    flat: str
    dead: str
    overflow: str
    play: str
    pause: str
    dash: str
    ghost: str
    band: str
    band_inside: str
    median: str
    guide: str
    net: str

    def spell(self, text: str) -> str:
        """A sentence as it can be shown beside these characters."""
        return spelled(text) if self is ASCII else text


BLOCKS = Glyphs(
    name="blocks",
    levels=" ▁▂▃▄▅▆▇█",
    shade="░",
    whisker="│",
    least="▓",
    vertical="│",
    corner="└",
    horizontal="─",
    cursor="▲",
    down="▼",
    up="▲",
    flat="●",
    dead="○",
    overflow="!",
    play="▶",
    pause="‖",
    dash="╌",
    ghost="━",
    band="░",
    band_inside="▒",
    median="•",
    guide="·",
    net="◆",
)
ASCII = Glyphs(
    name="ascii",
    levels=" .:#",
    shade=":",
    whisker="|",
    least="-",
    vertical="|",
    corner="+",
    horizontal="-",
    cursor="^",
    down="v",
    up="^",
    flat="*",
    dead="o",
    overflow="!",
    play=">",
    pause="=",
    dash="~",
    ghost="=",
    band="'",
    band_inside="%",
    median="o",
    guide="_",
    net="*",
)


def glyphs_for(encoding: str | None, force_ascii: bool) -> Glyphs:
    """The set that a stream of that encoding can show."""
    if force_ascii:
        return ASCII
    try:
        "".join((BLOCKS.levels, BLOCKS.shade, "φδ×·→⁻⁹")).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS
