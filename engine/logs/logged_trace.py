"""The Trace that a logged step stands for: whoever wrote it, it can be shown and judged."""

from typing import Any

import numpy as np

from engine.logs.schema import ARRAYS, FACTORS, FLAGS, MEASURES, Header, LoggedStep
from engine.measure.trace import Factors, Trace
from engine.network.parameters import has_skip
from engine.numerics.arrays import PerLayer, frozen

_NUMBERS = "loss", "learning_rate", "gradient_norm", "clipped_gradient_norm", "input_grad_norm"
"""Those of a Trace that are always numbers; nan where a log does not have them."""

_PERHAPS = "accuracy", "test_loss", "test_accuracy"
"""Those that a Trace may do without."""

_OF_BACKWARD = ("output_grad_norm", "delta_norm", "weight_grad_norm")


def trace_of(header: Header, step: LoggedStep) -> Trace:
    """What was measured at that step; what the log does not have is nan or False, and `absent`.

    The experiment is the header's, where it is one of ours that is valid here. A log without layers
    has one of which nothing is known.
    """
    depth, experiment = max(len(header.layers), 1), header.ours
    nothing, never = frozen(np.full(depth, np.nan)), frozen(np.zeros(depth, bool))
    numbered = tuple(str(number) for number in range(1, depth + 1))
    named = None if header.layers in ((), numbered) else header.layers
    measured: dict[str, Any] = {
        **{name: step.numbers.get(name, np.nan) for name in _NUMBERS},
        **{name: step.numbers.get(name) for name in _PERHAPS},
        **{name: _measured(name, step.arrays.get(name, nothing)) for name in MEASURES},
        **{name: frozen(step.arrays.get(name, never) == 1) for name in FLAGS},
    }
    by_element = _by_element(header, step)
    absent = {*_NUMBERS, *ARRAYS} - {*step.arrays, *step.numbers}
    return Trace(
        experiment=experiment,
        step=step.step,
        **measured,
        factors=Factors(**{name: step.arrays.get(f"factors.{name}", nothing) for name in FACTORS}),
        has_skip=never if experiment is None else frozen(np.array(has_skip(experiment))),
        first_nonfinite_layer=_first_nonfinite(step),
        first_underflow_layer=step.first_underflow_layer,
        names=named,
        weight_grad_rms=by_element,
        absent=frozenset(absent | ({"weight_grad_rms"} if by_element is None else set())),
    )


def _measured(name: str, values: PerLayer) -> PerLayer:
    """A measure; nan where it is below 0, as no norm, ratio or fraction is."""
    if name == "gradient_cosine" or not (values < 0).any():
        return values
    return frozen(np.where(values < 0, np.nan, values))


def _by_element(header: Header, step: LoggedStep) -> PerLayer | None:
    """|dL/dW| over the root of the number of weights, where the log knows both.

    Biases count as weights unless they have a norm of their own.
    """
    norms = step.arrays.get("weight_grad_norm")
    norms = None if norms is None else _measured("weight_grad_norm", norms)
    counted = [
        parameter
        for parameter in header.parameters
        if "bias_grad_norm" not in step.arrays or not parameter.name.endswith("bias")
    ]
    sizes = np.zeros(len(header.layers))
    np.add.at(sizes, [parameter.layer - 1 for parameter in counted], [p.elements for p in counted])
    if norms is None or not sizes.any():
        return None
    with np.errstate(all="ignore"):
        return frozen(np.where(sizes > 0, norms / np.sqrt(sizes), np.nan))


def _first_nonfinite(step: LoggedStep) -> int | None:
    """As the log says, or else the layer nearest the output where a gradient is no number."""
    if step.first_nonfinite_layer is not None:
        return step.first_nonfinite_layer
    for name in _OF_BACKWARD:
        if name in step.nonfinite and name in step.arrays:
            return int(np.flatnonzero(~np.isfinite(step.arrays[name]))[-1]) + 1
    return None
