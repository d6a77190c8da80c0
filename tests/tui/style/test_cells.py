"""Texts in cells."""

import pytest
from rich.cells import cell_len

from tui.charts.canvas import Canvas, Paints
from tui.style.cells import in_cells, out_of_cells, to_left, to_middle, to_right


@pytest.mark.parametrize("text", ["", "layer 7", "第 7 层", "梯度", "δ × 10⁻³", "（φ'）"])
def test_a_text_takes_as_many_cells_as_it_is_wide(text: str) -> None:
    """And comes out as it went in."""
    assert len(in_cells(text)) == cell_len(text)
    assert out_of_cells(in_cells(text)) == text
    assert to_middle("ab", 12) == "ab".center(12)
    assert to_middle("ab", 11) == "ab".center(11)
    for padded in (to_left(text, 12), to_right(text, 12), to_middle(text, 12)):
        assert (cell_len(padded), padded.strip()) == (12, text)


def test_words_on_a_canvas_keep_what_follows_in_its_place() -> None:
    """The strip is as wide as the canvas."""
    paints: Paints[str] = Paints("", lambda paint: None)  # type: ignore[arg-type, return-value]
    canvas = Canvas(1, 12, paints)
    canvas.put(0, 0, "." * 12, "dots")
    canvas.write(0, 2, "梯度", "words")
    assert canvas.runs(0) == [("..", "dots"), ("梯度", "words"), ("......", "dots")]
