"""The shortest sequences that take a terminal's cursor to a cell, and its pen to a style."""

from functools import lru_cache

RESET = "\x1b[m"
INDEX = "\x1bD"
FEW_ROWS = 4
"""Further down than that a cell's own address is shorter."""
REMEMBERED = 4096
"""Changes of style whose sequence is not made again."""

_DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND = 39, 49
_UNSEEN_ON_BLANK = {22, 23, _DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND}
"""What ends bold, dim and italic, and colours: a background is seen as that of any style."""

_OFF = {
    1: 22,
    2: 22,
    3: 23,
    4: 24,
    5: 25,
    6: 25,
    7: 27,
    8: 28,
    9: 29,
    21: 24,
    51: 54,
    52: 54,
    53: 55,
    38: 39,
    48: 49,
    **dict.fromkeys((*range(30, 38), *range(90, 98)), 39),
    **dict.fromkeys((*range(40, 48), *range(100, 108)), 49),
}
"""What ends what an SGR code begins; the code of a colour of its own is followed by that colour."""

_COLOUR_PARAMETERS = {"5": 2, "2": 4}


def moved(start: tuple[int, int] | None, end: tuple[int, int]) -> str:
    """From a cell (column, row), or from nobody knows where, to a cell.

    Only what a VT100 has, too. An index goes down, at the bottom alone it scrolls; a line feed or a
    vertical tab may go to the first column as well, and some terminals show the tab.
    """
    column, row = end
    right, down = (column - start[0], row - start[1]) if start else (0, -1)
    if right > 0 == down:
        return f"\x1b[{right}C" if right > 1 else "\x1b[C"
    absolute = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"
    if not 0 <= down <= FEW_ROWS or -right > len(absolute):
        return absolute
    sideways = moved(start, (column, row - down)) if right > 0 else "\b" * -right
    return min(INDEX * down + sideways, absolute, key=len)


def colours(parameters: str) -> tuple[str, ...]:
    """Of a style: what takes the most bytes to change."""
    codes = _by_end(parameters)
    return *codes.get(_DEFAULT_FOREGROUND, ()), *codes.get(_DEFAULT_BACKGROUND, ())


def on_blank(parameters: str) -> str:
    """What is seen of a style where there is no character."""
    codes = _by_end(parameters)
    is_seen = codes.keys() - _UNSEEN_ON_BLANK
    return parameters if is_seen else ";".join(codes.get(_DEFAULT_BACKGROUND, ()))


@lru_cache(REMEMBERED)
def restyled(before: str, after: str) -> str:
    """From a style to another, both as SGR parameters that follow a reset."""
    if before == after:
        return ""
    old, new = _by_end(before), _by_end(after)
    changes: list[str] = []
    for end in dict.fromkeys((*old, *new)):
        had, has = old.get(end, ()), new.get(end, ())
        if had == has:
            continue
        is_colour = end in (_DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND)
        ends = not has if is_colour else not set(had) <= set(has)
        changes += [str(end)] if ends else []
        changes += [code for code in has if ends or is_colour or code not in had]
    return min(f"\x1b[{';'.join(changes)}m", rewritten(before, after), key=len)


def rewritten(before: str, after: str) -> str:
    """The same where what a style has can only be ended all at once: a VT100, the Linux console."""
    if before == after:
        return ""
    return f"\x1b[0;{after}m" if after else RESET


def _by_end(parameters: str) -> dict[int, tuple[str, ...]]:
    """The codes of a style by the code that ends them."""
    codes: dict[int, tuple[str, ...]] = {}
    rest = parameters.split(";") if parameters else []
    while rest:
        code = int(rest[0])
        length = 1 + _COLOUR_PARAMETERS[rest[1]] if code in (38, 48) else 1
        if code in _OFF:
            end = _OFF[code]
            codes[end] = (*codes.get(end, ()), ";".join(rest[:length]))
        rest = rest[length:]
    return codes
