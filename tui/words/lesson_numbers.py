"""The numbers in lessons, by the names that stand for them there: computed, never typed in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import Trace, Verdict
from engine.measure.product import product_down_to
from tui.words.numbers import NO_NUMBER, amount, factor, number, percent, ratio


@dataclass(frozen=True)
class Known:
    """What a number is taken from: what is shown, and the pass with which the step began."""

    trace: Trace
    start: Trace
    verdict: Verdict
    cursor: int


def _factor(known: Known, layer: int) -> float:
    return float(known.trace.factors.total[layer - 1])


def _per_layer(trace: Trace, family: str = "") -> str:
    """What a typical step does, or one family's part in it."""
    product = product_down_to(trace, 1)
    decades = product.decades.get(family, 0.0) if family else product.total
    return ratio(10 ** (decades / product.steps))


def _share(trace: Trace) -> str:
    """|g_1| / |g_L|."""
    return amount(product_down_to(trace, 1).total)


def _signal_share(trace: Trace) -> str:
    """h's rms in the last layer beside that of the first one."""
    return amount(math.log10(trace.activation_rms[-1] / trace.activation_rms[0]))


def _percent(value: float | None) -> str:
    return NO_NUMBER if value is None else percent(value)


NUMBERS: dict[str, Callable[[Known], str]] = {
    "depth": lambda known: str(known.trace.depth),
    "activation": lambda known: known.trace.experiment.network.activation,
    "cursor": lambda known: str(known.cursor),
    "total": lambda known: number(_factor(known, known.cursor)),
    "phi_slope": lambda known: number(float(known.trace.factors.activation[known.cursor - 1])),
    "weight_factor": lambda known: number(float(known.trace.factors.weight[known.cursor - 1])),
    "steps_back": lambda known: str(known.trace.depth - 1),
    "factor_per_layer": lambda known: _per_layer(known.trace),
    "slope_per_layer": lambda known: _per_layer(known.trace, "activation"),
    "norm_per_layer": lambda known: _per_layer(known.trace, "norm"),
    "weight_per_layer": lambda known: _per_layer(known.trace, "weight"),
    "share_at_layer_1": lambda known: _share(known.trace),
    "start_factor_per_layer": lambda known: _per_layer(known.start),
    "start_slope_per_layer": lambda known: _per_layer(known.start, "activation"),
    "start_weight_per_layer": lambda known: _per_layer(known.start, "weight"),
    "start_share_at_layer_1": lambda known: _share(known.start),
    "quarter_bound": lambda known: amount((known.trace.depth - 1) * math.log10(0.25)),
    "off_share": lambda known: percent(float(known.trace.off_fraction.mean())),
    "saturated_share": lambda known: percent(float(known.trace.saturated_fraction.mean())),
    "signal_share": lambda known: _signal_share(known.trace),
    "step": lambda known: str(known.trace.step),
    "loss": lambda known: factor(known.trace.loss),
    "guessing_loss": lambda known: factor(math.log(known.trace.experiment.outputs)),
    "accuracy": lambda known: _percent(known.trace.accuracy),
    "test_accuracy": lambda known: _percent(known.trace.test_accuracy),
}
"""What can stand in braces in a lesson."""

ANSWERS: dict[str, Callable[[Known], float]] = {
    "smallest_gradient_layer": lambda known: int(np.argmin(known.trace.output_grad_norm)) + 1,
    "factor_at_cursor": lambda known: _factor(known, known.cursor),
    "share_at_layer_1": lambda known: 10 ** (known.verdict.decades or 0.0),
}
"""What decides which answer to a question is right."""
