"""What the numbers of one logged step show by themselves."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.diagnosis.verdict import Verdict, verdict
from engine.logs.logged_trace import trace_of
from engine.logs.schema import Header, LoggedStep

G = "output_grad_norm"

NORMS = ("weight_grad_norm", G, "delta_norm")
"""Gradients a layer: 0 in any of them is told."""

FORWARD = ("weight_norm", "preactivation_rms", "activation_rms")
BACKWARD = (*NORMS, "bias_grad_norm", "delta_rms")
GRADIENTS = ("gradient_norm", "clipped_gradient_norm", "input_grad_norm")


class NotFinite(NamedTuple):
    """The first field with a value that is not finite, and the layer where that began, if known."""

    metric: str
    layer: int | None


def not_finite(step: LoggedStep) -> NotFinite | None:
    """What is not finite; the gradients of a skipped step, which moved nothing, may be so."""
    fields = ("loss", *FORWARD, *(() if step.skipped else (*BACKWARD, *GRADIENTS)))
    metric = next((name for name in fields if name in step.nonfinite), None)
    return None if metric is None else NotFinite(metric, step.first_nonfinite_layer or where(step))


def where(step: LoggedStep) -> int | None:
    """In which layer it began: forward from the input, or else backward from the output."""
    forward = _marked(step, FORWARD)
    if forward.any():
        return int(np.argmax(forward)) + 1
    backward = _marked(step, BACKWARD)
    comes_from_loss = backward.all() and not math.isfinite(step.numbers.get("loss", math.nan))
    if not backward.any() or comes_from_loss:
        return None
    return int(np.flatnonzero(backward)[-1]) + 1


def _marked(step: LoggedStep, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """The layers with a value that is not finite in one of those fields."""
    found = [~np.isfinite(step.arrays[name]) for name in names if name in step.nonfinite]
    return np.any(found, axis=0) if found else np.zeros(0, bool)


def exactly_zero(step: LoggedStep) -> NDArray[np.bool_] | None:
    """The layers with a gradient of exactly 0; None where the step has no gradients."""
    found = [step.arrays[name] == 0 for name in NORMS if name in step.arrays]
    return np.any(found, axis=0) if found else None


def judged(header: Header, step: LoggedStep) -> Verdict | None:
    """The verdict on a step that can carry one: it has a g for every layer."""
    g = step.arrays.get(G)
    is_finite = g is not None and bool(np.isfinite(g).all())
    if g is None or (step.skipped and not is_finite) or (g < 0).any():
        # no norm is below 0
        return None
    found = verdict(trace_of(header, step))
    if is_finite or found.kind == "overflow":
        return found
    return Verdict("overflow", None, None, None, where(step)) if G in step.nonfinite else None
