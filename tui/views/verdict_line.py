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


def verdict_line(painter: Painter, scene: Scene, width: int, has_word: bool = True) -> Text:
    """The step, the verdict's word on its colour, then the sentence, short where room is.

    Without the word, where that stands in large letters, the sentence alone.
    """
    trace, verdict = scene.trace, scene.verdict
    text = _training_chip(painter, scene.training)
    if has_word:
        word = f" {kind_sign(painter.glyphs, verdict.kind)} {badge(trace, verdict)} "
        text.append(word, painter.palette.kind(verdict.kind)).append(" ")
    room = width - len(text)
    texts = verdict_texts(trace, verdict)
    sentence = next((each for each in texts if painter.length(each) <= room), texts[-1])
    return text.append_text(painter.line((sentence, INK)))


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


def big_words(painter: Painter, scene: Scene) -> tuple[tuple[str, ...], Style]:
    """The word and the number of a presentation, and the word alone, with their style."""
    if scene.wave.phase is not Phase.DONE:
        return (PHASE_WORDS[scene.wave.phase.value],), painter.palette.style(GROUND, KEY)
    verdict, step = scene.verdict, scene.verdict.factor_per_layer
    # superscripts have no large letters
    number = "" if step is None else f" ×{factor(step)}"
    word = badge(scene.trace, verdict)
    return (word + number, word), painter.palette.kind(verdict.kind)
