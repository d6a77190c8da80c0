"""The app itself: what `chainrule` does without a command on a terminal."""

import argparse
import contextlib
import os
import sys

from engine.experiment.domains import Choice
from engine.network.cost import check_memory
from tui.commands import base
from tui.commands.faults import report
from tui.commands.stderr import complain
from tui.config import settings_file as config
from tui.config.command_line import command_line
from tui.config.environment import tidied
from tui.config.flags import REDUCED_MOTION, SCREEN, STEPS, THEME
from tui.config.keymap import remapped
from tui.config.terminals import SIXTEEN, tell_colours, terminal
from tui.style.looks import LOOKS, SIXTEEN_LOOKS
from tui.style.themes import THEMES
from tui.words.command_line import line_text
from tui.words.faults import screen_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options, the screen's and all settings."""
    base.add_settings(parser, STEPS)
    screen = parser.add_argument_group("screen")
    base.add_flags(screen, *SCREEN, THEME, REDUCED_MOTION)
    base.add_glyphs(screen)


def check(options: argparse.Namespace) -> None:
    """Raise for options of the screen that cannot be used, also where none will be shown."""
    given = vars(options).keys()
    if not given.isdisjoint(flag.name for flag in (*SCREEN, THEME, STEPS)):
        base.screen_options(options, base.experiment_of(options))
        base.steps_of(options)
    if "theme" in given:
        Choice(tuple(THEMES)).parse("theme", options.theme)
    base.glyphs_wanted(options)


def execute(options: argparse.Namespace) -> int:
    """Run the app until it is left."""
    experiment = base.experiment_of(options)
    screen = base.screen_options(options, experiment)
    steps = base.steps_of(options)
    check_memory(experiment, trains=steps > 0)
    if not base.is_terminal(sys.stdin):
        raise base.UsageError(line_text("no_keyboard"))
    for problem in tidied(os.environ):
        complain(problem)
    tell_colours(os.environ)
    file = config.read_file(config.config_path())
    # before Textual, which reads it when it is imported
    os.environ["TEXTUAL_FPS"] = str(config.frames_per_second(file))
    from tui.app import ChainruleApp
    from tui.terminal.faults import watched_threads

    settings = config.load(file)
    theme = str(settings["theme"])
    if "theme" in options:
        theme = Choice(tuple(THEMES)).parse("theme", options.theme)
    actions, key_problems = remapped(settings.keymap)
    problems = [*settings.problems, *key_problems]
    for problem in problems:
        complain(line_text("settings_file", problem=problem))
    app = ChainruleApp(
        experiment,
        glyphs=base.glyphs_of(options, sys.__stdout__),
        reduced_motion="reduced_motion" in options or bool(settings["reduced_motion"]),
        screen=screen,
        theme=theme,
        actions=actions,
        problems=problems,
        steps=steps,
        looks=SIXTEEN_LOOKS if terminal(os.environ).colours == SIXTEEN else LOOKS,
    )
    with watched_threads(app):
        app.hold_terminal()
    if app.fault is None:
        return app.return_code or 0
    if isinstance(app.fault, MemoryError):
        raise app.fault
    with contextlib.suppress(Exception):
        # what the log has besides; it may be just that which fails
        app.fault.add_note(screen_text(command_line(app.state), app.recent))
    # here, because outside an error of a setting or a pipe is no fault
    return report(app.fault)
