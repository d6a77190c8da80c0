"""A layer's gradient against its own history, which needs no other layer to compare it with."""

import numpy as np

from engine.numerics.arrays import PerLayer

WINDOW = 50
"""Logged steps that a running median is taken of."""

LEAST = 20
"""With fewer there is no history yet."""


class History:
    """The running median of each layer's norm, in decades."""

    def __init__(self, layers: int) -> None:
        self._past = np.full((WINDOW, layers), np.nan)
        self._count = 0

    def read(self, norms: PerLayer) -> PerLayer:
        """How many decades each layer is from its median before this step; nan without one.

        What is 0 or not finite has no decades, and leaves no mark.
        """
        with np.errstate(all="ignore"):
            logs = np.log10(norms)
        logs[~np.isfinite(logs)] = np.nan
        # sorted, nan stands last
        ordered = np.sort(self._past, axis=0)
        counts = np.isfinite(ordered).sum(axis=0)
        layers = np.arange(len(logs))
        median = (ordered[(counts - 1) // 2, layers] + ordered[counts // 2, layers]) / 2
        apart = np.where(counts >= LEAST, logs - median, np.nan)
        self._past[self._count % WINDOW] = logs
        self._count += 1
        return apart
