"""A race's result as text and as JSON."""

from typing import Any

import numpy as np

from engine.measure.trace import GOOD
from tui.state.axis import fitted
from tui.state.metrics import METRICS
from tui.state.race import NAMES, Pair, RaceScene, RaceState, Shown
from tui.state.scene import Room
from tui.style.glyphs import Glyphs
from tui.style.palette import Palette
from tui.views import json_values
from tui.views.race import RaceView
from tui.views.trace_records import record
from tui.words.language import ENGLISH, speaking

MIN_WIDTH, ROWS = 60, 26


def to_text(pair: Pair, shown: Shown, width: int, glyphs: Glyphs) -> str:
    """The picture of both in plain characters, `width` at most."""
    state = RaceState(pair)
    values = [METRICS[state.metric].values(trace) for trace in shown.traces]
    scene = RaceScene(state, shown, axis=fitted(np.concatenate(values).tolist()))
    view = RaceView(glyphs, Palette(coloured=False))
    room = Room(max(width, MIN_WIDTH), ROWS)
    rows = [strip.text.rstrip() for strip in view.strips(scene, room)]
    return "\n".join([*rows, view.lines.told(scene, room.width).plain.rstrip()])


@speaking(ENGLISH)
def to_json(shown: Shown) -> str:
    """Who is ahead and by what, and each run as `chainrule run --format json` has it."""
    found, comparison = shown.lead, shown.comparison
    runs: dict[str, Any] = {
        name: record(trace, verdict)
        for name, trace, verdict in zip(NAMES, shown.traces, shown.verdicts, strict=True)
    }
    return json_values.to_json(
        {
            "step": shown.step,
            "same_batches": comparison.same_batches,
            "same_test_set": comparison.same_test,
            "same_loss": comparison.same_loss,
            "differs": comparison.differs,
            "lead": {
                "by": found.standing.value,
                "ahead": None if found.ahead is None else NAMES[found.ahead],
                "step": found.step,
                "values": None
                if found.values is None
                else dict(zip(NAMES, found.values, strict=True)),
            },
            "milestone": {
                "test_accuracy": GOOD,
                "steps": {n: t.milestone for n, t in zip(NAMES, shown.traces, strict=True)},
            },
            "runs": runs,
        }
    )
