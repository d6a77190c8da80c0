"""What kind of theme each is."""

from __future__ import annotations

THEME_WORDS: dict[str, str] = {
    "chainrule-dark": "for dark rooms",
    "chainrule-light": "for daylight",
    "chainrule-contrast": "high contrast, for projectors",
}


def theme_words(name: str, dark: bool) -> str:
    """What kind of theme it is."""
    return THEME_WORDS.get(name) or ("dark" if dark else "light") + ", from Textual"
