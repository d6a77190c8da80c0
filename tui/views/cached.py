"""The last value that was made, for as long as what it was made from stays the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cached(Generic[T]):
    """Keeps one value and what it was made from, which has therefore an identity of its own."""

    def __init__(self) -> None:
        self._sources: tuple[object, ...] = ()
        self._settings: object = None
        self._values: list[T] = []

    def get(self, sources: tuple[object, ...], settings: object, make: Callable[[], T]) -> T:
        """The value; made anew for other sources (by identity) or settings (by equality)."""
        old = self._sources
        same = len(old) == len(sources) and all(a is b for a, b in zip(old, sources, strict=True))
        if not self._values or not same or settings != self._settings:
            self._values = [make()]
            self._sources, self._settings = sources, settings
        return self._values[0]
