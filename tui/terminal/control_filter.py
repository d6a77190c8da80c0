"""No control character reaches the terminal as text: one that was pasted into a line, say."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
_SURROGATES = range(0xD800, 0xE000)

# what Textual counts as no cell goes, a surrogate counts as one
_HARMLESS: dict[int, str | None] = {
    **dict.fromkeys((*range(32), *range(0x7F, 0xA0), *_DIRECTIONS)),
    **dict.fromkeys(_SURROGATES, "?"),
}


class ControlFilter(LineFilter):
    """Rewrites lines on their way to the screen, so that nothing in them moves."""

    def apply(self, segments: Sequence[Segment], background: Color) -> list[Segment]:
        """The same segments without what would steer the terminal, turn the text or not encode."""
        return [
            segment
            if segment.text.isprintable()
            else Segment(segment.text.translate(_HARMLESS), segment.style, segment.control)
            for segment in segments
        ]
