"""`chainrule run`: one Trace as text, JSON or CSV, and the run log of the training before it."""

import argparse
import os
from functools import cache
from typing import IO

from engine import Experiment, Trace, run
from engine.data.files import suffix_of
from engine.diagnosis.remedies import remedies
from engine.diagnosis.removal import confirm
from engine.experiment.domains import Choice, Whole
from tui.commands import base
from tui.commands.base import Command, UsageError
from tui.config.flags import RUN_LOG, STEPS, formats
from tui.views import trace_records
from tui.words.command_line import line_text
from tui.words.settings import flag

FORMATS = ("text", "json", "csv")

STDOUT = "-"
"""Stands for standard output, where a file is named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options and all settings."""
    base.add_glyphs(parser)
    base.add_flags(parser, formats(FORMATS), *RUN_LOG)
    base.add_settings(parser, STEPS)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Train, and print the pass, unless the log is printed."""
    experiment = base.experiment_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    steps = base.steps_of(options)
    every = _every(options)
    if "log" in options:
        # a pass alone loads nothing of it
        from tui.commands.recorded_run import recorded, recorded_in

        if options.log == STDOUT:
            recorded(experiment, steps, every, out)
            return 0
        _check_inputs(options, experiment)
        trace = recorded_in(options.log, "force" in options, experiment, steps, every)
    else:
        trace = run(experiment, steps, evaluates=True)
    base.put(_text(trace, name, options, out), out)
    return 0


def _check_inputs(options: argparse.Namespace, experiment: Experiment) -> None:
    """The log takes the place of nothing that the run reads; raises UsageError."""
    inputs = [options.experiment] if "experiment" in options else []
    # a dataset of the catalogue has no file, whatever lies there under its name
    inputs += [name for name in [experiment.data.dataset] if suffix_of(name)]
    if any(_is_same(options.log, name) for name in inputs):
        raise UsageError(line_text("log_is_input", path=options.log))


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one file's; what is wrong with a name is told where it is opened."""
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _every(options: argparse.Namespace) -> int | None:
    """From one logged step to the next, if it is said; raises UsageError for what does not fit."""
    alone = [name for name, *_ in RUN_LOG if name in options and "log" not in options]
    if alone:
        raise UsageError(line_text("goes_with_log", option=flag(alone[0])))
    if getattr(options, "log", None) == STDOUT and "format" in options:
        raise UsageError(line_text("two_outputs"))
    if "log_every" not in options:
        return None
    return Whole(1, base.MAX_STEPS).parse("log_every", options.log_every)


def _text(trace: Trace, name: str, options: argparse.Namespace, out: IO[str]) -> str:
    if name == "text":
        # draws as the screen does: numbers alone load no Textual
        from tui.views import trace_text

        width, glyphs = base.terminal_width(), base.glyphs_of(options, out)
        # the app's own option, where it is not on a terminal
        metric = getattr(options, "metric", "g")
        return trace_text.to_text(trace, confirm(trace), width, glyphs, metric)
    if name == "json":
        measure = cache(run)
        found, helpful = confirm(trace, measure), remedies(trace, measure=measure)
        return trace_records.to_json(trace, found, helpful)
    return trace_records.to_csv(trace)


COMMAND = Command("run", execute, add_arguments, rank=10)
