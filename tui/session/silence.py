"""How long nothing has come, told so seldom that hardly anything is drawn for it."""

from collections.abc import Callable

SECONDS = (5, 10, 20, 40, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 86400)
"""Of silence, that are told."""


class Silence:
    """Counts the seconds since something came; `told` are the last of SECONDS that went by."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._heard, self.told = clock, clock(), 0.0

    def end(self) -> None:
        """Something has come."""
        self._heard = self._clock()

    def is_longer(self) -> bool:
        """Whether there is something else to tell than before: it is longer, or it is over."""
        silence, before = self._clock() - self._heard, self.told
        self.told = float(max((s for s in SECONDS if s <= silence), default=0))
        return self.told != before
