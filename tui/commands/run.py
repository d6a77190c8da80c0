"""`chainrule run`: one Trace as text, JSON or CSV."""

from __future__ import annotations

import argparse
from typing import IO

from engine import run
from engine.diagnosis.remedies import remedies
from engine.experiment.domains import Choice
from tui.commands.base import (
    Command,
    add_flags,
    add_settings,
    experiment_of,
    glyphs_of,
    steps_of,
    terminal_width,
)
from tui.config.flags import ASCII, STEPS, formats
from tui.views import trace_csv, trace_json, trace_text
from tui.views.doctor_report import TRIAL_SECONDS

FORMATS = ("text", "json", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options and all settings."""
    add_flags(parser, ASCII, STEPS, formats(FORMATS))
    add_settings(parser)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the pass."""
    experiment = experiment_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    steps = steps_of(options)
    trace = run(experiment, steps, evaluates=True)
    if name == "text":
        text = trace_text.to_text(trace, terminal_width(), glyphs_of(options, out))
    elif name == "json":
        text = trace_json.to_json(trace, remedies(trace, TRIAL_SECONDS))
    else:
        text = trace_csv.to_csv(trace)
    print(text, file=out, flush=True)
    return 0


COMMAND = Command("run", execute, add_arguments, rank=10)
