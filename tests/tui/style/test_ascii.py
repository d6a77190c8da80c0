"""ASCII in place of everything that is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

import tui
from tui.style.ascii import one_to_one, spelled
from tui.style.glyphs import BRAILLE_DOTS

FILES = sorted(Path(tui.__file__).parent.rglob("*.py"))
WIDE = "\u2e80"
"""From there on characters are Chinese, which is not spoken where only ASCII is shown."""
SHOWN = sorted({c for file in FILES for c in file.read_text("utf-8") if "\x7f" < c < WIDE})


@pytest.mark.parametrize("spell", [one_to_one, spelled])
def test_every_character_that_is_shown_has_one(spell: Callable[[str], str]) -> None:
    """None becomes a question mark, in sentences and cell by cell."""
    assert len(SHOWN) > 80
    assert not set(SHOWN) & set(BRAILLE_DOTS.characters)
    assert [c for c in SHOWN if "?" in spell(c)] == []


def test_cells_stay_cells() -> None:
    """A character for each, so that nothing moves."""
    text = "".join(SHOWN)
    assert len(one_to_one(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("English, \u4e2d\u6587", "English, ????"),
        ("e\u0301\u4e2d 10\u207b\u00b9\u00b2", "??? 1e-12"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 x", "?? x"),
        ("\u03c6\u4e2d", "f??"),
    ],
)
def test_what_takes_two_cells_or_none_does_so_in_ascii(text: str, plain: str) -> None:
    """Another language's name in a list, what was typed into a search, a file's name."""
    shown = one_to_one(text)
    assert (shown, len(shown)) == (plain, cell_len(text))
