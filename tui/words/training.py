"""What there is to say about a training run."""

import math

import numpy as np
from numpy.typing import NDArray

from engine.measure.probes import Probe
from tui.words.layers import layer_ranges
from tui.words.numbers import amount

STARTS = "enter trains · . a step · backspace step 0"
WHOLE, HALF = "100 %", "50 %"
LOSS, ACCURACY, BATCH, TEST = "loss", "accuracy", "batch", "test"
STEP = "step"
NEXT_PICTURE = "k next"
NOTHING_MOVED = "no hidden W has moved"
BEGAN_AT_ZERO = "every W began at 0: how far it has moved is no share of that"
HEAT_TITLES = "|g| by layer over steps, coloured as the bars", "|g| by layer over steps"
CHARACTER_TITLES = "|g| by layer over steps, . : - + # @ from low to high", HEAT_TITLES[-1]
PROBE_NOTE = "each unit rescaled to variance 1: a layer that never learned still tells a lot"


def step_text(step: int) -> str:
    """Where the training is."""
    return f"step {step}"


def pace(steps_per_second: float) -> str:
    """Steps per second with two figures that count."""
    if steps_per_second >= 9.5:
        return f"{steps_per_second:.0f} steps/s"
    return f"{steps_per_second:.2g} steps/s"


def at_step(step: int) -> str:
    """When that was so, where it is not now."""
    return f" at {step}"


def stalled_text(displacement: NDArray[np.float64], still: float) -> str:
    """Which layers have moved by less than the share `still`, or the least of all that moved."""
    stalled = [i + 1 for i, moved in enumerate(displacement) if moved < still]
    if not stalled:
        least = float(displacement.min())
        return "" if math.isnan(least) else f"all moved, the least by {_percent(least)}"
    noun = "layer" if len(stalled) == 1 else "layers"
    return f"{noun} {layer_ranges(stalled)} moved less than {_percent(still)}"


def _percent(share: float) -> str:
    if share < 1:
        return f"{share * 100:.2g} %"
    return f"{amount(math.log10(share))} times its size"


def reached_text(share: float, step: int) -> str:
    """When a test accuracy was first seen."""
    return f"{share:.0%} at step {step}"


def mistaken_text(label: int, answer: int) -> str:
    """What a digit is, and what the network takes it for."""
    return f"{label} as a {answer}"


def probe_text(probe: Probe) -> str:
    """When it was taken, what the input and the last layer give, and chance."""
    first, last = probe.accuracy[0], probe.accuracy[-1]
    accuracy = f"input {first:.0%}, last {last:.0%}, chance {probe.chance:.0%}"
    return f"{step_text(probe.step)}: {accuracy}"
