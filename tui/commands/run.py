"""`chainrule run`: one Trace as text, JSON or CSV."""

import argparse
from functools import cache
from typing import IO

from engine import run
from engine.diagnosis.remedies import remedies
from engine.diagnosis.removal import confirm
from engine.experiment.domains import Choice
from tui.commands import base
from tui.commands.base import Command
from tui.config.flags import STEPS, formats
from tui.views import trace_records

FORMATS = ("text", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options and all settings."""
    base.add_glyphs(parser)
    base.add_flags(parser, formats(FORMATS))
    base.add_settings(parser, STEPS)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the pass."""
    experiment = base.experiment_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    steps = base.steps_of(options)
    trace = run(experiment, steps, evaluates=True)
    if name == "text":
        # draws as the screen does: numbers alone load no Textual
        from tui.views import trace_text

        width, glyphs = base.terminal_width(), base.glyphs_of(options, out)
        # the app's own option, where it is not on a terminal
        metric = getattr(options, "metric", "g")
        text = trace_text.to_text(trace, confirm(trace), width, glyphs, metric)
    elif name == "json":
        measure = cache(run)
        found, helpful = confirm(trace, measure), remedies(trace, measure=measure)
        text = trace_records.to_json(trace, found, helpful)
    else:
        text = trace_records.to_csv(trace)
    base.put(text, out)
    return 0


COMMAND = Command("run", execute, add_arguments, rank=10)
