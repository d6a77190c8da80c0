"""ASCII in place of other characters, for terminals and streams that know no more."""

import re

from tui.style.cells import clusters

_ALIKE = {
    "-": "─━▔▁┄╌–—‾−",
    "|": "│┃▏▎▕▌▐╷╵",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯",
    "#": "█▇▆▅▄▃▂▀▊▋▉▍▓▒■",
    ":": "░⋮",
    "<": "←◀≤↵",
    ">": "→▶",
    "^": "↑▲",
    "v": "↓▼",
    "*": "●•◆⋅",
    "c": "◇",
    "=": "‖",
    "o": "○°",
    ".": "…·˙",
    "x": "×",
    "f": "φ",
    "d": "δ∂",
    "s": "σ",
    "X": "χ",
    "n": "η",
    "k": "ξ",
    "V": "√",
    "p": "π",
    "P": "∏",
    "~": "∞≈",
    '"': "“”",
    "'": "‘’′",
}
_SUPERSCRIPTS = dict(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True))
_SUPERSCRIPT = f"[{''.join(_SUPERSCRIPTS)}]+"
_POWER_OF_TEN = re.compile(rf"(?<![\d.])10({_SUPERSCRIPT})")
_MANTISSA = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?) × 1e")
_EXPONENT = re.compile(_SUPERSCRIPT)
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₙₗ", "0123456789nl", strict=True))
_INDEX = re.compile(f"[{''.join(_SUBSCRIPTS)}]+")
_ONE_TO_ONE = {character: plain for plain, many in _ALIKE.items() for character in many}
_LONGER = {
    "φ": "phi",
    "δ": "delta",
    "·": "-",
    "→": "->",
    "←": "<-",
    "∏": "prod",
    "…": "...",
    "η": "eta",
    "ξ": "xi",
    "χ": "chi",
    "σ": "sigma",
    "π": "pi",
    "√": "sqrt",
    "∞": "inf",
    "°": " degrees",
    "≤": "<=",
    "↵": "enter",
}
"""In sentences, which have room for more than one character."""

_CELLS = str.maketrans({**_ONE_TO_ONE, **_SUPERSCRIPTS, **_SUBSCRIPTS})
_SENTENCES = _CELLS | str.maketrans(_LONGER)


def spelled(text: str) -> str:
    """A sentence in ASCII; 9 × 10⁻¹³ becomes 9e-13, 10⁻¹² 1e-12, x² x^2, and g₂₀ g_20."""
    if text.isascii():
        return text
    text = _MANTISSA.sub(r"\1e", _powers_of_ten(text))
    text = _EXPONENT.sub(r"^\g<0>", text)
    text = _INDEX.sub(r"_\g<0>", text)
    return text.translate(_SENTENCES).encode("ascii", "replace").decode()


def one_to_one(text: str) -> str:
    """Text in ASCII, a character for each cell, so that nothing moves."""
    if text.isascii():
        return text
    text = _powers_of_ten(text).translate(_CELLS)
    if text.isascii():
        return text
    return "".join(part if part.isascii() else "?" * cells for part, cells in clusters(text))


def _powers_of_ten(text: str) -> str:
    return _POWER_OF_TEN.sub(lambda match: "1e" + match[1].translate(_CELLS), text)
