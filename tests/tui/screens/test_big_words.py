"""Presentation: words in large letters."""

from __future__ import annotations

import pytest

from tests.support.app import chart_rows, running
from tui.screens.big_words import big
from tui.style.glyphs import ASCII, BLOCKS
from tui.words.verdict import KIND_WORDS


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
async def test_presentation_is_large_and_leaves_the_chart(size: tuple[int, int]) -> None:
    """The word as high as the rows allow, the lines gone, z or escape back."""
    async with running(size=size) as (app, pilot):
        await pilot.press("z")
        await pilot.pause()
        words = app.main.query_one("#big")
        assert words.size.height >= {16: 3, 24: 11, 45: 20}[size[1]]
        assert "█" in words.render_line(2).text
        assert not app.main.query_one("#keys").display
        assert sum("█" in row for row in chart_rows(app)) >= size[1] // 8
        await pilot.press("a", "a", "i")
        await pilot.pause()
        assert app.main._big._word == "HEALTHY"
        await pilot.press("escape")
        assert not app.main.presenting
        assert app.main.query_one("#keys").display


@pytest.mark.parametrize("word", [*KIND_WORDS.values(), "×0.233", "×1.2e+05", "FORWARD", "LOSS"])
def test_words_are_spelled_in_letters(word: str) -> None:
    """Every character has one; as large as fits, and in ASCII where blocks cannot be shown."""
    letters = big(word, 78, 5, BLOCKS)
    assert len(letters) == 5
    assert len(big(word, 158, 10, BLOCKS)) == 10
    assert max(map(len, letters)) <= 78
    assert len(big(word, 50, 5, BLOCKS)) in (3, 5)
    assert "".join(big(word, 78, 5, ASCII)).replace("#", "").strip() == ""
    assert big(word, 10, 1, BLOCKS) == [word[:10]]


def test_letters_differ() -> None:
    """No two characters look the same, but those that do in most fonts."""
    seen = {c: tuple(big(c, 20, 5, BLOCKS)) for c in "ABCDEFGHIJKLMNPQRSTUVWXYZ12346789×.-+%^"}
    assert len(set(seen.values())) == len(seen)
