"""Which glyphs, how many colours and which sequences for which terminal."""

import sys

import pytest

from tui.config.terminals import (
    ALL,
    MANY,
    NONE,
    SIXTEEN,
    glyphs_for,
    has_clipboard,
    has_cursor,
    names_other_charset,
    tell_colours,
    terminal,
)
from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, Glyphs

TRUE = {"COLORTERM": "truecolor"}

TERMINALS: list[tuple[str, dict[str, str], str, Glyphs, bool]] = [
    ("xterm-256color", {}, MANY, BLOCKS, True),
    ("xterm-256color", TRUE, ALL, BLOCKS, True),
    ("xterm-256color", {"COLORTERM": "24bit", "VTE_VERSION": "7600"}, ALL, BRAILLE, True),
    ("xterm-256color", {"COLORTERM": "yes"}, MANY, BLOCKS, True),
    ("xterm", {}, SIXTEEN, BLOCKS, True),
    ("xterm", TRUE, ALL, BLOCKS, True),
    ("xterm-16color", {}, SIXTEEN, BLOCKS, True),
    ("xterm-direct", {}, ALL, BLOCKS, True),
    ("xterm-mono", TRUE, NONE, BLOCKS, True),
    ("xterm-kitty", {}, ALL, BRAILLE, True),
    ("alacritty", {}, ALL, BRAILLE, True),
    ("rxvt-unicode-256color", {}, MANY, BLOCKS, True),
    ("screen", {"STY": "1.pts"}, MANY, BLOCKS, True),
    ("screen", {"STY": "1.pts", **TRUE}, MANY, BLOCKS, True),
    ("screen-256color", {"STY": "1.pts", "TMUX": "/tmp/t", **TRUE}, ALL, BLOCKS, True),
    ("screen.xterm-256color", {"STY": "1.pts", **TRUE}, MANY, BLOCKS, True),
    ("tmux-256color", {"TMUX": "/tmp/t", **TRUE}, ALL, BLOCKS, True),
    ("tmux-256color", {"TMUX": "/tmp/t", "TERM_PROGRAM": "tmux"}, MANY, BLOCKS, True),
    ("linux", {}, SIXTEEN, ASCII, False),
    ("linux", TRUE, SIXTEEN, ASCII, False),
    ("vt100", {}, NONE, ASCII, False),
    ("vt220", TRUE, NONE, ASCII, False),
    ("VT100", {}, NONE, ASCII, False),
    ("ansi", {}, SIXTEEN, ASCII, False),
    ("never-heard-of", {}, SIXTEEN, BLOCKS, True),
    ("xterm-256color", {"NO_COLOR": "1", **TRUE}, NONE, BLOCKS, True),
    ("xterm-256color", {"NO_COLOR": ""}, MANY, BLOCKS, True),
    ("xterm", {"TEXTUAL_COLOR_SYSTEM": "256"}, MANY, BLOCKS, True),
    ("xterm-256color", {"TEXTUAL_COLOR_SYSTEM": "standard", **TRUE}, SIXTEEN, BLOCKS, True),
]


@pytest.mark.parametrize(("term", "more", "colours", "glyphs", "modes"), TERMINALS)
def test_what_a_terminal_can_do(
    term: str, more: dict[str, str], colours: str, glyphs: Glyphs, modes: bool
) -> None:
    """By TERM first, then by what else it says; and Textual is told the same of its colours."""
    environment = {"TERM": term, **more}
    found = terminal(environment)
    assert (found.colours, found.modes) == (colours, modes)
    assert glyphs_for(environment) is glyphs
    tell_colours(environment)
    assert environment.get("NO_COLOR") == ("1" if colours == NONE else None)
    if colours != NONE:
        assert environment["TEXTUAL_COLOR_SYSTEM"] == colours


def test_glyphs_follow_the_terminals_own_variables() -> None:
    """Braille where a terminal is known to find a font with it."""
    for name, value, expected in (
        ("TERM_PROGRAM", "tmux", BLOCKS),
        ("TERM_PROGRAM", "WezTerm", BRAILLE),
        ("VTE_VERSION", "7600", BRAILLE),
    ):
        assert glyphs_for({"TERM": "xterm-256color", name: value}) is expected


@pytest.mark.parametrize(
    ("environment", "has"),
    [
        ({"TERM": "dumb"}, False),
        ({"TERM": "DUMB"}, False),
        ({"TERM": "unknown"}, False),
        ({"TERM": "vt52"}, False),
        ({"TERM": ""}, False),
        ({}, False),
        ({"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, True),
        *(({"TERM": term}, True) for term, *_ in TERMINALS),
    ],
)
def test_a_terminal_without_a_cursor_is_none_for_the_app(
    environment: dict[str, str], has: bool
) -> None:
    """An editor's shell window, say, or one that nobody knows."""
    assert has_cursor(environment) == has


def test_windows_says_nothing_of_its_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """And Textual finds out otherwise what it can do."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert has_cursor({})
    environment: dict[str, str] = {}
    tell_colours(environment)
    assert environment == {}


@pytest.mark.parametrize(
    ("environment", "utf8_mode", "other"),
    [
        ({}, 1, False),
        ({"LANG": "C.UTF-8"}, 0, False),
        # tmux shows no more without one of these
        ({"TMUX": "/tmp/tmux-0/default,1,0", "LC_CTYPE": "C.UTF-8"}, 1, True),
        ({"TMUX": "/tmp/tmux-0/default,1,0", "LANG": "en_GB.UTF-8"}, 0, False),
        # Python took another locale itself
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, 1, True),
        ({"LANG": "POSIX", "LC_CTYPE": "C.UTF-8"}, 1, True),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, 1, True),
        ({"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, 1, True),
        ({"LANG": "de_DE.ISO-8859-15@euro", "LC_CTYPE": "C.UTF-8"}, 1, True),
        # not on this machine, which is no matter of the terminal's
        ({"LANG": "de_DE.UTF-8", "LC_CTYPE": "C.UTF-8"}, 1, False),
        ({"LANG": "de_DE.utf8@euro", "LC_CTYPE": "C.UTF-8"}, 1, False),
        ({"LANG": "de_DE", "LC_CTYPE": "C.UTF-8"}, 1, False),
        # the person's own
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, 0, False),
        ({"LANG": "C", "PYTHONUTF8": "1"}, 1, False),
        ({"LANG": "C", "PYTHONIOENCODING": "utf-8"}, 1, False),
    ],
)
def test_a_locale_without_utf_8_counts_where_python_has_another(
    environment: dict[str, str], utf8_mode: int, other: bool
) -> None:
    """It writes UTF-8 in the C locale and in one that is not there."""
    assert names_other_charset(environment, utf8_mode) == other


@pytest.mark.parametrize(
    ("environment", "has"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/t"}, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/t", "STY": "1.pts"}, True),
        ({"TERM": "screen", "STY": "1.pts"}, False),
        ({"TERM": "screen.xterm-256color", "STY": "1.pts"}, False),
        ({"TERM": "screen.xterm-256color"}, False),
        ({"TERM": "screen-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt100"}, False),
    ],
)
def test_which_terminals_take_what_is_copied(environment: dict[str, str], has: bool) -> None:
    """None without modes, and not GNU screen, which hands nothing on."""
    assert has_clipboard(environment) == has
