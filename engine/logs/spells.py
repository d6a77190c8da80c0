"""How long something has been so: told when it begins and when it is over, not at every step."""

import numpy as np
from numpy.typing import NDArray

CALM = 10
"""So many steps in a row without it, and it is over: what comes and goes is told once."""


class Spells:
    """Something that may be so of each of several layers, step after step."""

    def __init__(self, layers: int) -> None:
        self.since: int | None = None
        """The step at which it began, while it is so of any layer."""
        self._lasts = np.zeros(layers, bool)
        self._calm = np.zeros(layers, int)

    def read(self, step: int, is_so: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The layers where it begins with this step; `since` is None again once all is over."""
        begins = is_so & ~self._lasts
        self._calm = np.where(is_so, 0, self._calm + 1)
        self._lasts = is_so | self._lasts & (self._calm < CALM)
        if not self._lasts.any():
            self.since = None
        elif self.since is None:
            self.since = step
        return begins
