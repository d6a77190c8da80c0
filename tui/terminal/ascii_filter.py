"""ASCII on the whole screen, the library's own borders and scrollbars included."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.style.ascii import one_to_one


class AsciiFilter(LineFilter):
    """Rewrites every line on its way to the screen."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        """The same segments in ASCII."""
        return [Segment(one_to_one(text), style, control) for text, style, control in segments]
