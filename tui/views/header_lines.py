"""The lines over the view: tabs with the run's numbers, and the experiment."""

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from engine import Experiment, Trace
from tui.charts.painter import Painter, Part
from tui.state.log_state import LogState
from tui.state.screen_state import ScreenState
from tui.state.state import State
from tui.state.views import VIEWS
from tui.style.looks import FAINT, GHOST, INK, QUIET, TAB
from tui.views.log_lines import log_line
from tui.words.experiment import (
    JOINT,
    PINNED,
    SAME_AS_PINNED,
    differences,
    experiment_words,
    more_differences,
)
from tui.words.language import _, each
from tui.words.trace import run_numbers
from tui.words.views import view_words

PROGRAM = "chainrule"

GAP = 2
"""Cells at least between what is on the left of a line and what is on its right."""

BETWEEN = "   "
"""What stands between an experiment and its differences from a pinned run."""


def header_line(painter: Painter, state: ScreenState, trace: Trace | None, width: int) -> Text:
    """The title and the views' tabs, then loss and accuracy where there is room."""
    text = painter.line((PROGRAM, INK, True), (" ", QUIET))
    titles = {view: view_words(view)[0] for view in VIEWS}
    tabs = sum(cell_len(titles[view]) + len(key) + 3 for view, key in VIEWS.items())
    has_room = text.cell_len + tabs <= width
    style = painter.palette.style
    for view, key in VIEWS.items():
        is_shown = view == state.view
        title = f" {titles[view]}" if has_room or is_shown else ""
        look = style(INK, TAB, bold=True) if is_shown else style(QUIET)
        click = Style(meta={"@click": f"app.apply('view_{view}')"})
        text.append(f" {key}{title} ", look + click)
    # the training view has these numbers at its curves, of a newer step while it plays
    tells_itself = state.view == "training" and not state.table
    lines = [
        painter.line((f"  {name} ", QUIET), (value, INK))
        for name, value in ([] if trace is None or tells_itself else run_numbers(trace))
    ]
    used = text.cell_len + 1
    for line in lines:
        used += line.cell_len
        if used <= width:
            text.append_text(line)
    return text


def caption_line(
    painter: Painter, named: list[Part], marks: list[Part], hint: Text, width: int
) -> Text:
    """What is drawn on the left; on the right marks over it and a hint, as far as there is room."""
    text, right = painter.line(*named), painter.line(*marks).append_text(hint)
    while marks and text.cell_len + GAP + right.cell_len > width:
        right = painter.line(*marks)
        marks = marks[1:]
    right.rstrip()
    return text if text.cell_len + GAP + right.cell_len > width else spread(text, right, width)


def spread(text: Text, right: Text, width: int) -> Text:
    """A line with something at its right end."""
    return text.append(" " * (width - text.cell_len - right.cell_len)).append_text(right)


def subject_line(painter: Painter, state: ScreenState, trace: Trace | None, width: int) -> Text:
    """What is shown: the experiment that is set, or that of a Trace beside the pinned one."""
    if isinstance(state, LogState) and (trace is None or trace.experiment is None):
        return log_line(painter, state, width)
    if trace is None and isinstance(state, State):
        return experiment_line(painter, state.experiment, width)
    if trace is None or trace.experiment is None:
        return painter.line()
    if state.pinned is None:
        return experiment_line(painter, trace.experiment, width)
    return comparison_line(painter, state.pinned, trace, width)


def experiment_line(painter: Painter, experiment: Experiment, width: int) -> Text:
    """The experiment, its first words brightest; what it lacks is left out first."""
    words = experiment_words(experiment)
    while painter.length(JOINT.join(word.text for word in words)) > width and len(words) > 2:
        lacking = [word for word in words if word.is_absent]
        small = [word for word in words[2:] if not word.is_remedy]
        words.remove((lacking or small or words)[-1])
    first, size, *others = words
    parts: list[Part] = [(first.text, INK, True), (JOINT, FAINT), (size.text, INK)]
    for word in others:
        parts += [(JOINT, FAINT), (word.text, FAINT if word.is_absent else QUIET)]
    return painter.line(*parts)


def comparison_line(painter: Painter, pinned: Trace, shown: Trace, width: int) -> Text:
    """What is shown, as far as there is room, and by what it differs from the pinned run."""
    least = experiment_line(painter, shown.ours, 0).cell_len + len(BETWEEN)
    changes = _changes(painter, pinned, shown, width - least)
    room = width - changes.cell_len - len(BETWEEN)
    return experiment_line(painter, shown.ours, room).append(BETWEEN).append_text(changes)


def _changes(painter: Painter, pinned: Trace, shown: Trace, width: int) -> Text:
    """Only what differs, as far as there is room; the word gives way first."""
    found = differences(pinned, shown)
    whole = JOINT.join(f"{name} {before} → {after}" for name, before, after in found)
    sign = painter.glyphs.ghost * 2
    chip = f"{sign} {_(PINNED)}  "
    if painter.length(chip + (whole or _(SAME_AS_PINNED[0]))) > width:
        chip = f"{sign} "
    parts: list[Part] = [(chip, GHOST, True)]
    if not found:
        fitting = (text for text in each(SAME_AS_PINNED) if painter.length(chip + text) <= width)
        return painter.line(*parts, (next(fitting, ""), QUIET))
    left = width - painter.length(chip)
    for index, (name, before, after) in enumerate(found):
        more = JOINT + more_differences(len(found) - index)
        change = f"{JOINT if index else ''}{name} {before} → "
        left -= painter.length(change + after)
        if left < (painter.length(more) if index + 1 < len(found) else 0):
            return painter.line(*parts, (more, FAINT))
        parts += [(change, QUIET), (after, INK, True)]
    return painter.line(*parts)
