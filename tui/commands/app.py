"""The app itself: what `chainrule` does without a command on a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine import Experiment
from engine.experiment.sections import DOMAINS
from engine.network.cost import check_memory
from tui.commands import base
from tui.commands.on_terminal import FLAGS, asked_of, display, run_app
from tui.commands.stderr import complain
from tui.config.command_line import command_line
from tui.config.flags import SCREEN, STEPS, THEME
from tui.config.keymap import remapped
from tui.state.state import SHARED
from tui.words.command_line import FLAG_HELP, GROUP_TITLES, line_text

if TYPE_CHECKING:
    # with Textual, which no other command waits for
    from tui.app import ChainruleApp
    from tui.state.race import Pair


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its own options, the screen's and all settings."""
    base.add_settings(parser, STEPS)
    screen = parser.add_argument_group(GROUP_TITLES["screen"])
    base.add_flags(screen, *SCREEN, *FLAGS)
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
    asked_of(options)
    base.glyphs_wanted(options)


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
    looks = display(options)
    actions, key_problems = remapped(looks.keymap)
    problems = [*looks.problems, *key_problems]
    for problem in problems:
        complain(line_text("settings_file", problem=problem))

    if rival is not None:
        begins = racing((experiment, rival))
    elif begins is None and _welcomed(options):
        begins = _welcome
    shown = experiment

    def make() -> ChainruleApp:
        from tui.app import ChainruleApp

        return ChainruleApp(
            shown,
            glyphs=looks.glyphs,
            fps=looks.fps,
            motion=looks.motion,
            screen=screen,
            theme=looks.theme,
            actions=actions,
            problems=problems,
            steps=steps,
            begins=begins,
            looks=looks.looks,
        )

    return run_app(make, lambda app: command_line(app.state), lambda app: app.touring.leave())
