"""The app itself: what `chainrule` does without a command on a terminal."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine import Experiment
from engine.experiment.domains import Choice, Domain, Value, Whole
from engine.experiment.sections import DOMAINS
from engine.network.cost import check_memory
from tui.commands import base
from tui.commands.faults import report
from tui.commands.quick_imports import quick_imports
from tui.commands.stderr import complain
from tui.config import settings_file as config
from tui.config.command_line import command_line
from tui.config.environment import tidied
from tui.config.flags import FPS, MOTION, REDUCED_MOTION, SCREEN, STEPS, THEME
from tui.config.keymap import remapped
from tui.config.terminals import SIXTEEN, tell_colours, terminal
from tui.state.motion import MOTIONS
from tui.state.race import Pair
from tui.state.state import SHARED
from tui.style.looks import LOOKS, SIXTEEN_LOOKS
from tui.style.themes import THEMES
from tui.words.command_line import FLAG_HELP, GROUP_TITLES, line_text
from tui.words.faults import screen_text

if TYPE_CHECKING:
    # with Textual, which no other command waits for
    from tui.app import ChainruleApp

SCREEN_FPS = 60
"""How often Textual looks for something to draw: what is sent, and when, is decided elsewhere."""

_OPTIONS: dict[str, Domain] = {
    "theme": Choice(tuple(THEMES)),
    "fps": Whole(config.MIN_FPS, config.MAX_FPS),
    "motion": Choice(tuple(MOTIONS)),
}
"""What the command line can say of options of the settings file."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options, the screen's and all settings."""
    base.add_settings(parser, STEPS)
    screen = parser.add_argument_group(GROUP_TITLES["screen"])
    base.add_flags(screen, *SCREEN, THEME, FPS, MOTION, REDUCED_MOTION)
    base.add_glyphs(screen)
    screen.add_argument(
        "--welcome", action="store_true", default=base.UNSET, help=FLAG_HELP["welcome"]
    )


def check(options: argparse.Namespace) -> None:
    """Raise for options of the screen that cannot be used, also where none will be shown."""
    given = vars(options).keys()
    if not given.isdisjoint(flag.name for flag in (*SCREEN, THEME, STEPS)):
        base.screen_options(options, base.experiment_of(options))
        base.steps_of(options)
    _given(options)
    base.glyphs_wanted(options)


def _given(options: argparse.Namespace) -> dict[str, Value]:
    """What the command line says of them; raises SettingError."""
    given = {name: text for name, text in vars(options).items() if name in _OPTIONS}
    if "reduced_motion" in options:
        given.setdefault("motion", "reduced")
    return {name: _OPTIONS[name].parse(name, text) for name, text in given.items()}


def _welcomed(options: argparse.Namespace) -> bool:
    """Whether somebody asks for the welcome, or starts for the first time and plainly."""
    # no other command waits for it
    from tui.config.progress import is_first_start

    if "welcome" in options:
        return True
    asked = {"experiment", "preset", "steps", *DOMAINS, *SHARED}
    return asked.isdisjoint(vars(options)) and is_first_start()


def _welcome(app: ChainruleApp) -> None:
    app.touring.welcome()


def racing(pair: Pair, until: int = 0) -> Callable[[ChainruleApp], None]:
    """Begin with a race, as far as that step."""
    return lambda app: app.openers.racing.open(pair, until or None)


def execute(
    options: argparse.Namespace,
    begins: Callable[[ChainruleApp], None] | None = None,
    experiment: Experiment | None = None,
) -> int:
    """Run the app until it is left; `begins` opens what is to be open at first.

    Without an `experiment` it is that of the options.
    """
    rival = base.rival_of(options)
    experiment = experiment or base.experiment_of(options)
    screen = base.screen_options(options, experiment)
    steps = base.steps_of(options)
    check_memory(experiment, trains=steps > 0)
    given = _given(options)
    if not base.is_terminal(sys.stdin):
        raise base.UsageError(line_text("no_keyboard"))
    for problem in tidied(os.environ):
        complain(problem)
    tell_colours(os.environ)
    file = config.read_file(config.config_path())
    settings = config.load(file)
    chosen = {name: given.get(name, settings[name]) for name in _OPTIONS}
    fps = config.frames_per_second(chosen["fps"])
    # before Textual, which reads it when it is imported
    os.environ["TEXTUAL_FPS"] = str(SCREEN_FPS)
    with quick_imports():
        from tui.app import ChainruleApp
        from tui.terminal.faults import watched_threads

    actions, key_problems = remapped(settings.keymap)
    problems = [*settings.problems, *key_problems]
    for problem in problems:
        complain(line_text("settings_file", problem=problem))
    if rival is not None:
        begins = racing((experiment, rival))
    elif begins is None and _welcomed(options):
        begins = _welcome
    app = ChainruleApp(
        experiment,
        glyphs=base.glyphs_of(options, sys.__stdout__),
        fps=fps,
        motion=str(chosen["motion"]),
        screen=screen,
        theme=str(chosen["theme"]),
        actions=actions,
        problems=problems,
        steps=steps,
        begins=begins,
        looks=SIXTEEN_LOOKS if terminal(os.environ).colours == SIXTEEN else LOOKS,
    )
    with watched_threads(app):
        app.hold_terminal()
    app.touring.leave()
    if app.fault is None:
        return app.return_code or 0
    if isinstance(app.fault, MemoryError):
        raise app.fault
    with contextlib.suppress(Exception):
        # what the log has besides; it may be just that which fails
        app.fault.add_note(screen_text(command_line(app.state), app.recent))
    # here, because outside an error of a setting or a pipe is no fault
    return report(app.fault)
