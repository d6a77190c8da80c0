"""What was pasted into a line of the app steers no terminal."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip

from tui.terminal.control_filter import ControlFilter


def test_controls_go_and_nothing_moves() -> None:
    """Of C0, C1, direction marks and halves of pairs; other text is the same object."""
    plain, hostile = Segment("gradients ×1 \xa0 日本"), Segment("a\x1b]0;x\x07\x9b\u202eb\ud800\n")
    kept, cleaned = ControlFilter().apply([plain, hostile], Color(0, 0, 0))
    assert kept.text == plain.text
    assert cleaned.text == "a]0;xb?"
    assert cell_len(cleaned.text) == cell_len(hostile.text)
    assert Strip([cleaned]).cell_length == Strip([hostile]).cell_length
