"""Glyphs."""

from tui.style.glyphs import ASCII, BLOCKS, glyphs_for


def test_glyphs_follow_the_encoding() -> None:
    """Blocks only where the stream can show them."""
    assert glyphs_for("utf-8", False) is BLOCKS
    assert glyphs_for("ascii", False) is ASCII
    assert glyphs_for("latin-1", False) is ASCII
    assert glyphs_for(None, False) is ASCII
    assert glyphs_for("utf-8", True) is ASCII
