"""ASCII in place of other characters, for terminals and streams that know no more."""

_ALIKE = {
    "-": "─━▔▁┄╌–—",
    "|": "│┃▏▎▕▌▐╷╵",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯",
    "#": "█▇▆▅▄▃▂▀▊▋▉▍▓▒",
    ":": "░",
    "<": "←◀",
    ">": "→▶",
    "^": "↑▲",
    "v": "↓▼",
    "*": "●•◆",
    "o": "○",
    ".": "…·",
    "x": "×",
    "f": "φ",
    "d": "δ∂",
    "s": "σ",
    "X": "χ",
    "1": "₁",
    "2": "²",
}
_ONE_TO_ONE = {character: plain for plain, many in _ALIKE.items() for character in many}
_LONGER = {
    "φ": "phi",
    "δ": "delta",
    "·": "-",
    "→": "->",
    "←": "<-",
    "∏": "prod ",
    "…": "...",
    "η": "eta",
    "ξ": "xi",
    "χ": "chi",
    "σ": "sigma",
    "²": "^2",
    "∞": "inf",
    "₁": "_1",
    "⁻": "^-",
}
"""In sentences, which have room for more than one character."""

_CELLS = str.maketrans(_ONE_TO_ONE)
_SENTENCES = str.maketrans({**_ONE_TO_ONE, **_LONGER})


def spelled(text: str) -> str:
    """A sentence in ASCII."""
    return text.translate(_SENTENCES).encode("ascii", "replace").decode()


def one_to_one(text: str) -> str:
    """Text in ASCII, a character for each character, so that nothing moves."""
    if text.isascii():
        return text
    return text.translate(_CELLS).encode("ascii", "replace").decode()
