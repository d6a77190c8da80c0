"""The kinds of files that a screen is exported to."""

from __future__ import annotations

from tui.words.labels import label

FORMAT_WORDS: dict[str, tuple[str, str]] = {
    "svg": ("SVG", "the screen as a picture"),
    "txt": ("text", "the screen as characters"),
    "csv": ("CSV", "every measurement, a line a layer"),
    "json": ("JSON", "experiment, layers, verdict"),
    "toml": ("experiment (TOML)", "every setting; chainrule --experiment FILE opens it"),
}


def format_words(suffix: str) -> tuple[str, str]:
    """A format's title, and what such a file holds."""
    return FORMAT_WORDS.get(suffix, (label(suffix), ""))
