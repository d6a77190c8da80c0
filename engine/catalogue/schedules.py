"""The learning rate's course over the steps, as a table; each can start with a linear warm-up."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.catalogue.table import table


@dataclass(frozen=True)
class Schedule:
    """`factor(done, length)`: what multiplies eta after `done` of `length` steps.

    Both are counted from the end of the warm-up. Only a schedule that `ends` reads the length.
    """

    name: str
    formula: str
    factor: Callable[[int, int], float]
    ends: bool


def _cosine(done: int, length: int) -> float:
    return 0.5 * (1 + math.cos(math.pi * min(done / length, 1.0)))


SCHEDULES = table(
    Schedule("constant", "eta", lambda done, length: 1.0, ends=False),
    # Loshchilov & Hutter 2017, a single period; 0 from schedule_steps on
    Schedule("cosine", "eta / 2 (1 + cos(pi t / schedule_steps))", _cosine, ends=True),
)
