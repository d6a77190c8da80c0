"""The quick way from one picture's bars to the next one's, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

TRANSITION_SECONDS = 0.3

Heights = Mapping[int, float]
"""Heights of bars in rows, by the first layer of their column."""


@dataclass(frozen=True)
class Transition:
    """Bars on their way from `old` heights, `elapsed` seconds after they set out."""

    old: Heights
    elapsed: float = 0.0

    @property
    def done(self) -> bool:
        """Whether the new picture stands."""
        return self.elapsed >= TRANSITION_SECONDS

    @property
    def progress(self) -> float:
        """The share of the way that is done."""
        return self.elapsed / TRANSITION_SECONDS

    def advanced(self, seconds: float) -> Transition:
        """The transition after so many seconds."""
        return replace(self, elapsed=self.elapsed + seconds)
