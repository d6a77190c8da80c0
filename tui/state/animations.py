"""What moves, as frozen values advanced by seconds: the wave, and bars between two pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

FORWARD_SECONDS = 0.9
LOSS_SECONDS = 0.3
BACKWARD_SECONDS = 1.6


class Phase(Enum):
    """Which part of a pass the wave is in."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    DONE = "done"


@dataclass(frozen=True)
class Wave:
    """A full pass through `depth` layers, played slowly.

    `position` counts steps: one a layer forward, one for the loss, one a layer backward. A wave
    that is `held` has not set out yet, and leaves the cursor where it is.
    """

    depth: int
    position: float = 0.0
    playing: bool = True
    held: bool = False

    @property
    def end(self) -> int:
        """The position at which everything is shown."""
        return 2 * self.depth + 1

    @property
    def phase(self) -> Phase:
        """The part of the pass."""
        if self.position >= self.end:
            return Phase.DONE
        if self.position >= self.depth + 1:
            return Phase.BACKWARD
        return Phase.LOSS if self.position >= self.depth else Phase.FORWARD

    @property
    def leads(self) -> bool:
        """Whether it is under way, and the cursor with it."""
        return self.phase is not Phase.DONE and not self.held

    @property
    def activated(self) -> int:
        """The last layer that the forward pass has reached."""
        return min(math.floor(self.position) + 1, self.depth)

    @property
    def reached(self) -> int:
        """The layer that the backward pass has come down to; depth + 1 before it starts."""
        return min(max(self.end - math.floor(self.position), 1), self.depth + 1)

    @property
    def layer(self) -> int:
        """Where it is."""
        return self.activated if self.phase is Phase.FORWARD else min(self.reached, self.depth)

    def advanced(self, seconds: float) -> Wave:
        """The wave after so many seconds of playing."""
        position, left = self.position, seconds
        for stop, rate in (
            (self.depth, self.depth / FORWARD_SECONDS),
            (self.depth + 1, 1 / LOSS_SECONDS),
            (self.end, self.depth / BACKWARD_SECONDS),
        ):
            if position < stop:
                step = min(left * rate, stop - position)
                position += step
                left -= step / rate
        return replace(self, position=position)

    def stepped(self, step: int) -> Wave:
        """The paused wave one layer on (+1) or back (-1)."""
        whole = math.floor(self.position) + 1 if step > 0 else math.ceil(self.position) - 1
        position = float(min(max(whole, 0), self.end))
        return replace(self, position=position, playing=False, held=False)


def finished_wave(depth: int) -> Wave:
    """A wave that has run through."""
    return Wave(depth, position=2.0 * depth + 1, playing=False)


def held_wave(depth: int) -> Wave:
    """A wave that waits at the output, with the way back before it."""
    return Wave(depth, position=depth + 1.0, playing=False, held=True)


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
