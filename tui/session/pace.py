"""How often something is done again."""

import math
from collections.abc import Callable


class Pace:
    """Counts the seconds since it was done last."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, -math.inf

    def is_due(self, seconds: float) -> bool:
        """Whether so many have gone by."""
        return self._clock() - self._last >= seconds

    def takes_turn(self, seconds: float, anyway: bool = False) -> bool:
        """Whether it is done now, because it is due or anyway."""
        is_done = self.is_due(seconds) or anyway
        if is_done:
            self._last = self._clock()
        return is_done
