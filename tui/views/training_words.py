"""What there is to say about a training run, in words."""

from __future__ import annotations

import math

from rich.text import Text

from engine.measure.probes import Probe
from tui.state.metrics import PerLayer
from tui.state.scene import TrainingScene
from tui.style.looks import GROUND, KEY, QUIET
from tui.views.lines import Writer

STILL = 1e-4
"""A layer that has moved by less than this share of itself stands still."""


def pace(steps_per_second: float) -> str:
    """Steps per second with two figures that count."""
    if steps_per_second >= 9.5:
        return f"{steps_per_second:.0f} steps/s"
    return f"{steps_per_second:.2g} steps/s"


def training_words(writer: Writer, training: TrainingScene | None) -> Text:
    """The step and how fast it goes on, as a chip before the verdict; nothing before training."""
    text = Text(no_wrap=True, overflow="ellipsis", end="")
    if training is None:
        return text
    glyphs = writer.glyphs
    if not training.playing:
        text.append(f" {glyphs.pause} step {training.step} ", writer.palette.style(KEY, bold=True))
        return text.append(" ", writer.palette.style(QUIET))
    text.append(
        f" {glyphs.play} step {training.step} ", writer.palette.style(GROUND, KEY, bold=True)
    )
    speed = training.steps_per_second
    words = f" {pace(speed)} " if speed else " "
    return text.append(f"{words} ", writer.palette.style(QUIET))


def layer_ranges(layers: list[int]) -> str:
    """Layers as ranges: 1-13, 15."""
    ranges: list[list[int]] = []
    for layer in layers:
        if ranges and layer == ranges[-1][1] + 1:
            ranges[-1][1] = layer
        else:
            ranges.append([layer, layer])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def stalled_text(displacement: PerLayer) -> str:
    """Which layers have hardly moved."""
    still = [i + 1 for i, moved in enumerate(displacement) if moved < STILL]
    if not still:
        least = float(displacement.min())
        if math.isnan(least):
            return ""
        return f"all moved, the least by {_percent(least)}"
    noun = "layer" if len(still) == 1 else "layers"
    return f"{noun} {layer_ranges(still)} moved less than {_percent(STILL)}"


def _percent(share: float) -> str:
    return f"{share * 100:.2g} %"


def probe_text(probe: Probe) -> str:
    """What the input and the last layer give, and chance."""
    first, last = probe.accuracy[0], probe.accuracy[-1]
    return f"input {first:.0%}, last {last:.0%}, chance {probe.chance:.0%}"


PROBE_NOTE = "each unit rescaled to variance 1: a layer that never learned still tells a lot"
