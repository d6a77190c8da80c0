"""`chainrule doctor`: what is wrong with a network, why, and what was seen to help."""

from __future__ import annotations

import argparse
from typing import IO

from engine.experiment.domains import Choice
from tui.commands import base
from tui.commands.base import Command
from tui.config.flags import ASCII, formats
from tui.views import doctor_json, doctor_text
from tui.views.doctor_report import examine

FORMATS = ("text", "json")
HEALTHY, NOT_HEALTHY = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options and all settings."""
    base.add_flags(parser, ASCII, formats(FORMATS))
    base.add_settings(parser)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the report; 0 for a healthy network, 1 for another."""
    experiment = base.experiment_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    report = examine(experiment)
    if name == "json":
        text = doctor_json.to_json(report)
    else:
        text = doctor_text.to_text(report, base.terminal_width(), base.glyphs_of(options, out))
    print(text, file=out, flush=True)
    return HEALTHY if report.is_healthy else NOT_HEALTHY


COMMAND = Command("doctor", execute, add_arguments, rank=20)
