"""The names that Textual gives to keys, and how a key is printed."""

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

ANSWERING_KEYS = ("left", "right", "up", "down", "enter", "1", "2", "3", "4")
"""Keys that may answer a question of the tour."""


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

_SYMBOLS = {**PUNCTUATION, "up": "↑", "down": "↓", "left": "←", "right": "→"}

# what Chinese input methods send besides the full-width form of the same character
_IDEOGRAPHIC = dict(zip("。、《》【】「」“”‘’￥—…·\u3000", ".,<>[]{}\"\"''$_^` ", strict=True))
_FULL_WIDTH, _TO_FULL_WIDTH = "！～", 0xFEE0
"""The first and the last of the full-width characters, and how far they are from ASCII."""


def ascii_twin(character: str) -> str:
    """The character on the same key without an input method; itself where there is no other."""
    if _FULL_WIDTH[0] <= character <= _FULL_WIDTH[1]:
        return chr(ord(character) - _TO_FULL_WIDTH)
    return _IDEOGRAPHIC.get(character, character)


def ascii_twins(text: str) -> str:
    """A text with the ASCII twin of each character, in its place: to search and compare."""
    return "".join(map(ascii_twin, text))


def key_label(key: str) -> str:
    """A key as it is printed on the keyboard."""
    return _SYMBOLS.get(key, key)
