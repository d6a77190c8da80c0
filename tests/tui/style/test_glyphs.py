"""Glyphs."""

import unicodedata

from tui.style.glyphs import BLOCKS, BRAILLE, has_blocks


def test_blocks_need_an_encoding_that_has_them() -> None:
    """And the letters and superscripts beside them."""
    assert has_blocks("utf-8")
    assert not any(map(has_blocks, ("ascii", "latin-1", "cp437", "gbk", "no such", None)))


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
