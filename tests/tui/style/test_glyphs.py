"""Glyphs."""

import unicodedata

from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, glyphs_for


def test_glyphs_follow_the_encoding() -> None:
    """Blocks only where the stream can show them, braille on all but the Linux console."""
    assert glyphs_for("utf-8", False) is BLOCKS
    for name, value, expected in (
        ("TERM", "xterm-256color", BLOCKS),
        ("TERM", "linux", BLOCKS),
        ("TERM", "xterm-kitty", BRAILLE),
        ("TERM_PROGRAM", "tmux", BLOCKS),
        ("TERM_PROGRAM", "WezTerm", BRAILLE),
        ("VTE_VERSION", "7600", BRAILLE),
    ):
        assert glyphs_for("utf-8", False, {name: value}) is expected
    assert glyphs_for("ascii", False) is ASCII
    assert glyphs_for("latin-1", False) is ASCII
    assert glyphs_for(None, False) is ASCII
    assert glyphs_for("utf-8", True) is ASCII


def test_a_character_of_dots_has_just_those_dots() -> None:
    """By the names that Unicode gives them."""
    across, down, characters = BRAILLE.dots[:3]
    names = ((1, 4), (2, 5), (3, 6), (7, 8))
    for code in range(1, 256):
        numbers = sorted(names[i // across][i % across] for i in range(8) if code >> i & 1)
        name = "BRAILLE PATTERN DOTS-" + "".join(map(str, numbers))
        assert unicodedata.name(characters[code]) == name
    assert (across, down, characters[0]) == (2, 4, " ")
    heights = [BLOCKS.dots.characters[1 << place] for place in (2, 1, 0)]
    assert "".join(heights) == BLOCKS.strokes
