"""The numbers in lessons, by the names that stand for them there: computed, never typed in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import Trace, Verdict, verdict
from engine.catalogue.activations import activation
from engine.measure.product import product_down_to
from engine.measure.skips import skip_angle
from engine.numerics.arrays import PerLayer
from engine.training.displacement import STILL
from tui.words.numbers import NO_NUMBER, amount, number, percent, ratio, reading


@dataclass(frozen=True)
class Known:
    """What a number is taken from: what is shown, and the pass with which the step began."""

    trace: Trace
    start: Trace
    verdict: Verdict
    cursor: int

    @property
    def at_start(self) -> "Known":
        """The same as if the step had just begun."""
        cursor = min(self.cursor, self.start.depth)
        return Known(self.start, self.start, verdict(self.start), cursor)


Value = Callable[[Known], float]
Spelled = Callable[[Known], str]

MOON = 3.844e11
"""The mean distance from the Earth to the Moon in millimetres."""

FAR = 10
"""Over so many layers the rule of thumb 0.25^10 goes."""


def _decades(known: Known) -> float:
    """log10 |g_1| / |g_L|; minus infinity where nothing arrives."""
    return product_down_to(known.trace, 1).total


def _per_layer(family: str = "") -> Value:
    """What a typical step does, or one family's part in it."""

    def mean(known: Known) -> float:
        product = product_down_to(known.trace, 1)
        if not product.steps:
            return math.nan
        decades = product.decades.get(family, 0.0) if family else product.total
        return float(10.0 ** (decades / product.steps))

    return mean


def _here(of: Callable[[Trace], PerLayer]) -> Value:
    """A layer's value, where the cursor is."""
    return lambda known: float(of(known.trace)[known.cursor - 1])


def _of_ten(family: str = "") -> Value:
    """What is left FAR layers below the last one, or one family's part in it, in decades."""

    def decades(known: Known) -> float:
        product = product_down_to(known.trace, max(known.trace.depth - FAR, 1))
        return product.decades.get(family, 0.0) if family else product.total

    return decades


def _weight_gradients(known: Known) -> float:
    """dL/dW of the first layer beside that of the last one, in decades."""
    first, last = known.trace.weight_grad_norm[[0, -1]]
    return math.log10(first / last) if first > 0 and last > 0 else math.nan


def _signal(known: Known) -> float:
    """h's rms in the last layer beside that of the first one, in decades."""
    first, last = known.trace.activation_rms[[0, -1]]
    return math.log10(last / first) if first > 0 and last > 0 else math.nan


def _at_cursor(known: Known) -> float:
    """log10 of the cursor's layer's |g| beside the last one's."""
    return product_down_to(known.trace, known.cursor).total


def _batch_accuracy(known: Known) -> float:
    return math.nan if known.trace.accuracy is None else known.trace.accuracy


def _test_accuracy(known: Known) -> float:
    """As last evaluated."""
    trace = known.trace
    known_ones = [e.accuracy for e in trace.evaluations] + [trace.test_accuracy]
    return next((found for found in reversed(known_ones) if found is not None), math.nan)


def _moved(index: int) -> Value:
    """How far a layer's weights have moved, in decades of their size."""

    def decades(known: Known) -> float:
        moved = float(known.trace.displacement[index])
        return math.log10(moved) if moved > 0 else math.nan if math.isnan(moved) else -math.inf

    return decades


def _steps_to_match(known: Known) -> float:
    """In how many steps the first layer moves as far as the last one has, in decades."""
    return _moved(-1)(known) - _moved(0)(known)


def _weight_size(known: Known) -> float:
    """The rms of a layer's weights, where the cursor is."""
    experiment, layer = known.trace.ours, known.cursor
    inputs = experiment.network.width if layer > 1 else experiment.features
    size = math.sqrt(inputs * experiment.network.width)
    return float(known.trace.weight_norm[layer - 1]) / size


def _stalled(known: Known) -> int:
    return int((known.trace.displacement < STILL).sum())


def _slope_at_4(known: Known) -> float:
    return float(activation("sigmoid").at(np.array([4.0]))[1][0])


def _whole(value: Callable[[Known], int]) -> Spelled:
    return lambda known: str(value(known))


def _spelled(value: Value, spell: Callable[[float], str]) -> Spelled:
    """Some figures of a number; what is none is called so."""

    def text(known: Known) -> str:
        found = value(known)
        return NO_NUMBER if math.isnan(found) else spell(found)

    return text


def _angle(known: Known) -> str:
    degrees = skip_angle(known.trace, known.cursor)
    return NO_NUMBER if degrees is None else f"{degrees:.0f}°"


_NOW: dict[str, Spelled] = {
    "depth": _whole(lambda known: known.trace.depth),
    "width": _whole(lambda known: known.trace.ours.network.width),
    "steps_back": _whole(lambda known: known.trace.depth - 1),
    "cursor": _whole(lambda known: known.cursor),
    "step": _whole(lambda known: known.trace.step),
    "learning_rate": lambda known: number(known.trace.ours.training.learning_rate),
    "loss": _spelled(lambda known: known.trace.loss, reading),
    "guessing_loss": _spelled(lambda known: math.log(known.trace.ours.outputs), reading),
    "accuracy": _spelled(_batch_accuracy, percent),
    "test_accuracy": _spelled(_test_accuracy, percent),
    "guessing": _spelled(lambda known: 1 / known.trace.ours.outputs, percent),
    # of the layer under the cursor
    "slope": _spelled(_here(lambda trace: trace.factors.activation), ratio),
    "weight": _spelled(_here(lambda trace: trace.factors.weight), ratio),
    "branch": _spelled(_here(lambda trace: trace.factors.branch), ratio),
    "total": _spelled(_here(lambda trace: trace.factors.total), ratio),
    "angle": _angle,
    "weight_size": _spelled(_weight_size, lambda size: f"{size:.1g}"),
    "share_at_cursor": _spelled(_at_cursor, amount),
    "saturated": _spelled(_here(lambda trace: trace.saturated_fraction), percent),
    # of all layers
    "factor_per_layer": _spelled(_per_layer(), ratio),
    "slope_per_layer": _spelled(_per_layer("activation"), ratio),
    "weight_per_layer": _spelled(_per_layer("weight"), ratio),
    "norm_per_layer": _spelled(_per_layer("norm"), ratio),
    "share_at_layer_1": _spelled(_decades, amount),
    "moon": _spelled(lambda known: _decades(known) + math.log10(MOON), amount),
    "weight_gradient_share": _spelled(_weight_gradients, amount),
    "signal_share": _spelled(_signal, amount),
    "off_share": _spelled(lambda known: float(known.trace.off_fraction.mean()), percent),
    "saturated_share": _spelled(
        lambda known: float(known.trace.saturated_fraction.mean()), percent
    ),
    "most_dead": _spelled(lambda known: float(known.trace.dead_fraction.max()), percent),
    "moved_first": _spelled(_moved(0), amount),
    "moved_last": _spelled(_moved(-1), amount),
    "steps_to_match": _spelled(_steps_to_match, amount),
    "still": lambda known: f"{100 * STILL:g}%",
    "stalled": _whole(_stalled),
    # rules of thumb
    "quarter_bound": _spelled(lambda known: (known.trace.depth - 1) * math.log10(0.25), amount),
    "quarter_of_ten": lambda known: amount(FAR * math.log10(0.25)),
    "ten": _spelled(_of_ten(), amount),
    "ten_slopes": _spelled(_of_ten("activation"), amount),
    "ten_weights": _spelled(_of_ten("weight"), amount),
    "slope_at_4": _spelled(_slope_at_4, reading),
}


def _before(text: Spelled) -> Spelled:
    return lambda known: text(known.at_start)


NUMBERS: dict[str, Spelled] = {
    **_NOW,
    **{f"start_{name}": _before(text) for name, text in _NOW.items()},
}
"""What can stand in braces in a lesson: as it is now, and with `start_` as the step began."""


def _changed_factor(known: Known) -> int:
    """1 where phi' changed, 2 where W did, 3 for both: by more than a tenth; 0 for neither."""

    def changed(family: str) -> bool:
        mean = _per_layer(family)
        return not 0.9 < mean(known) / mean(known.at_start) < 1.1

    return changed("activation") + 2 * changed("weight")


def _outcome(known: Known) -> int:
    """1 for a gradient that vanishes, 2 for one that arrives, 3 for one that explodes; else 0."""
    return {"vanishing": 1, "healthy": 2, "exploding": 3}.get(known.verdict.kind, 0)


ANSWERS: dict[str, Callable[[Known], float]] = {
    "share_at_cursor": lambda known: float(10.0 ** _at_cursor(known)),
    "moved_beside_last": lambda known: float(10.0 ** -_steps_to_match(known)),
    "most_dead_layer": lambda known: int(np.argmax(known.trace.dead_fraction)) + 1,
    "factor_at_cursor": _here(lambda trace: trace.factors.total),
    "slope_at_cursor": _here(lambda trace: trace.factors.activation),
    "factor_per_layer": _per_layer(),
    "share_at_layer_1": lambda known: float(10.0 ** _decades(known)),
    "weight_gradient_share": lambda known: float(10.0 ** _weight_gradients(known)),
    "ten_beside_quarters": lambda known: float(10.0 ** (_of_ten()(known) - FAR * math.log10(0.25))),
    "stalled": _stalled,
    "test_accuracy": _test_accuracy,
    "changed_factor": _changed_factor,
    "outcome": _outcome,
}
"""What decides which answer to a question is right."""
