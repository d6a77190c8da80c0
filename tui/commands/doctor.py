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
from engine.experiment.sections import DOMAINS
from tui.commands import base, log_files
from tui.commands.base import Command, UsageError
from tui.config.flags import formats
from tui.views.doctor_report import Report, to_json, to_text
from tui.words.command_line import FLAG_HELP, line_text
from tui.words.settings import flag

FORMATS = ("text", "json")
HEALTHY, NOT_HEALTHY, UNKNOWN = 0, 1, 3
"""Exit codes; the last of a log that cannot tell."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A log, or its own options and all settings."""
    parser.add_argument("file", nargs="?", metavar="FILE", help=FLAG_HELP["doctor_file"])
    log_files.add_arguments(parser)
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
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    if options.file is not None:
        return _of_log(options, name, out)
    experiment = base.experiment_of(options)
    report = examine(experiment)
    if name == "json":
        text = to_json(report)
    else:
        text = to_text(report, base.terminal_width(), base.glyphs_of(options, out))
    base.put(text, out)
    return HEALTHY if report.is_healthy else NOT_HEALTHY


def _of_log(options: argparse.Namespace, name: str, out: IO[str]) -> int:
    """The report on a log; raises SettingError or UsageError."""
    from engine.logs.examination import examine as examine_log
    from engine.logs.formats import open_log
    from engine.logs.log import without_steps
    from tui.views import log_report

    asked = [setting for setting in ("experiment", "preset", *DOMAINS) if setting in options]
    if asked:
        raise UsageError(line_text("log_has_settings", option=flag(asked[0])))
    path = log_files.path_of(options)
    log = open_log(path, log_files.options_of(options))
    try:
        found = examine_log(log)
        if not found.read:
            raise without_steps(log, str(path))
    finally:
        log.close()
    if name == "json":
        text = log_report.to_json(found)
    else:
        glyphs = base.glyphs_of(options, out)
        text = log_report.to_text(found, str(path), base.terminal_width(), glyphs)
    base.put(text, out)
    return {True: HEALTHY, False: NOT_HEALTHY, None: UNKNOWN}[found.is_healthy]


COMMAND = Command("doctor", execute, add_arguments, rank=20)
