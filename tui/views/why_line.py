"""The line that says something about the last key, or why the run is as it is."""

import itertools
from collections.abc import Iterable

from rich.text import Text

from tui.charts.painter import Painter, Part
from tui.state.actions import Action
from tui.state.keys import key_label
from tui.state.metrics import is_flat_by_cancelling
from tui.state.notices import Notice, notice
from tui.state.scene import Scene
from tui.style.looks import INK, KEY, QUIET
from tui.words.causes import because_part, cause_texts
from tui.words.language import _
from tui.words.notices import notice_text, together
from tui.words.remedies import outcome_texts
from tui.words.verdict import NOT_YET_LEARNING, divergence_texts
from tui.words.views import FLAT_WEIGHT_GRADIENT


def notices_line(painter: Painter, notices: Iterable[Notice]) -> Text:
    """What the last key has to say, if anything."""
    return painter.line((together(notice_text(n.code, n.details) for n in notices), KEY))


def why_line(painter: Painter, scene: Scene, actions: tuple[Action, ...], width: int) -> Text:
    """What the last key has to say, or else which factor is guilty and what would help."""
    state, trace = scene.state, scene.trace
    # what would help answers questions of the tour, in which enter is also another key
    remedies = None if scene.is_led else scene.remedies
    is_shown = state.metric == "weight_grad" and state.view == "gradients" and not state.table
    silent = state.notices in ((), (notice("metric", metric="weight_grad"),))
    if is_shown and silent and is_flat_by_cancelling(trace):
        return painter.line((_(FLAT_WEIGHT_GRADIENT), INK))
    if state.notices:
        return notices_line(painter, state.notices)
    helps: list[list[Part]] = [[]]
    if remedies:
        key = next(key_label(a.keys[0]) for a in actions if a.id == "apply_remedy")
        told = outcome_texts(scene.verdict, remedies[0])
        helps = [[("   ", QUIET), (key, KEY, True), (f" {text}", QUIET)] for text in told]
    elif scene.log is None and scene.verdict.kind == "healthy" and not (trace.step or scene.is_led):
        key = next(key_label(a.keys[0]) for a in actions if a.id == "train")
        return painter.line((key, KEY, True), (f" {_(NOT_YET_LEARNING)}", QUIET))
    texts = cause_texts(trace, scene.verdict)
    ends = divergence_texts(trace)
    causes: list[list[Part]] = [[(because_part(), QUIET), (text, INK)] for text in texts]
    causes = [[(text, INK)] for text in ends] or causes
    # the outcome's wording gives way first, and the outcome itself last
    for some in (helps[:-1], helps[-1:]):
        for cause, help in itertools.product(causes, some):
            line = painter.line(*cause, *help)
            if line.cell_len <= width:
                return line
    lines = [painter.line(*help[1:]) for help in helps]
    return next((line for line in lines if line.cell_len <= width), lines[-1])
