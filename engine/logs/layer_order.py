"""In which order the layers of a run lie, where its log does not say so."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from engine.data.foreign_files import read_text
from engine.logs.dialects import layer_and_kind
from engine.numerics.errors import SettingError

_NUMBER = re.compile(r"([0-9]+)")


def natural(names: Iterable[str]) -> tuple[str, ...]:
    """By name, numbers in it as numbers: blocks.2 before blocks.10."""
    return tuple(sorted(names, key=_parts))


def _parts(name: str) -> tuple[list[tuple[int, int, str]], str]:
    parts = _NUMBER.split(name)
    # no int: a name may hold more digits than Python reads as one number
    return [
        (0, len(part.lstrip("0")), part.lstrip("0")) if place % 2 else (1, 0, part)
        for place, part in enumerate(parts)
    ], name


def read_order(path: Path) -> tuple[str, ...]:
    """The layers that a file names, a layer or parameter a line; raises SettingError.

    Two parameters of one layer are one name: what prints `named_parameters()` makes such a file.
    """
    lines = map(str.strip, read_text(path).splitlines())
    names = tuple(dict.fromkeys(layer_and_kind(line)[0] for line in lines if line))
    if not names:
        raise SettingError("log_order_empty", path=str(path))
    return names


def by_order(names: Collection[str], order: tuple[str, ...]) -> tuple[str, ...]:
    """Those names as they stand in the order, any that it does not have behind them."""
    known = {*order}
    return (
        *(name for name in order if name in names),
        *natural(name for name in names if name not in known),
    )


def check_order(names: Collection[str], order: tuple[str, ...]) -> None:
    """Raises SettingError unless the order has all of these names.

    It may have more: a model names its frozen parameters, too, of which nobody logs a gradient.
    """
    known = {*order}
    missing = natural(name for name in names if name not in known)
    if missing:
        raise SettingError(
            "log_order_missing", value=missing[0], allowed=order, missing=len(missing)
        )
