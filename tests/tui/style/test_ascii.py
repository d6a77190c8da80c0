"""ASCII in place of everything that is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
