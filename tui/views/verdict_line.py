"""The line that judges the run, with the training's step, or tells where the wave is."""

from rich.style import Style
from rich.text import Text

from engine import Trace
from engine.measure.product import product_down_to
from tui.charts.painter import Painter, Part, chip, empty_line
from tui.state.animations import Phase, Wave
from tui.state.scene import Scene
from tui.style.glyphs import kind_sign
from tui.style.looks import GROUND, INK, KEY, QUIET
from tui.words.language import each
from tui.words.numbers import amount, factor, ratio
from tui.words.trace import (
    AFTER_LOSS,
    PHASE_WORDS,
    aligned_layer,
    loss_text,
    of_last_gradient,
    signals_texts,
)
from tui.words.training import pace, step_text
from tui.words.verdict import badge, verdict_texts

MOST_FACTORS = 4
"""Factors of the wave's product that are written out."""


def verdict_line(painter: Painter, scene: Scene, width: int, has_word: bool = True) -> Text:
    """The step, the verdict's word on its colour, then the sentence, short where room is.

    Without the word, where that stands in large letters, the sentence alone.
    """
    trace, verdict = scene.trace, scene.verdict
    word = painter.line()
    if has_word:
        chip_text = f" {kind_sign(painter.glyphs, verdict.kind)} {badge(trace, verdict)} "
        word.append(chip_text, painter.palette.kind(verdict.kind)).append(" ")
    texts = verdict_texts(trace, verdict)
    # the speed gives way last
    for has_pace in (True, False):
        text = _training_chip(painter, scene, has_pace).append_text(word)
        for sentence in texts:
            if text.cell_len + painter.length(sentence) <= width:
                return text.append_text(painter.line((sentence, INK)))
    return text.append_text(painter.line((texts[-1], INK)))


def _training_chip(painter: Painter, scene: Scene, has_pace: bool) -> Text:
    """The step and perhaps how fast it goes on; nothing before training, or where a log has it."""
    training = None if scene.log is not None else scene.training
    if training is None or not (training.step or training.playing):
        return empty_line()
    glyphs, style = painter.glyphs, painter.palette.style
    step = step_text(training.step)
    if not training.playing:
        text = chip(f"{glyphs.pause} {step}", style(KEY, bold=True))
        return text.append(" ", style(QUIET))
    speed = training.steps_per_second
    text = chip(f"{glyphs.play} {step}", style(GROUND, KEY, bold=True))
    return text.append(f" {pace(speed)}  " if speed and has_pace else "  ", style(QUIET))


def progress_chip(painter: Painter, scene: Scene) -> Text:
    """Where the wave is, or else the training; nothing where there is neither."""
    if scene.wave.phase is Phase.DONE:
        return _training_chip(painter, scene, has_pace=False)
    return _wave_chip(painter, scene.wave).append(" ")


def _wave_chip(painter: Painter, wave: Wave) -> Text:
    sign = painter.glyphs.play if wave.playing else painter.glyphs.pause
    style = painter.palette.style(GROUND, KEY, bold=True)
    return chip(f"{sign} {PHASE_WORDS[wave.phase.value]}", style)


def wave_line(painter: Painter, trace: Trace, wave: Wave, width: int) -> Text:
    """Where the wave is and what it has gathered, as fully as there is room for."""
    text = _wave_chip(painter, wave)
    tell = {Phase.FORWARD: _forward, Phase.LOSS: _loss, Phase.BACKWARD: _product}[wave.phase]
    lines = [painter.line(*way) for way in tell(trace, wave)]
    return text.append_text(
        next((w for w in lines if text.cell_len + w.cell_len <= width), lines[-1])
    )


def _forward(trace: Trace, wave: Wave) -> list[list[Part]]:
    layer = wave.activated
    name: Part = (f"  {aligned_layer(layer, trace.depth)}", INK, True)
    return [[name, (f"  {t}", QUIET)] for t in signals_texts(trace.activation_rms[layer - 1])]


def _loss(trace: Trace, wave: Wave) -> list[list[Part]]:
    loss = loss_text(trace.ours.training.loss, trace.loss)
    return [[(f"  {loss}", INK, True), (after, QUIET)] for after in each(AFTER_LOSS)]


def _product(trace: Trace, wave: Wave) -> list[list[Part]]:
    """The chain from the last layer's gradient to the one that arrives at the layer reached."""
    totals = trace.factors.total[wave.reached :]
    so_far = amount(product_down_to(trace, wave.reached).total)
    ways: list[list[Part]] = []
    for most in range(MOST_FACTORS, 0, -1):
        chain = " ".join(ratio(float(total)) for total in totals[:most][::-1])
        dots = "… " if len(totals) > most else ""
        ways.append(
            [
                (f"  {aligned_layer(wave.reached, trace.depth)}", INK, True),
                (f"  {dots}{chain} = " if chain else "  ", QUIET),
                (so_far, INK, True),
                (of_last_gradient(trace.depth), QUIET),
            ]
        )
    return ways


def big_words(painter: Painter, scene: Scene | None) -> tuple[tuple[str, ...], Style]:
    """The word and the number of a presentation, and the word alone, with their style.

    None as long as there is nothing to tell, as of a log that has been emptied.
    """
    if scene is None:
        return (), painter.palette.style()
    if scene.wave.phase is not Phase.DONE:
        return (PHASE_WORDS[scene.wave.phase.value],), painter.palette.style(GROUND, KEY)
    verdict, step = scene.verdict, scene.verdict.factor_per_layer
    # superscripts have no large letters
    number = "" if step is None else f" ×{factor(step)}"
    word = badge(scene.trace, verdict)
    return (word + number, word), painter.palette.kind(verdict.kind)
