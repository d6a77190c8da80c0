"""Strips as numbers take as many cells as Textual counts, whatever stands in them."""

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.terminal.cells import Numbering

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    "texts",
    [
        ("plain", " ▂█"),
        ("漢字", "a", "字典"),
        ("e\u0301", "漢"),
        (FAMILY, "x"),
        # a cursor parts it
        (FAMILY[:1], FAMILY[1:], "x"),
        ("❤\ufe0f", "1\ufe0f\u20e3"),
    ],
)
def test_each_cell_has_a_code_and_a_style(texts: tuple[str, ...]) -> None:
    """Of strips one behind the other, so that none is put into the place of the next."""
    strips = [Strip([Segment(text, Style(bold=True))]) for text in texts]
    end = Strip([Segment("|")])
    codes, styles = Numbering(ColorSystem.TRUECOLOR).cells([*strips, end])
    assert codes.size == styles.size == sum(strip.cell_length for strip in strips) + 1
    assert codes[-1] == ord("|")
    assert styles[-1] == 0 not in styles[:-1]
