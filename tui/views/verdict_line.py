"""The line that judges the run, with the training's step, or tells where the wave is."""

import math

import numpy as np
from rich.style import Style
from rich.text import Text

from engine import Trace
from tui.charts.painter import Painter, Part, chip, empty_line
from tui.state.animations import Phase, Wave
from tui.state.scene import Scene, TrainingScene
from tui.style.glyphs import Glyphs
from tui.style.looks import GROUND, INK, KEY, QUIET
from tui.words.numbers import amount, factor, ratio
from tui.words.trace import PHASE_WORDS, aligned_layer, loss_texts, of_last_gradient, signals_text
from tui.words.training import pace, step_text
from tui.words.verdict import badge, verdict_texts

MOST_FACTORS = 4
"""Factors of the wave's product that are written out."""


def verdict_line(painter: Painter, scene: Scene, width: int) -> Text:
    """The step, the verdict's word on its colour, then the sentence, short where room is."""
    trace, verdict = scene.trace, scene.verdict
    text = _training_chip(painter, scene.training)
    word = f" {kind_sign(painter.glyphs, verdict.kind)} {badge(trace, verdict)} "
    text.append(word, painter.palette.kind(verdict.kind))
    room = width - len(text) - 1
    texts = verdict_texts(trace, verdict)
    sentence = next((each for each in texts if painter.length(each) <= room), texts[-1])
    return text.append_text(painter.line((" " + sentence, INK)))


def kind_sign(glyphs: Glyphs, kind: str) -> str:
    """The sign before a verdict's word."""
    return {
        "vanishing": glyphs.down,
        "exploding": glyphs.up,
        "healthy": glyphs.flat,
        "dead": glyphs.dead,
        "overflow": glyphs.overflow,
    }[kind]


def _training_chip(painter: Painter, training: TrainingScene | None) -> Text:
    """The step and how fast it goes on; nothing before training."""
    if training is None:
        return empty_line()
    glyphs, style = painter.glyphs, painter.palette.style
    step = step_text(training.step)
    if not training.playing:
        text = chip(f"{glyphs.pause} {step}", style(KEY, bold=True))
        return text.append(" ", style(QUIET))
    speed = training.steps_per_second
    text = chip(f"{glyphs.play} {step}", style(GROUND, KEY, bold=True))
    return text.append(f" {pace(speed)}  " if speed else "  ", style(QUIET))


def wave_line(painter: Painter, trace: Trace, wave: Wave) -> Text:
    """Where the wave is and what it has gathered."""
    sign = painter.glyphs.play if wave.playing else painter.glyphs.pause
    style = painter.palette.style(GROUND, KEY, bold=True)
    text = chip(f"{sign} {PHASE_WORDS[wave.phase.value]}", style)
    tell = {Phase.FORWARD: _forward, Phase.LOSS: _loss, Phase.BACKWARD: _product}[wave.phase]
    return text.append_text(painter.line(*tell(trace, wave)))


def _forward(trace: Trace, wave: Wave) -> list[Part]:
    layer = wave.activated
    signals = signals_text(trace.activation_rms[layer - 1])
    return [(f"  {aligned_layer(layer, trace.depth)}", INK, True), (f"  {signals}", QUIET)]


def _loss(trace: Trace, wave: Wave) -> list[Part]:
    loss, what_follows = loss_texts(trace.experiment.training.loss, trace.loss)
    return [(f"  {loss}", INK, True), (what_follows, QUIET)]


def _product(trace: Trace, wave: Wave) -> list[Part]:
    """The chain from the last layer's gradient down through the layer that is reached."""
    totals = trace.factors.total[wave.reached - 1 :]
    with np.errstate(all="ignore"):
        decades = float(np.log10(totals).sum())
    so_far = amount(decades) if math.isfinite(decades) else factor(float(totals.prod()))
    chain = " ".join(ratio(float(total)) for total in totals[:MOST_FACTORS][::-1])
    dots = "… " if len(totals) > MOST_FACTORS else ""
    return [
        (f"  {aligned_layer(wave.reached, trace.depth)}", INK, True),
        (f"  {dots}{chain} = ", QUIET),
        (so_far, INK, True),
        (of_last_gradient(trace.depth), QUIET),
    ]


def big_words(painter: Painter, scene: Scene | None) -> tuple[str, str, Style, Style]:
    """The word and the number of a presentation, with their styles."""
    style = painter.palette.style
    if scene is None:
        return "", "", style(INK), style(INK)
    if scene.wave.phase is not Phase.DONE:
        word = PHASE_WORDS[scene.wave.phase.value]
        return word, "", style(GROUND, KEY), style(INK)
    verdict = scene.verdict
    step = verdict.factor_per_layer
    number = ratio(step) if step is not None and verdict.decades is not None else ""
    return badge(scene.trace, verdict), number, painter.palette.kind(verdict.kind), style(INK)
