"""What terminals can do, by what they say of themselves in the environment."""

import sys
from collections.abc import Mapping, MutableMapping
from fnmatch import fnmatchcase
from typing import NamedTuple

from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, Glyphs, has_braille

NONE, SIXTEEN, MANY, ALL = "none", "standard", "256", "truecolor"
"""How many colours, as Textual calls it in TEXTUAL_COLOR_SYSTEM."""


class Terminal(NamedTuple):
    """What a terminal can do.

    `glyphs` are the best that its fonts are sure to have; without `modes` it knows neither a mouse
    nor another screen nor reports, and might show what asks for them.
    """

    colours: str = SIXTEEN
    glyphs: Glyphs = BLOCKS
    modes: bool = True


# terminfo knows few of these on most machines, and of Textual's none but the three endings
TERMS: tuple[tuple[str, Terminal], ...] = (
    ("vt[1-9]*", Terminal(NONE, ASCII, modes=False)),
    # the fonts of its kernel and of distributions have four blocks at most, and no superscripts
    ("linux*", Terminal(SIXTEEN, ASCII, modes=False)),
    ("ansi*", Terminal(SIXTEEN, ASCII, modes=False)),
    ("cons25*", Terminal(SIXTEEN, ASCII, modes=False)),
    ("*-m", Terminal(NONE)),
    ("*-mono", Terminal(NONE)),
    ("*-16color", Terminal(SIXTEEN)),
    ("*-direct", Terminal(ALL)),
    # their COLORTERM does not come through SSH
    *((f"{name}*", Terminal(ALL)) for name in ("xterm-kitty", "xterm-ghostty", "foot")),
    *((f"{name}*", Terminal(ALL)) for name in ("alacritty", "wezterm", "contour")),
    ("*-256color*", Terminal(MANY)),
    # both make fewer colours of these for a terminal with fewer
    ("screen*", Terminal(MANY)),
    ("tmux*", Terminal(MANY)),
    ("*", Terminal()),
)
"""By patterns of TERM, of which the first counts."""

_WITHOUT_CURSOR = ("", "dumb", "unknown", "vt52")
_TRUE_COLOUR = ("truecolor", "24bit")
_C_LOCALES = ("C", "POSIX")
_SSH = ("SSH_CONNECTION", "SSH_TTY")


def has_cursor(environment: Mapping[str, str]) -> bool:
    """Whether the terminal can be written to at any place; Windows' say nothing of themselves."""
    is_told = "TEXTUAL_DRIVER" in environment or sys.platform == "win32"
    return is_told or _term(environment) not in _WITHOUT_CURSOR


def terminal(environment: Mapping[str, str]) -> Terminal:
    """The terminal of that environment."""
    term = _term(environment)
    found = next(found for pattern, found in TERMS if fnmatchcase(term, pattern))
    if environment.get("NO_COLOR"):
        return found._replace(colours=NONE)
    # GNU screen hands on the variable of the terminal around it, but knows no such colours
    is_told = environment.get("COLORTERM", "").lower() in _TRUE_COLOUR
    has_all = is_told and not is_in_screen(environment)
    if has_all and found.modes and found.colours != NONE:
        found = found._replace(colours=ALL)
    wanted = environment.get("TEXTUAL_COLOR_SYSTEM", "auto")
    return found if wanted == "auto" else found._replace(colours=wanted)


def is_in_screen(environment: Mapping[str, str]) -> bool:
    """Whether it is GNU screen, of which over SSH only a name as screen.xterm tells."""
    term = _term(environment)
    is_here = term.startswith("screen") and "STY" in environment
    return "TMUX" not in environment and (is_here or term.startswith("screen."))


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a link, as over SSH and mosh."""
    return not environment.keys().isdisjoint(_SSH)


def answerer(environment: Mapping[str, str]) -> str:
    """The program that answers in the terminal's place, if one is known to."""
    if "TMUX" in environment:
        return "tmux"
    return "screen" if is_in_screen(environment) else ""


def has_clipboard(environment: Mapping[str, str]) -> bool:
    """Whether the terminal can take what is sent to its clipboard; GNU screen keeps it back."""
    return terminal(environment).modes and not is_in_screen(environment)


def tell_colours(environment: MutableMapping[str, str]) -> None:
    """Tell Textual before it is imported: it knows fewer terminals, and obeys an empty NO_COLOR."""
    if not environment.get("NO_COLOR"):
        environment.pop("NO_COLOR", None)
    if _term(environment):
        colours = terminal(environment).colours
        told = {"NO_COLOR": "1"} if colours == NONE else {"TEXTUAL_COLOR_SYSTEM": colours}
        environment.update(told)


def names_other_charset(environment: Mapping[str, str], utf8_mode: int) -> bool:
    """Whether the locale that is asked for has no UTF-8, and Python writes UTF-8 all the same.

    It does so, in its `utf8_mode`, in the C locale and in one that the machine does not have.
    """
    if not utf8_mode or environment.keys() & {"PYTHONUTF8", "PYTHONIOENCODING"}:
        return False
    # LC_CTYPE is Python's own then
    name = environment.get("LC_ALL") or environment.get("LANG") or ""
    if not name and "TMUX" in environment:
        # it goes by the same variables, and writes "_" for whatever is not ASCII
        return True
    charset = name.partition(".")[2].partition("@")[0].lower().replace("-", "")
    return name in _C_LOCALES or charset not in ("", "utf8")


def glyphs_for(environment: Mapping[str, str]) -> Glyphs:
    """The best that the terminal's fonts are sure to have."""
    found = terminal(environment).glyphs
    return BRAILLE if found is BLOCKS and has_braille(environment) else found


def _term(environment: Mapping[str, str]) -> str:
    return environment.get("TERM", "").lower()
