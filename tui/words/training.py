"""What there is to say about a training run."""

import math

import numpy as np
from numpy.typing import NDArray

from engine.measure.probes import Probe
from tui.words.language import _, later, n_
from tui.words.layers import layer_ranges
from tui.words.numbers import amount

STARTS = later("enter trains · . a step · backspace step 0")
WHOLE, HALF = "100 %", "50 %"
LOSS, ACCURACY, BATCH, TEST = later("loss"), later("accuracy"), later("batch"), later("test")
STEP = later("step")
NEXT_PICTURE = later("k next")
NOTHING_MOVED = later("no hidden W has moved")
BEGAN_AT_ZERO = later("every W began at 0: how far it has moved is no share of that")
RATE, NORM = later("learning rate"), later("norm of the whole gradient")
HEAT_SIGNS = {"g": "|g|", "weight_grad": "|∂L/∂W|", "weight_grad_rms": "∂L/∂W"}
HEAT_TITLES = (
    later("{sign} by layer over steps, coloured as the bars"),
    later("{sign} by layer over steps"),
)
CHARACTER_TITLES = (
    later("{sign} by layer over steps, . : - + # @ from low to high"),
    HEAT_TITLES[-1],
)
PROBE_NOTE = later("each unit rescaled to variance 1: a layer that never learned still tells a lot")


def step_text(step: int) -> str:
    """Where the training is."""
    return _("step {step}").format(step=step)


def pace(steps_per_second: float) -> str:
    """Steps per second with two figures that count."""
    spelled = f"{steps_per_second:.0f}" if steps_per_second >= 9.5 else f"{steps_per_second:.2g}"
    return _("{count} steps/s").format(count=spelled)


def at_step(step: int) -> str:
    """When that was so, where it is not now."""
    return _(" at {step}").format(step=step)


def stalled_text(displacement: NDArray[np.float64], still: float) -> str:
    """Which layers have moved by less than the share `still`, or the least of all that moved."""
    stalled = [i + 1 for i, moved in enumerate(displacement) if moved < still]
    if not stalled:
        least = float(displacement.min())
        if math.isnan(least):
            return ""
        return _("all moved, the least by {share}").format(share=_percent(least))
    template = n_(
        "layer {layers} moved less than {share}",
        "layers {layers} moved less than {share}",
        len(stalled),
    )
    return template.format(layers=layer_ranges(stalled), share=_percent(still))


def _percent(share: float) -> str:
    if share < 1:
        return _("{number} %").format(number=f"{share * 100:.2g}")
    return _("{amount} times its size").format(amount=amount(math.log10(share)))


def reached_text(share: float, step: int) -> str:
    """When a test accuracy was first seen."""
    return _("{share:.0%} at step {step}").format(share=share, step=step)


def mistaken_text(label: int, answer: int) -> str:
    """What a digit is, and what the network takes it for."""
    return _("{label} as a {answer}").format(label=label, answer=answer)


def probe_text(probe: Probe) -> str:
    """When it was taken, what the input and the last layer give, and chance."""
    return _("step {step}: input {first:.0%}, last {last:.0%}, chance {chance:.0%}").format(
        step=probe.step, first=probe.accuracy[0], last=probe.accuracy[-1], chance=probe.chance
    )
