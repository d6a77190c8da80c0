"""`chainrule race`: two experiments side by side, in the app or as text or JSON."""

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import IO

from engine import Experiment, run
from engine.diagnosis.removal import confirm
from engine.experiment.domains import Choice
from engine.experiment.experiment import load_data
from tui.commands import app, base, on_terminal
from tui.commands.base import Command, UsageError
from tui.config.experiment_files import read_experiment
from tui.config.flags import RACE_STEPS, SETTINGS, formats
from tui.config.terminals import has_cursor
from tui.state.presets import PRESETS, RACE
from tui.state.race import Pair, Shown, compared, lead
from tui.words.command_line import FLAG_HELP, line_text
from tui.words.settings import flag

FORMATS = ("text", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Both experiments, how far they train, and what the app looks like."""
    for name in ("a", "b"):
        parser.add_argument(name, nargs="?", metavar=name.upper(), help=FLAG_HELP["racer"])
    base.add_flags(parser, RACE_STEPS, formats(FORMATS))
    on_terminal.add_arguments(parser)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Race in the app, or print how it stands; a format that is asked for is printed."""
    pair, steps = pair_of(options), base.steps_of(options)
    name = Choice(FORMATS).parse("format", getattr(options, "format", "text"))
    if "format" not in options and base.is_terminal(sys.stdout) and has_cursor(os.environ):
        others = {key: value for key, value in vars(options).items() if key != "steps"}
        return app.execute(argparse.Namespace(**others), app.racing(pair, steps), pair[1])
    # draws as the screen does
    from tui.views import race_result

    shown = _result(pair, steps)
    if name == "json":
        text = race_result.to_json(shown)
    else:
        width, glyphs = base.terminal_width(), base.glyphs_of(options, out)
        text = race_result.to_text(pair, shown, width, glyphs)
    base.put(text, out)
    return 0


def _result(pair: Pair, steps: int) -> Shown:
    """How both stand after so many steps, or where one diverged before."""
    comparison = compared(pair, (load_data(pair[0]), load_data(pair[1])))
    one, other = (run(experiment, steps, evaluates=True) for experiment in pair)
    verdicts = confirm(one, run), confirm(other, run)
    traces = one, other
    return Shown(steps, traces, verdicts, comparison, lead(pair, traces, comparison))


def pair_of(options: argparse.Namespace) -> Pair:
    """The two that are named; raises UsageError, FileError or SettingError."""
    named = [text for text in (options.a, options.b) if text is not None]
    if not named:
        preset = PRESETS[RACE]
        assert preset.rival is not None
        return preset.experiment, preset.rival
    if len(named) == 1:
        raise UsageError(line_text("one_racer", one=named[0]))
    one, other = map(_experiment, named)
    if one == other:
        raise UsageError(line_text("same_racers"))
    return one, other


def _experiment(named: str) -> Experiment:
    """A file's experiment, a preset's, or that of flags in one argument."""
    if named in PRESETS:
        return PRESETS[named].experiment
    if named.strip() and not named.lstrip().startswith("-"):
        path = Path(named)
        if not (path.suffix or len(path.parts) > 1 or path.exists()):
            Choice(tuple(PRESETS)).parse("preset", named)
        return read_experiment(path)
    try:
        words = shlex.split(named)
    except ValueError:
        raise UsageError(line_text("open_quote", racer=named)) from None
    # the parser finds this command, too
    from tui.commands.parser import parse

    options = parse(["run", *words])
    others = [name for name in vars(options) if name not in _OF_RACERS]
    if others:
        raise UsageError(line_text("not_of_racer", option=flag(others[0]), racer=named))
    return base.experiment_of(options)


_OF_RACERS = {"command", "parser", *(entry.name for flags in SETTINGS.values() for entry in flags)}
"""What flags in one argument may say."""


COMMAND = Command("race", execute, add_arguments, rank=15)
