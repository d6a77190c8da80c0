"""The numbers in lessons, by the names that stand for them there: computed, never typed in."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import Trace, Verdict
from tui.words.numbers import number


@dataclass(frozen=True)
class Known:
    """What a number is taken from: what is shown, and the pass with which the step began."""

    trace: Trace
    start: Trace
    verdict: Verdict
    cursor: int


def _factor(known: Known, layer: int) -> float:
    return float(known.trace.factors.total[layer - 1])


NUMBERS: dict[str, Callable[[Known], str]] = {
    "depth": lambda known: str(known.trace.depth),
    "activation": lambda known: known.trace.experiment.network.activation,
    "cursor": lambda known: str(known.cursor),
    "total": lambda known: number(_factor(known, known.cursor)),
    "phi_slope": lambda known: number(float(known.trace.factors.activation[known.cursor - 1])),
    "weight_factor": lambda known: number(float(known.trace.factors.weight[known.cursor - 1])),
    "factor_per_layer": lambda known: number(known.verdict.factor_per_layer or 1.0),
    "share_at_layer_1": lambda known: number(10 ** (known.verdict.decades or 0.0)),
}
"""What can stand in braces in a lesson."""

ANSWERS: dict[str, Callable[[Known], float]] = {
    "smallest_gradient_layer": lambda known: int(np.argmin(known.trace.output_grad_norm)) + 1,
    "factor_at_cursor": lambda known: _factor(known, known.cursor),
    "share_at_layer_1": lambda known: 10 ** (known.verdict.decades or 0.0),
}
"""What decides which answer to a question is right."""
