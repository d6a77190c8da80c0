"""The lines about a log: what it is of, and where in it one is."""

from rich.text import Text

from tui.charts.painter import Painter, Part, chip
from tui.charts.time_axis import time_axis
from tui.state.log_state import LogState
from tui.state.scene import LogScene
from tui.style.looks import FAINT, GROUND, INK, KEY, QUIET
from tui.words.experiment import JOINT
from tui.words.language import _
from tui.words.log_player import (
    GONE,
    LIVE,
    clock_text,
    measured_text,
    silent_text,
    step_of_text,
    what_texts,
)

LEAST_AXIS = 12
"""Cells without which more is left out beside the axis of time."""


def log_line(painter: Painter, state: LogState, width: int) -> Text:
    """What a log is of, as far as there is room."""
    header = state.header
    if header is None:
        return painter.line((what_texts(state.path, None, state.format, 0, "header")[0], INK, True))
    words = what_texts(state.path, header.what, state.format, len(header.layers), header.order)
    while len(words) > 1 and painter.length(JOINT.join(words)) > width:
        words.pop()
    first, *others = words
    parts: list[Part] = [(first, INK, True)]
    for word in others:
        parts += [(JOINT, FAINT), (word, QUIET)]
    return painter.line(*parts)


def time_line(painter: Painter, log: LogScene, width: int) -> Text:
    """The step, the way through the log, the time, and whether anything comes."""
    before, after = _before(painter, log), _after(log)
    while before.cell_len + 2 + sum(painter.length(p[0]) for p in after) > width - LEAST_AXIS:
        if not after:
            break
        after.pop()
    end = painter.line(*after)
    cells = max(width - before.cell_len - end.cell_len - 1, LEAST_AXIS)
    axis = time_axis(painter, cells, (log.position, log.length), log.kinds, log.broken)
    return before.append(" ").append_text(axis).append_text(end)


def _before(painter: Painter, log: LogScene) -> Text:
    """Whether it plays, and the step."""
    glyphs, style = painter.glyphs, painter.palette.style
    step, last = step_of_text(log.step, log.last_step)
    if log.is_live:
        text = chip(_(LIVE), style(GROUND, KEY, bold=True))
        return text.append_text(painter.line((f" {step}", INK)))
    sign = glyphs.play if log.playing else glyphs.pause
    text = chip(sign, style(GROUND, KEY, bold=True))
    return text.append_text(painter.line((f" {step}", INK), (last, QUIET)))


def _after(log: LogScene) -> list[Part]:
    """What stands at the right, the most important first."""
    parts: list[Part] = []
    if not log.is_there:
        parts.append((f"  {_(GONE)}", KEY))
    if log.silent is not None:
        parts.append((f"  {silent_text(log.silent)}", KEY))
    if log.measured is not None:
        parts.append((f"  {measured_text(log.measured)}", QUIET))
    clock = "" if log.seconds is None else clock_text(log.seconds)
    return [*parts, *([(f"  {clock}", QUIET)] if clock else [])]
