"""Whether a training run is about to diverge, from its loss and from how far its weights move.

Two rules, each by itself; `tests/benchmarks/early_warning.py` fixes their thresholds and says what
they are worth.

The loss: its smoothed logarithm has risen above its lowest by so many times the noise of what was
smoothed. The weights: each of the last steps moved them by more than a share of themselves, and by
more than three times what was usual. Fewer are no sign: healthy runs have such.
"""

import math
import statistics
from collections import deque
from dataclasses import dataclass

import numpy as np

from engine.logs.schema import LoggedStep
from engine.numerics.arrays import PerLayer
from engine.numerics.norms import norm

RISE = 7.5
"""Of the loss, in units of its noise."""

MOVE = 0.022
"""|W_{t+1} - W_t| / |W_t|, the root mean square over the layers, the smallest of the last MOVES."""

MOVES = 5
"""Logged steps in a row that are to move the weights so far."""

GROWN = 0.5
"""Decades by which the smallest is above the running median."""

FIRST = 20
"""Logged steps before anything is said: a start is no history."""

SMOOTHING, OF_NOISE = 0.2, 0.05
"""The weight of the newest value in the exponential means of the loss and of its noise."""

WINDOW = 100
"""Logged steps that the running median is taken of."""

LEAST_NOISE = 0.03
"""Decades that are added to the noise: a loss without any may still go up and down."""

DELAY = 5
"""Steps by which the noise is older than the loss, so that a rise does not hide itself."""


@dataclass(frozen=True)
class Signs:
    """How far both have come: `rise` in units of noise, `decades` that it is, `move` if it grows.

    nan where the log does not tell, or it does not.
    """

    rise: float = math.nan
    decades: float = math.nan
    move: float = math.nan

    def warns(self, rise: float = RISE, move: float = MOVE) -> bool:
        """Whether one of them is beyond its threshold."""
        return self.rise > rise or self.move > move


class EarlyWarning:
    """Reads one logged step after another."""

    def __init__(self) -> None:
        self._count = 0
        self._smooth: float | None = None
        self._lowest = math.inf
        self._spread = 0.0
        self._noise = deque[float](maxlen=DELAY)
        self._moves = deque[float](maxlen=WINDOW)

    def read(self, step: LoggedStep) -> Signs:
        """What that step adds; a loss that is not above 0, or not finite, tells nothing."""
        self._count += 1
        rise, decades = self._loss(step.numbers.get("loss", math.nan))
        move = self._growing(step.arrays.get("update_ratio", np.zeros(0)))
        return Signs(rise, decades, move) if self._count > FIRST else Signs()

    def _growing(self, ratios: PerLayer) -> float:
        """How far each of the last steps moved the weights, at least, where that has grown."""
        known = ratios[np.isfinite(ratios)]
        if not known.any():
            return math.nan
        with np.errstate(over="ignore", under="ignore"):
            log = math.log10(norm(known) / math.sqrt(len(known)))
        before = statistics.median(self._moves) if self._moves else math.inf
        self._moves.append(log)
        least = min(list(self._moves)[-MOVES:])
        return 10**least if least > before + GROWN else math.nan

    def _loss(self, loss: float) -> tuple[float, float]:
        if not (math.isfinite(loss) and loss > 0):
            return math.nan, math.nan
        log = math.log10(loss)
        before = log if self._smooth is None else self._smooth
        self._smooth = before + SMOOTHING * (log - before)
        self._lowest = min(self._lowest, self._smooth)
        self._spread += OF_NOISE * (abs(log - before) - self._spread)
        self._noise.append(self._spread)
        decades = self._smooth - self._lowest
        # what is left of independent noise after the smoothing; 1.25 mean deviations are a sigma
        sigma = 1.25 * self._noise[0] * math.sqrt(SMOOTHING / (2 - SMOOTHING))
        return decades / (sigma + LEAST_NOISE), decades
