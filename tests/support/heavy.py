"""Which cases of a parametrised test run every time, and which only in the heavy suite."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def cases(values: Iterable[Any], ordinary: Callable[[Any], object]) -> list[Any]:
    """All of them for `parametrize`; those that are not ordinary are heavy."""
    return [
        value if ordinary(value) else pytest.param(*arguments(value), marks=pytest.mark.heavy)
        for value in values
    ]


def arguments(value: Any) -> tuple[Any, ...]:
    """A case's arguments: a tuple holds one for each name, anything else is the only one."""
    return value if isinstance(value, tuple) else (value,)
