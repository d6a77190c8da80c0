"""The names that Textual gives to keys."""

from __future__ import annotations

import unicodedata

_SHORTER = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters whose name in Textual is not the Unicode name."""

MODIFIERS = ("ctrl", "shift", "alt", "super")
NAMED = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("tab", "enter", "escape", "space", "backspace"),
    *(f"f{number}" for number in range(1, 25)),
)
"""Keys that are no characters."""


def character_name(character: str) -> str:
    """Textual's name of the key that types a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


PUNCTUATION: dict[str, str] = {
    character_name(chr(code)): chr(code) for code in range(33, 127) if not chr(code).isalnum()
}
"""The printable ASCII characters that are neither letters nor digits, by name."""
