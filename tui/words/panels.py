"""The lists beside the chart, and the screens over it."""

from __future__ import annotations

LOOK_HINT = "↑↓ look  enter take  esc back"
SETTINGS_TITLE, SETTINGS_HINT = "settings", "←→ change  enter type  esc close"

COPIED = "Copied. This opens the same screen anywhere:"
CLOSES = "esc closes"
DIAGNOSIS_TITLE = "Diagnosis   (↑↓ scroll, esc closes)"

SEARCH = "/ searches the keys"
HELP_FOOT = "↑↓ scroll, esc closes   mouse: click bars and hints, wheel: cursor"
NOTHING_MATCHES = "nothing matches"

NUMBER_LABEL = "per layer, on the way to the input"
"""What the number of a presentation is."""


def too_small_text(width: int, height: int, least_width: int, least_height: int) -> str:
    """How large the terminal is, and how large it has to be."""
    return f"have {width}x{height}, need {least_width}x{least_height}"
