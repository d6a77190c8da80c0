"""`chainrule doctor`: what is wrong with a network, why, and what was seen to help."""

import argparse
from dataclasses import replace
from functools import cache
from typing import IO

from engine import Experiment, run
from engine.diagnosis.diagnosis import diagnose
from engine.diagnosis.remedies import TRIAL_SECONDS, all_fit, remedies
from engine.diagnosis.removal import confirm
from engine.experiment.domains import Choice
from tui.commands import base
from tui.commands.base import Command
from tui.config.flags import formats
from tui.views.doctor_report import Report, to_json, to_text

FORMATS = ("text", "json")
HEALTHY, NOT_HEALTHY = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options and all settings."""
    base.add_glyphs(parser)
    base.add_flags(parser, formats(FORMATS))
    base.add_settings(parser)


def examine(experiment: Experiment, seconds: float = TRIAL_SECONDS) -> Report:
    """Run an experiment, diagnose it and try what might help for so many seconds."""
    measure = cache(run)
    trace = measure(experiment)
    diagnosis = replace(diagnose(trace), verdict=confirm(trace, measure))
    found = remedies(trace, seconds, measure)
    return Report(trace, diagnosis, found if found or all_fit(experiment, seconds) else None)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the report; 0 for a healthy network, 1 for another."""
    experiment = base.experiment_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    report = examine(experiment)
    if name == "json":
        text = to_json(report)
    else:
        text = to_text(report, base.terminal_width(), base.glyphs_of(options, out))
    base.put(text, out)
    return HEALTHY if report.is_healthy else NOT_HEALTHY


COMMAND = Command("doctor", execute, add_arguments, rank=20)
